"""What the kinds that take files have in common."""

from __future__ import annotations

from forms.attachment import Attachment, Media
from forms.kinds.base import Given, Problem, Value
from forms.message import Message, Own, say

#: What iPhones take photos in unless told otherwise.
_IPHONE = (".heic", ".heif")


def received(given: Given, media: tuple[Media, ...], wanted: Message) -> Attachment | Problem:
    """The file that was sent, or why it is not what is wanted. `wanted` says how to send the right one."""
    attachment = given.attachment
    if attachment is None:
        return Problem(wanted)
    if attachment.trouble:
        return Problem(_sentence(attachment, wanted))
    if attachment.media not in media:
        return Problem(say("“{name}”不是这里要的文件。{wanted}", name=Own(attachment.name), wanted=wanted))
    return attachment


def facts(attachment: Attachment, *names: str) -> dict[str, Value]:
    """What an answer keeps of a file: what it is, and the named measurements as far as they are known."""
    kept = attachment.model_dump(include={"file", "name", "mime", "size", *names})
    return {name: value for name, value in kept.items() if value is not None}


def megabytes(size: int) -> str:
    """A size in bytes as people read it: 4.2 MB, 180 KB."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(size // 1024, 1)} KB"


def _sentence(attachment: Attachment, wanted: Message) -> Message:
    name = Own(attachment.name)
    if name.casefold().endswith(_IPHONE) and attachment.trouble in (
        "unknown_type",
        "disguised",
        "unreadable",
    ):
        return say(
            "“{name}”是苹果手机的照片格式，这里打不开。请在手机上截个图再发；"
            "或者到“设置→相机→格式”选“兼容性最佳”，重新拍一张。",
            name=name,
        )
    match attachment.trouble:
        case "empty":
            return say("“{name}”是空的，里面什么也没有。请重新选一次文件再发。", name=name)
        case "too_large":
            size = megabytes(attachment.size)
            return say("“{name}”太大了（{size}）。请压缩或换一个小一些的再发。", name=name, size=size)
        case "too_many_pixels":
            return say("“{name}”的尺寸太大，打不开。请用手机直接拍一张，或缩小后再发。", name=name)
        case "unreadable":
            return say("“{name}”打不开，可能没传完整或已损坏。请重新发一次，或换一份。", name=name)
        case "disguised":
            return say("“{name}”的内容和后缀名对不上，不能收。{wanted}", name=name, wanted=wanted)
        case "locked":
            return say("“{name}”加了密码，打不开。请去掉密码再发，或拍成照片发。", name=name)
        case _:
            return say("“{name}”这种文件收不了。{wanted}", name=name, wanted=wanted)
