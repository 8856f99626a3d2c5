"""The page that takes a clerk from a notice to a programme: its commands run, its tables are complete."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.house.failure import Failure
from forms.answers import scope
from forms.filters import FILTERS
from forms.library import BUILT_IN
from forms.lint import CHECKS
from forms.loader import Source, load
from forms.notation import parse
from forms.printing.compose import PRINT_NAMES, compose
from forms.programme import Rule
from tests.forms.definitions import tiny

PAGE = (Path(__file__).parents[3] / "docs" / "authoring.md").read_text("utf-8")
COMMANDS = [
    shlex.split(line)[1:]
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.strip().splitlines()
]
TO_DO = "problems found: "  # what `check` rightly ends with while there is something left


def test_every_command_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path / "var"))
    for words in COMMANDS:
        done = CliRunner().invoke(app, words, input=":q\n", standalone_mode=False)
        expected = (
            isinstance(done.exception, Failure) and words[0] == "check" and TO_DO in str(done.exception)
        )
        assert done.exception is None or expected, (words, done.exception, done.output[-500:])
    assert (tmp_path / "preview" / "application-full-1.png").is_file()
    assert list((tmp_path / "out" / "unit").glob("*.pdf"))
    assert {"new", "check", "preview", "rehearse", "compare"} <= {words[0] for words in COMMANDS}


def test_the_line_shown_of_the_check_is_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    runner.invoke(
        app, ["new", "beihai-2027", "--from", "nanning-2026", "--in", "mine"], standalone_mode=False
    )
    told = runner.invoke(app, ["check", "mine/beihai-2027"], standalone_mode=False).output.splitlines()
    shown = next(line for line in PAGE.splitlines() if line.startswith("mine/beihai-2027/programme.yaml:"))
    assert shown in told


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_is_on_the_page(name: str) -> None:
    table = PAGE.partition("## Filters")[2].partition("## Prints")[0]
    assert re.search(rf"[`|]{name}\b", table), name


@pytest.mark.parametrize("name", sorted(PRINT_NAMES - {"annexes"}))
def test_everything_that_a_print_may_read_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE.partition("## Prints")[2].partition("## Cases")[0]


MACROS = {path.name: path for path in (BUILT_IN / "_shared" / "print").glob("*.html")}


def test_every_file_of_shared_macros_is_on_the_page_with_macros_that_it_has() -> None:
    rows = re.findall(r"^\| `(\w+\.html)` \| (.*) \|$", PAGE.partition("### Shared macros")[2], re.MULTILINE)
    assert {file for file, _ in rows} == MACROS.keys()
    for file, told in rows:
        defined = re.findall(r"macro (\w+)\(", MACROS[file].read_text("utf-8"))
        assert set(re.findall(r"`(\w+)`", told)) <= set(defined), file


def test_the_print_on_the_page_is_a_print() -> None:
    (example,) = re.findall(r"```html\n(.*?)```", PAGE, re.DOTALL)
    shared = {f"_shared/print/{name}": path.read_text("utf-8") for name, path in MACROS.items()}
    more = "\n      - {kind: id-number, id: number, label: 号码, ask: 号码？}"
    more += "\n      - {kind: phone, id: phone, label: 电话, ask: 电话？}\n"
    source = Source({**tiny(form=more).files, **shared, "print/application.html": example})
    programme = load(source)
    answers = {"name": "陆建华", "number": "450122198409129963", "phone": "19000000001"}
    names = scope(programme, answers, datetime(2026, 6, 15, tzinfo=UTC))
    page = compose(programme, programme.documents[0], answers, names).html
    assert '<td class="label">姓名</td><td>陆建华</td>' in page
    assert "1984年9月" in page and '<td class="opinion" colspan="3"><div class="seal">' in page


def test_every_sort_of_check_is_on_the_page() -> None:
    table = PAGE.partition("## What `jiangjian check` finds")[2]
    named = {
        "to do" if name == "todo" else name
        for name in (check.__module__.rpartition(".")[2] for check in CHECKS)
    }
    assert {row.strip() for row in re.findall(r"^\| ([a-z ]+) \|", table, re.MULTILINE)} - {"check"} == named


def test_the_rule_on_the_page_is_a_rule() -> None:
    example = next(
        block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "condition:" in block
    )
    (raw,) = parse("page", example)
    assert Rule.model_validate(raw).id == "trade_years"
