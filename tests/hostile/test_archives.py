"""Archives of hostile names: unpacked by several programs they lie inside their folder, under names that Windows writes."""

from __future__ import annotations

import asyncio
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from bot.house.contents import Enclosure
from forms.archive_names import LONGEST_NAME, LONGEST_PATH
from storage.files import FileStore
from tests.bot.house.test_packing import Cases, archive, lay, listed
from tests.forms.programmes.cases import programme
from tests.hostile.strings import by_kind, every

FORBIDDEN = frozenset('<>:"|?*\\') | {chr(code) for code in range(32)}
DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in range(10)
}


def faults(path: str) -> list[str]:
    """What keeps a path from being written on Windows, or lets it out of its folder."""
    found = []
    if path.startswith("/") or len(path.encode("utf-16-le")) // 2 > LONGEST_PATH:
        found.append("too long, or from the top")
    for part in PurePosixPath(path).parts:
        device = unicodedata.normalize("NFKC", part.partition(".")[0].strip()).upper()
        if part in (".", "..") or FORBIDDEN & set(part) or part != part.rstrip(". ") or part != part.lstrip():
            found.append("characters")
        if device in DEVICES or len(part.encode()) > LONGEST_NAME:
            found.append("a device, or too long")
        if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in part):
            found.append("unseen characters")
        if any(0x202A <= ord(char) <= 0x202E or 0x2066 <= ord(char) <= 0x2069 for char in part):
            found.append("turned around")
    return found


def composed(paths: list[str]) -> list[str]:
    return sorted(unicodedata.normalize("NFC", path) for path in paths)


async def test_whatever_people_and_files_are_called_everything_unpacks_where_it_belongs(
    tmp_path: Path,
) -> None:
    store, cases = FileStore(tmp_path / "files"), Cases(programme("nanning-2026"))
    texts = [text for text in every() if not any(0xD800 <= ord(char) < 0xE000 for char in text)]
    names = [
        text
        for kind in ("paths", "devices", "bidi", "control", "formulas", "emoji", "combining floods")
        for text in by_kind()[kind]
    ]
    for number, text in enumerate(texts):
        about = names[number % len(names)]
        scan = Enclosure(lay(store, number), text, text, "image/jpeg")
        cases.add(str(number), text, about, (scan,) if number % 3 == 0 else ())
    opened = await archive(cases, store, tmp_path / "a.zip", *map(str, range(len(texts))))
    told = listed(opened)
    assert len(told["cases"]) == len(texts)
    paths = opened.namelist()
    wrong = [(ascii(path), faults(path)) for path in paths if faults(path)]
    assert not wrong, wrong[:5]
    alike = {unicodedata.normalize("NFKC", path).casefold() for path in paths}
    assert len(alike) == len(paths), "on a disk that keeps alike names as one"
    for tool in ("python", "unzip", "bsdtar"):
        out = tmp_path / "unpacked" / tool
        out.mkdir(parents=True)
        if tool == "python":
            zipfile.ZipFile(tmp_path / "a.zip").extractall(out)
        else:
            packed = str(tmp_path / "a.zip")
            command = {
                "unzip": ["unzip", "-qq", packed, "-d", str(out)],
                "bsdtar": ["bsdtar", "-x", "-f", packed, "-C", str(out)],
            }[tool]
            done = await asyncio.create_subprocess_exec(
                *command,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            )
            _, said = await done.communicate()
            assert done.returncode == 0, said[-500:]
        lying = [path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()]
        # One of them composes characters anew, as some disks do.
        assert composed(lying) == composed(paths), tool
    beside = {path.name for path in tmp_path.iterdir()}
    assert beside == {"files", "a.zip", "unpacked"}, "nothing lies beside its folder"


@pytest.mark.parametrize("text", by_kind()["formulas"][:12])
async def test_no_name_begins_as_a_formula_in_the_list(tmp_path: Path, text: str) -> None:
    store, cases = FileStore(tmp_path / "files"), Cases(programme("nanning-2026"))
    cases.add("a", text, text)
    opened = await archive(cases, store, tmp_path / "a.zip", "a")
    paths = [part for path in opened.namelist() for part in path.split("/")]
    lines = (
        opened.read(next(each for each in opened.namelist() if each.endswith("清单.txt")))
        .decode()
        .splitlines()
    )
    assert paths and lines
    assert [each for each in (*paths, *lines) if each[:1] and each[0] in "=+-@\t＝＋－＠"] == []
