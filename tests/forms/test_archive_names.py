"""Names in archives: whatever people call things, every system unpacks it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms.archive_names import LONGEST_NAME, LONGEST_PATH, TOP, ArchiveNames, Named, cut, fit

#: As Microsoft lists them (Naming Files, Paths, and Namespaces), written without our own code.
DEVICE = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE | re.S
)
ODD = st.sampled_from(
    [
        *"<>:\"/\\|?*.. 　\u202e\u200b\u200d\ufeff\ud800\udfff\x00\x1f\x7f\u0301\u3099\ufe0f匠陆焊𠮷𬍛𫓧éK",
        "CON", "nul.", "COM1", "lpt³", "aux.txt", "葛\U000e0100", "👩‍🔧", "👍🏽", "🇨🇳", "각", "柳州钢铁集团有限公司",
    ]
)  # fmt: skip
NAMES = st.one_of(st.text(max_size=60), st.lists(ODD, max_size=150).map("".join))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def unpacks(name: str) -> None:
    """One name of a path, against what Windows and the others say."""
    assert name and len(name.encode("utf-8")) <= 255
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]', name)
    assert name[-1] not in ". " and name[0] not in ". "
    assert not DEVICE.fullmatch(name)
    assert not {"\u202e", "\u2066", "\u200b", "\ufeff"} & set(name)
    assert not unicodedata.combining(name[0]) or name == fit(name)


def whole(path: str) -> None:
    assert units(path) <= LONGEST_PATH
    for name in path.split("/"):
        unpacks(name)


@given(
    st.lists(NAMES, max_size=12),
    NAMES,
    st.sampled_from(["", "pdf", "jpg", "tar gz", "." * 3, "长", "x" * 40]),
)
@example(["CON", "con", "Con.", "CON "], "NUL", "pdf")
@example(["a", "A", "a", "A ", "ａ"], "", "")
@example(["ı", "i", "I", "İ", "ß", "ss", "SS"], "K", "jpg")
def test_every_name_unpacks_and_no_two_are_one_file(stems: list[str], folder: str, ending: str) -> None:
    names = ArchiveNames()
    home = names.folder(TOP, folder)
    inner = names.folder(home, folder)
    given_out = [home, inner]
    given_out += [names.file(within, stem, ending) for stem in stems for within in (TOP, home, inner)]
    for named in given_out:
        whole(named.path)
    for same in (str.casefold, str.upper, str.lower):
        assert len({same(unicodedata.normalize("NFD", named.path)) for named in given_out}) == len(given_out)
    if re.fullmatch("[a-z]{1,16}", ending):
        assert all(named.path.endswith(f".{ending}") for named in given_out[2:])


@given(NAMES, st.integers(1, 80), st.integers(4, 255))
@example("葛\U000e0100" * 20, 17, 255)
@example("👩‍🔧" * 20, 11, 255)
@example("🇨🇳" * 20, 10, 255)
@example("CON电焊", 3, 255)
def test_a_cut_is_never_inside_a_character(stem: str, most: int, size: int) -> None:
    mended = fit(stem)
    beginning = cut(mended, most, size)
    beginning.encode()  # no half of a pair
    if not mended.startswith(beginning):
        assert beginning in ("_", f"_{beginning[1:]}")  # nothing fitted, or a device was left
        return
    after = mended[len(beginning) :]
    if after and beginning != "_":
        kept_spaces = after.lstrip(". ")
        if kept_spaces == after:
            assert not unicodedata.category(after[0]).startswith("M")
            assert after[0] != "\u200d" and beginning[-1] != "\u200d"
            assert not 0x1F3FB <= ord(after[0]) <= 0x1F3FF


@pytest.mark.parametrize(
    "stem", ["焊接工", "柳州工匠(2025)", "a.b", "“南宁工匠”推荐申请表-陆建华", "𠮷田", "-rf", "100%"]
)
def test_a_name_that_every_system_takes_stays_as_it_is(stem: str) -> None:
    named = ArchiveNames().file(TOP, stem, "pdf")
    assert named == Named(f"{stem}.pdf", f"{stem}.pdf") and not named.changed


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [
        ("CON", "_CON"),
        ("com1.电焊", "_com1.电焊"),
        ("NUL ", "_NUL"),
        ("LPT².log", "_LPT².log"),
        ("CONSOLE", "CONSOLE"),
        ("甲/乙:丙", "甲_乙_丙"),
        ("…", "…"),
        ("等等. .", "等等"),
        ("a\u202egnp", "agnp"),
        ("甲\n乙", "甲 乙"),
        ("...", "_"),
        ("", "_"),
        ("\ud800", "_"),
    ],
)
def test_what_windows_cannot_write_is_mended(stem: str, wanted: str) -> None:
    assert fit(stem) == wanted


def test_a_long_name_is_shortened_and_known_in_full() -> None:
    unit = "广西壮族自治区柳州市柳南区鹅山街道办事处社区综合服务中心" * 8
    names = ArchiveNames()
    home = names.folder(TOP, f"001 陆建华 {unit}")
    application = names.file(home, f"申请表-{unit}", "pdf")
    assert home.changed and home.full == f"001 陆建华 {unit}"
    assert home.path.startswith("001 陆建华 广西") and home.full.startswith(home.path)
    assert application.full == f"{home.full}/申请表-{unit}.pdf"
    assert application.path.endswith(".pdf")
    assert units(application.path) <= LONGEST_PATH
    assert all(len(part.encode()) <= LONGEST_NAME for part in application.path.split("/"))


def test_the_same_name_twice_is_numbered_before_its_ending() -> None:
    names = ArchiveNames()
    assert [names.file(TOP, stem, "jpg").path for stem in ("证书", "证书", "证书 (2)", "证书")] == [
        "证书.jpg",
        "证书 (2).jpg",
        "证书 (2) (2).jpg",
        "证书 (3).jpg",
    ]


def test_a_folder_at_the_top_has_room_for_another_whatever_letters_it_is_called_in() -> None:
    for name in ("焊" * 300, "a" * 300, "a焊" * 150, "Nanning Rail Transit " * 20, "_" * 119):
        names = ArchiveNames()
        inner = names.folder(names.folder(TOP, name), "扫描件、照片和视频")
        assert inner.path.endswith("/扫描件、照片和视频")
        whole(names.file(inner, name, "jpg").path)


def test_folders_that_lie_too_deep_are_refused() -> None:
    names = ArchiveNames()
    home = names.folder(TOP, "焊" * 80)
    with pytest.raises(ValueError, match="too deep"):
        names.folder(names.folder(home, "接" * 80), "工")
