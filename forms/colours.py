"""Colours of pictures as they were meant, in plain sRGB on white."""

from __future__ import annotations

import io

from PIL import Image, ImageCms, ImageOps

#: Where a TIFF says what its numbers mean (TIFF 6.0, p. 37), and that 0 is white.
_MEANING, _WHITE_IS_ZERO = 262, 0
_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}


def flat(picture: Image.Image) -> Image.Image:
    """A decoded picture in sRGB: its colour profile applied, sixteen bits as eight, white where it was transparent."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I;16") or picture.mode == "I":
        grey = _eight_bits(picture)
        return _converted(ImageOps.invert(grey) if _is_negative(picture) else grey, profile)
    if picture.mode == "LAB":
        return _converted(picture, None)
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGB", layered.size, "white")
        ground.paste(_converted(layered.convert("RGB"), profile), mask=layered.getchannel("A"))
        return ground
    return _converted(picture if picture.mode in _SPACES else picture.convert("RGB"), profile)


def _is_negative(picture: Image.Image) -> bool:
    """Whether 0 is white in it: only of fewer than sixteen bits Pillow heeds it (`findings/pillow-tiff-white-is-zero.sh`)."""
    return getattr(picture, "tag_v2", {}).get(_MEANING) == _WHITE_IS_ZERO


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Grey of sixteen bits or more as eight. Of 32 only the brightest point tells how many are used."""
    levels = picture.convert("I")
    extremes = levels.getextrema()
    brightest = extremes[1] if picture.mode == "I" and not isinstance(extremes[1], tuple) else 0xFFFF
    depth = next((bits for bits in (8, 16, 24) if brightest < 1 << bits), 32)
    return levels.point(lambda level: level / (1 << (depth - 8))).convert("L")


def _converted(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """From its profile to sRGB; as it stands where the profile is broken or another kind of picture's."""
    srgb = ImageCms.createProfile("sRGB")
    if picture.mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        return ImageCms.profileToProfile(picture, lab, srgb, outputMode="RGB") or picture.convert("RGB")
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if own.profile.xcolor_space == _SPACES[picture.mode]:
                made = ImageCms.profileToProfile(
                    picture, own, srgb, ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB",
                    flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )  # fmt: skip
                return made or picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a picture without its profile is better than none
    return picture.convert("RGB")
