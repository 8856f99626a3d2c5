from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from bot.house import wiring
from bot.house.failure import Failure
from bot.house.settings import Settings
from bot.workshop.player import answered_by_files
from bot.workshop.rehearsal import rehearse
from forms.kinds import registry
from forms.library import BUILT_IN, Library
from forms.printing.workers import Workers
from tests.bot.shelf import CASE, lay
from tests.built_in import built_in
from tests.forms.definitions import FILES


@pytest.fixture(autouse=True)
def _one_crew(crew: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    """One printing process for all of them: starting it takes longer than any case."""
    monkeypatch.setattr(wiring, "workers", lambda settings: nullcontext(crew))


def play(top: Path, capsys: pytest.CaptureFixture[str], *cases: Path) -> dict[str, Any]:
    """The JSON that a rehearsal of the tiny programme's case prints."""
    paths = cases or (top / "tiny-2026" / "cases" / "one.yaml",)
    try:
        rehearse(Settings(), Library.open([top]), list(paths), top / "out", as_json=True)
    except Failure as failure:
        assert "did not come out as expected" in str(failure)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def change(top: Path, old: str, new: str) -> None:
    path = lay(top) / "cases" / "one.yaml"
    assert old in CASE
    path.write_text(CASE.replace(old, new), "utf-8")


def test_a_case_is_played_to_its_packet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(tmp_path)
    told = play(tmp_path, capsys)
    assert told["differences"] == []
    assert (told["programme"], told["conclusion"], told["verdicts"]) == (
        "tiny-2026",
        "eligible",
        {"years": "met"},
    )
    file = Path(told["documents"]["application"]["file"])
    assert file == tmp_path / "out" / "one" / "陆建华申请表.pdf"
    assert len(pypdfium2.PdfDocument(file.read_bytes())) == told["documents"]["application"]["pages"] == 1


def test_the_cells_of_a_sheet_are_compared_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = CASE.replace("[application]", "[application, table]")
    sheet = """\
sheets: [{id: table, title: 汇总表, columns: [{title: 姓名, value: "{{ name }}"}]}]
documents:
  - {id: table, title: 汇总表, sheet: table, filename: "{{ name }}汇总表"}
"""
    home = lay(tmp_path, programme=FILES["programme.yaml"].replace("documents:\n", sheet))
    for wanted, differences in (("陆建华", []), ("陆建国", ["document table: does not show “陆建国”"])):
        (home / "cases" / "one.yaml").write_text(case + f"    table: [姓名, {wanted}]\n", "utf-8")
        told = play(tmp_path, capsys)
        assert told["differences"] == differences
    assert told["documents"]["table"]["file"].endswith("陆建华汇总表.xlsx")


def test_the_transcript_shows_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = lay(tmp_path)
    rehearse(
        Settings(),
        Library.open([tmp_path]),
        [home / "cases" / "one.yaml"],
        tmp_path / "out",
        as_json=False,
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "══ 一个焊工（小城工匠）"
    assert "您叫什么？" in lines
    assert "  > 陆建华" in lines
    assert lines[-1].endswith("one.yaml: as expected")


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("conclusion: eligible", "conclusion: review", "conclusion: expected review, came to eligible"),
        ("years: met", "years: not_met", "rule years: expected not_met, came to met"),
        ("years: met", "months: met", "rule months: expected met, came to absent"),
        ("[application]", "[application, letter]", "document letter: expected, but not in the packet"),
        ("[application]", "[]", "document application: in the packet, but not expected"),
        ("陆建华自荐", "单位推荐", "document application: does not show “单位推荐”"),
        ('start: "2010-07"', "start: once", "question start: the answer was not taken: 没看懂"),
        ("name: 陆建华, ", "", "question name: asked, but the case has no answer"),
        ("union: true", "union: false", "never asked for: proof"),
        ("route: unit", "route: experts", "no button “pick route:experts” on the screen"),
    ],
)
def test_what_differs_is_named(
    old: str, new: str, difference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(tmp_path, old, new)
    assert any(told.startswith(difference) for told in play(tmp_path, capsys)["differences"])


def test_a_short_case_ends_where_it_says_no_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = lay(tmp_path)
    short = home / "cases" / "one.yaml"
    short.write_text(
        CASE.split("answers")[0] + "answers: {route: self}\nexpect: {conclusion: pending}\n", "utf-8"
    )
    assert play(tmp_path, capsys)["differences"] == []


def test_a_failed_rule_is_walked_past_so_that_the_rest_is_filled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(tmp_path, '"2010-07"', '"2024-07"')
    told = play(tmp_path, capsys)
    assert told["conclusion"] == "ineligible"
    assert "application" in told["documents"], "practice goes on to the packet"


def test_files_are_sent_from_beside_the_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = (
        "id: application\ntitle: 申请表\nsections:\n  - id: basics\n    title: 基本\n    questions:\n      - name\n"
        "      - start\n      - {kind: scans, id: union, label: 会员证, ask: 请拍会员证。}\n"
        "      - {kind: text, id: proof, label: 证号, ask: 证号是多少？}\n"
    )
    home = lay(tmp_path)
    (home / "forms" / "application.yaml").write_text(form, "utf-8")
    scan = BUILT_IN / "_shared" / "files" / "certificate.jpg"
    (home / "cases" / "scan.jpg").write_bytes(scan.read_bytes())
    case = home / "cases" / "one.yaml"
    case.write_text(CASE.replace("union: true", "union: [scan.jpg, scan.jpg]"), "utf-8")
    assert play(tmp_path, capsys)["differences"] == []
    case.write_text(CASE.replace("union: true", "union: [scan.jpg, gone.jpg]"), "utf-8")
    assert any("there is no file" in told for told in play(tmp_path, capsys)["differences"])


def test_a_case_outside_every_programme_must_name_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(tmp_path)
    lost = tmp_path / "elsewhere" / "one.yaml"
    lost.parent.mkdir()
    lost.write_text(CASE, "utf-8")
    library = Library.open([tmp_path])
    with pytest.raises(Failure, match="say which with “programme:”"):
        rehearse(Settings(), library, [lost], tmp_path / "out", as_json=True)
    lost.write_text(CASE + "programme: tiny-2026\n", "utf-8")
    assert play(tmp_path, capsys, lost)["differences"] == []


def test_a_case_beside_a_programme_that_is_not_on_the_shelf_is_played_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = lay(tmp_path)
    rehearse(Settings(), built_in(), [home / "cases" / "one.yaml"], tmp_path / "out", as_json=True)
    assert json.loads(capsys.readouterr().out)["differences"] == []
    (home / "rules.yaml").write_text("rules: [x]")
    with pytest.raises(Failure, match=r"rules\.yaml:1: "):
        rehearse(Settings(), built_in(), [home / "cases" / "one.yaml"], tmp_path / "out", as_json=True)


def test_only_these_kinds_are_answered_by_files() -> None:
    kinds = {name for name, kind in registry().items() if kind.accepts_files and kind.keyboard == "none"}
    assert kinds == {"photo", "scans", "video", "videos"}
    assert answered_by_files.__doc__
