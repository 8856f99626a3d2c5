"""Packets of many cases in one archive: laid out, listed with digests, whole whatever is wrong with one of them."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import shutil
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.house.contents import Content, Enclosure
from bot.house.documents import Printed
from bot.house.packing import NothingLeft, Order, Packing
from dialogs.interview import Interview
from dialogs.scene import Scene
from forms.archive_names import LONGEST_PATH
from forms.printing.renderer import RenderFailed
from forms.programme import Programme
from storage.files import FileStore
from tests.bot.household import House
from tests.forms.programmes.cases import programme
from tests.storage.stores import home

MB = 1 << 20
UNIT = "广西壮族自治区柳州市柳南区鹅山街道办事处社区综合服务中心" * 6


@dataclass
class Cases:
    """Cases that lie ready, and prints that need no worker; a name “坏” cannot be printed."""

    programme: Programme
    contents: dict[str, Content] = field(default_factory=dict)
    printing: int = 0
    most: int = 0

    def add(self, case: str, name: str, unit: str, files: tuple[Enclosure, ...] = (), **more: Any) -> None:
        scope = {"name": name, "employer": unit, "id_number": "450122198409129963", **more}
        scene = Scene(NOW, (self.programme,))
        documents = self.programme.documents[:3]
        self.contents[case] = Content(case, self.programme, Interview(), scene, scope, "", documents, files)

    async def content_of(self, case: str, office: str) -> Content:
        if case == "odd":
            raise ValueError("a row that nobody can read: 450122198409129963")
        return self.contents[case]

    async def ahead(self, content: Content, document: str) -> Printed:
        self.printing += 1
        self.most = max(self.most, self.printing)
        try:
            await asyncio.sleep(0.01)
            if content.name == "坏" and document == self.programme.documents[0].id:
                raise RenderFailed("the job used more than 20 s of CPU")
            return Printed("", f"{content.name} {document}".encode(), 1)
        finally:
            self.printing -= 1


NOW = House.now


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def cases() -> Cases:
    return Cases(programme("nanning-2026"))


def lay(store: FileStore, number: int, content: bytes = b"scan", hole: int = 0) -> str:
    """A file in the store, with a hole behind it that takes no room."""
    file = f"{number:032x}"
    path = home(store.directory(""), file)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    if hole:
        with path.open("r+b") as stream:
            stream.truncate(hole)
    return file


async def archive(cases: Cases, store: FileStore, out: Path, *wanted: str, **more: Any) -> zipfile.ZipFile:
    packing = Packing(Order(cases.programme, "", "南宁市总工会", wanted, NOW, **more), cases, store)
    with out.open("wb") as file:
        async for piece in packing.pieces():
            file.write(piece)
    assert packing.done == len(wanted)
    opened = zipfile.ZipFile(out)
    assert opened.testzip() is None
    return opened


def listed(opened: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, held against what is there: every other file with its bytes."""
    told: dict[str, Any] = json.loads(opened.read("manifest.json"))
    files = {each["path"]: each for each in told["files"]}
    assert set(opened.namelist()) == {*files, "manifest.json"}
    for path, each in files.items():
        content = opened.read(path)
        assert (each["sha256"], each["size"]) == (hashlib.sha256(content).hexdigest(), len(content))
    return told


async def test_a_folder_for_each_case_and_a_list_of_everything(
    cases: Cases, store: FileStore, tmp_path: Path
) -> None:
    scan = Enclosure(lay(store, 1), "身份证 1", "IMG_0001.HEIC", "image/jpeg")
    film = Enclosure(lay(store, 2, b"film"), "视频资料", "片子.MOV", "video/3gpp")
    cases.add("b", "陈𬍛", "桂南焊接厂", (scan, film))
    cases.add("a", "陆建华", "")
    opened = await archive(cases, store, tmp_path / "a.zip", "b", "a")
    names = [each.title for each in cases.programme.documents[:3]]
    told = listed(opened)
    assert [(each["number"], each["case"], each["name"], each["folder"]) for each in told["cases"]] == [
        (1, "b", "陈𬍛", "001 陈𬍛 桂南焊接厂"),
        (2, "a", "陆建华", "002 陆建华"),
    ]
    assert opened.namelist()[:5] == [
        "001 陈𬍛 桂南焊接厂/01 “南宁工匠”推荐申请表-陈𬍛.pdf",
        "001 陈𬍛 桂南焊接厂/02 “南宁工匠”推荐部门意见表-陈𬍛.pdf",
        "001 陈𬍛 桂南焊接厂/03 “南宁工匠”推荐部门意见表-陈𬍛.pdf",
        "001 陈𬍛 桂南焊接厂/扫描件、照片和视频/01 身份证 1.jpg",
        "001 陈𬍛 桂南焊接厂/扫描件、照片和视频/02 视频资料.MOV",
    ]
    assert opened.namelist()[-3:] == ["2026年“南宁工匠”推荐人选名册.xlsx", "清单.txt", "manifest.json"]
    by_path = {each["path"]: each for each in told["files"]}
    assert by_path[opened.namelist()[3]]["sent_as"] == "IMG_0001.HEIC"
    assert [by_path[name]["what"] for name in opened.namelist()[:3]] == names
    table = load_workbook(io.BytesIO(opened.read("2026年“南宁工匠”推荐人选名册.xlsx"))).active
    assert table and [row[1] for row in table.iter_rows(values_only=True)][-2:] == ["陈𬍛", "陆建华"]
    text = opened.read("清单.txt").decode("utf-8-sig")
    assert "共2份申报" in text and "每一份都齐全" in text and "（原名：片子.MOV）" in text


async def test_what_is_wrong_with_one_case_is_named_and_spoils_no_other(
    cases: Cases, store: FileStore, tmp_path: Path
) -> None:
    lost = Enclosure(f"{9:032x}", "身份证", "a.jpg", "image/jpeg")
    strange = Enclosure("../../etc/passwd", "证书", "b.jpg", "image/jpeg")
    cases.add("broken", "坏", "厂")
    cases.add("lost", "陆建华", "厂", (lost, strange))
    cases.add("back", "莫振邦", "厂")
    cases.add("whole", "覃秀兰", "厂")
    wanted = ("broken", "lost", "gone", "odd", "back", "whole")
    opened = await archive(cases, store, tmp_path / "a.zip", *wanted, taken_back=frozenset({"back"}))
    lacking = {each["case"]: each["lacking"] for each in listed(opened)["cases"]}
    assert lacking == {
        "broken": [
            {"what": "“南宁工匠”推荐申请表", "why": "打印不出来（the job used more than 20 s of CPU）"}
        ],
        "lost": [
            {"what": "身份证", "why": "文件已经不在了"},
            {"what": "证书", "why": "文件已经不在了"},
        ],
        "gone": [{"what": "", "why": "这份申报已经不在了（本人删除了）"}],
        "odd": [{"what": "", "why": "打印不出来（ValueError）"}],
        "back": [{"what": "", "why": "这份申报撤回了"}],
        "whole": [],
    }
    folders = [name.partition("/")[0] for name in opened.namelist()]
    assert folders.count("001 坏 厂") == 2 and folders.count("006 覃秀兰 厂") == 3
    assert "450122198409129963" not in opened.read("manifest.json").decode()
    text = opened.read("清单.txt").decode("utf-8-sig")
    assert "有5份不齐" in text and "缺：身份证　文件已经不在了" in text


async def test_an_archive_of_nothing_is_no_archive(cases: Cases, store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(NothingLeft):
        await archive(cases, store, tmp_path / "a.zip", "gone", "odd")


async def test_names_unpack_on_windows_and_are_listed_in_full(
    cases: Cases, store: FileStore, tmp_path: Path
) -> None:
    odd = ("CON", "甲:乙/丙", "\u202egnp.exe", "陆建华. ", UNIT)
    files = tuple(
        Enclosure(lay(store, number), title, name, mime)
        for number, (title, name, mime) in enumerate(
            [("证书 1", "..", "x/y"), ("NUL", "a.b c", ""), (UNIT, "长", "image/png"), ("证书 1", "", "")], 1
        )
    )
    for number, name in enumerate(odd):
        cases.add(str(number), name, UNIT, files)
    opened = await archive(cases, store, tmp_path / "a.zip", *map(str, range(len(odd))))
    told = listed(opened)
    assert len({path.casefold() for path in opened.namelist()}) == len(opened.namelist())
    for path in opened.namelist():
        assert len(path.encode("utf-16-le")) // 2 <= LONGEST_PATH
        for part in path.split("/"):
            assert len(part.encode()) <= 255 and part[-1] not in ". " and not set('<>:"\\|?*') & set(part)
    folder = told["cases"][0]
    assert folder["full_folder"] == f"001 CON {UNIT}" and folder["folder"] in folder["full_folder"]
    assert any(each.get("full_path", "").endswith(f"03 {UNIT}.png") for each in told["files"])
    assert f"全称：001 CON {UNIT}" in opened.read("清单.txt").decode("utf-8-sig")


@pytest.mark.parametrize("tool", ["unzip", "7z", "7zz", "bsdtar"])
async def test_other_programs_open_it(cases: Cases, store: FileStore, tmp_path: Path, tool: str) -> None:
    program = shutil.which(tool)
    if program is None:
        pytest.skip(f"there is no {tool} here")
    cases.add("a", "陈𬍛", UNIT, (Enclosure(lay(store, 1), "身份证", "a.jpg", "image/jpeg"),))
    await archive(cases, store, tmp_path / "a.zip", "a")
    how = {"unzip": ["-t"], "bsdtar": ["-tf"]}.get(tool, ["t"])
    done = subprocess.run(  # noqa: ASYNC221 - nothing else waits
        [program, *how, tmp_path / "a.zip"], capture_output=True, check=False, env={"LC_ALL": "C.UTF-8"}
    )
    assert done.returncode == 0, done.stdout + done.stderr


async def test_no_member_needs_zip64_and_documents_are_printed_two_ahead(
    cases: Cases, store: FileStore, tmp_path: Path
) -> None:
    for number in range(8):
        file = lay(store, number + 1, bytes(number))
        cases.add(str(number), f"陆建华{number}", "厂", (Enclosure(file, "身份证", "a.jpg", "image/jpeg"),))
    opened = await archive(cases, store, tmp_path / "a.zip", *map(str, range(8)))
    assert all(not each.extra and each.extract_version <= 20 for each in opened.infolist())
    assert 2 <= cases.most <= 3


async def read_through(cases: Cases, store: FileStore, take: Callable[[bytes], object]) -> int:
    size = 0
    packing = Packing(Order(cases.programme, "", "南宁市总工会", tuple(cases.contents), NOW), cases, store)
    async for piece in packing.pieces():
        size += len(piece)
        take(piece)
    return size


async def test_however_much_there_is_a_few_pieces_are_in_memory(cases: Cases, store: FileStore) -> None:
    file = lay(store, 1, hole=100 * MB)
    for number in range(3):
        cases.add(str(number), "陆建华", "厂", (Enclosure(file, "视频", "v.mp4", "video/mp4"),))
    await read_through(cases, store, len)
    tracemalloc.start()
    size = await read_through(cases, store, len)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 300 * MB < size < 301 * MB
    assert peak < 8 * MB


async def test_an_archive_over_four_gigabytes_opens(cases: Cases, store: FileStore, tmp_path: Path) -> None:
    """Its holes take no room: blocks of nothing but zeros are skipped on the way to the disk."""
    file = lay(store, 1, b"first", hole=1100 * MB)
    last = lay(store, 2, b"last")
    for number in range(4):
        kept = (Enclosure(file, "视频", "v.mp4", "video/mp4"), Enclosure(last, "证书", "a.jpg", "image/jpeg"))
        cases.add(str(number), "陆建华", "厂", kept)
    with (tmp_path / "large.zip").open("wb") as out:
        size = await read_through(
            cases,
            store,
            lambda piece: out.seek(len(piece), 1) if piece.count(0) == len(piece) else out.write(piece),
        )
        out.truncate(size)
    assert size > 1 << 32
    with zipfile.ZipFile(tmp_path / "large.zip") as opened:
        ends = [each for each in opened.namelist() if each.endswith(".jpg")]
        assert [opened.read(each) for each in ends] == [b"last"] * 4
        assert max(each.header_offset for each in opened.infolist()) > 1 << 32
        with opened.open(next(each for each in opened.namelist() if each.endswith(".mp4"))) as film:
            assert film.read(5) == b"first"
