"""`jiangjian office`, as an operator types it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import Bench, app
from bot.house.tokens import SEAT_MARK, typed
from tests.built_in import built_in

SAMPLE = Path(__file__).parents[2] / "docs/examples/offices.yaml"


class Line:
    """A command line over a database of its own."""

    def __init__(self, data: Path) -> None:
        self.env = {
            "JIANGJIAN_DATA": str(data),
            "JIANGJIAN_PUBLIC_URL": "https://jj.example.org",
            "BOT_TOKEN": "",
        }

    def run(self, *words: str) -> Result:
        return CliRunner(env=self.env).invoke(app, ["office", *words])

    def said(self, *words: str) -> str:
        """What a command that works says."""
        done = self.run(*words)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.output

    def refused(self, *words: str) -> str:
        """Why a command does not work."""
        done = self.run(*words)
        assert done.exit_code
        return f"{done.output}{done.exception}"


@pytest.fixture(autouse=True, scope="module")
def library() -> Iterator[None]:
    """The programmes are read once for all commands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Bench, "library", lambda _bench: built_in())
        yield


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path)


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory in which the sample's offices are kept."""
    data = tmp_path_factory.mktemp("data")
    assert Line(data).said("import", str(SAMPLE)) == "offices kept: 44\n"
    return data


@pytest.fixture
def kept(brought: Path, tmp_path: Path) -> Line:
    """A command line over a copy of it."""
    copytree(brought, tmp_path / "data")
    return Line(tmp_path / "data")


def test_a_file_is_checked_without_being_kept(line: Line) -> None:
    assert "nothing wrong" in line.said("check", str(SAMPLE))
    assert "no office is kept" in line.said("list")


def test_what_is_wrong_with_a_file_is_told_by_line_and_nothing_of_it_is_kept(
    line: Line, tmp_path: Path
) -> None:
    file = tmp_path / "offices.yaml"
    file.write_text("offices:\n  - {name: 甲县总工会, kind: county, above: 乙市总工会}\n", "utf-8")
    for command in ("check", "import"):
        told = line.refused(command, str(file))
        assert f"{file}:2: there is no office “乙市总工会”" in told
        assert "problems found: 1" in told
    assert "no office is kept" in line.said("list")
    file.write_bytes("offices: 甲".encode("gbk"))
    assert "not UTF-8" in line.refused("check", str(file))
    assert "No such file" in line.refused("check", str(tmp_path / "none.yaml"))


def test_a_file_is_brought_once(kept: Line, tmp_path: Path) -> None:
    assert "offices are kept already (44)" in kept.refused("import", str(SAMPLE))
    file = tmp_path / "more.yaml"
    file.write_text("offices:\n  - {name: 宁波市总工会, kind: city}\n", "utf-8")
    assert kept.said("import", str(file), "--add") == "offices kept: 1\n"
    assert "宁波市总工会" in kept.said("list")
    assert "stands here twice" in kept.refused("import", str(SAMPLE), "--add")


def test_offices_are_listed_in_their_order_below_those_they_pass_cases_on_to(kept: Line) -> None:
    first, second, *_ = kept.said("list").splitlines()
    assert first == "南宁市总工会  city  seats: 0  nanning-2026"
    assert second == "  南宁市兴宁区总工会  county  seats: 0"


def test_an_office_is_added_changed_and_closed(kept: Line) -> None:
    assert kept.said("add", "资源县总工会", "--kind", "county", "--above", "桂林总工会") == "资源县总工会\n"
    assert "  资源县总工会" in kept.said("list")
    changed = kept.said(
        "change", "资源工会", "--name", "资源自治县总工会", "--corrects", "--hours", "9:00—12:00"
    )
    assert changed == "资源自治县总工会\n"
    assert kept.said("remove", "资源自治县") == "removed: 资源自治县总工会\n"
    assert "资源" not in kept.said("list")
    assert "kept here and closed" in kept.refused("add", "资源自治县总工会", "--kind", "county")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ("add", "甲县总工会", "--kind", "county", "--above", "乙市总工会"),
            "there is no office “乙市总工会”",
        ),
        (("add", "甲市总工会", "--kind", "city", "--above", "七星区总工会"), "does not stand above"),
        (
            ("add", "七星区工会", "--kind", "county", "--above", "桂林市总工会"),
            "can mean “桂林市七星区总工会”",
        ),
        (("add", "甲县总工会", "--kind", "county", "--programme", "gulin"), "“guilin”?"),
        (("add", "甲", "--kind", "county"), "name: write it in one line"),
        (("add", "甲县总工会", "--kind", "town"), "--kind"),
        (("change", "七星区", "--above", "七星区"), "circle"),
        (("change", "七星区"), "name what is to change"),
        (("change", "七星区", "--phone", "1" * 201), "phone: write it in one line"),
        (("change", "鼓楼区", "--phone", "1"), "there is no office “鼓楼区”"),
        (
            ("remove", "桂林市总工会"),
            "stands above 桂林市秀峰区总工会, 桂林市象山区总工会, 桂林市七星区总工会 …",
        ),
        (("remove", "鼓楼区"), "there is no seat and no office “鼓楼区”"),
        (("invite", "七星区", "--role", "boss", "--name", "张三"), "--role"),
        (("invite", "七星区", "--role", "clerk", "--name", " "), "say what they are called"),
        (("invite", "七星区", "--role", "clerk"), "--name"),
        (("seats", "总工会"), "there is no office"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(kept: Line, words: tuple[str, ...], why: str) -> None:
    assert why in kept.refused(*words)
    assert kept.said("list").count("\n") == 44


def test_somebody_is_asked_to_a_seat_and_the_link_is_shown_again(kept: Line) -> None:
    said = kept.said("invite", "青秀区工会", "--role", "clerk", "--name", "张三")
    assert said.startswith("张三: clerk at 南宁市青秀区总工会\n")
    link = re.search(r"https://jj\.example\.org/s#\S+", said)
    assert link
    assert typed(link[0], SEAT_MARK)
    assert "works once, until" in said
    assert "/start" not in said
    listed = kept.said("seats", "青秀区")
    assert link[0] in listed
    assert re.match(r"[0-9a-f]{8}  clerk    张三  waits\n", listed)
    number = listed[:8]
    assert kept.said("remove", number) == "removed: the seat of 张三 (clerk) at 南宁市青秀区总工会\n"
    assert "nobody sits there" in kept.said("seats", "青秀区")
    assert "there is no seat" in kept.refused("remove", number)


def test_where_there_is_a_bot_the_token_can_be_sent_to_it(kept: Line) -> None:
    kept.env["BOT_TOKEN"] = "123:abc"
    said = kept.said("invite", "青秀区", "--role", "head", "--name", "李四")
    sent = re.search(r"/start (s_\S+)", said)
    assert sent
    assert typed(sent[1], SEAT_MARK) == typed(said, SEAT_MARK)
