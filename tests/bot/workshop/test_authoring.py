"""From a notice to a programme: begun from the closest one, checked, compared, previewed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.__main__ import app
from bot.house.failure import Failure
from bot.workshop import authoring, catalogues
from bot.workshop.authoring import closest, differences, scaffold
from bot.workshop.checking import chosen, programme_problems, source_of
from bot.workshop.preview import preview
from forms.casefile import case_texts, read_case
from forms.library import BUILT_IN, Library
from forms.loader import Source, load, read
from forms.programme import Programme
from tests.bot.shelf import lay
from tests.built_in import built_in
from tests.forms.definitions import FILES, PROGRAMME

NANNING = "nanning-2026"


@pytest.fixture(scope="module")
def library() -> Library:
    return built_in()


def source_at(home: Path) -> Source:
    return source_of(str(home), ())


def opened(home: Path) -> Programme:
    return load(source_at(home))


# Beginning


def test_the_closest_programme_is_last_years_edition(library: Library) -> None:
    assert closest("nanning-2027", library).id == NANNING


def test_another_citys_programme_begins_from_the_one_that_asks_most(library: Library) -> None:
    most = max(library.offered, key=lambda known: len(known.form("nominee").questions))
    assert closest("beihai-2027", library) is most


def test_an_edition_loads_at_once_under_its_own_name(library: Library, tmp_path: Path) -> None:
    home, known = scaffold("nanning-2027", library, "", tmp_path)
    made = opened(home)
    assert known.id == NANNING
    assert (home, made.id) == (tmp_path / "nanning-2027", "nanning-2027")
    assert made.title == "2027年“南宁工匠”选树活动"
    assert made.notice == "关于开展2027年“南宁工匠”选树活动的通知"
    assert made.forms == known.forms
    assert made.rules == known.rules


def test_an_edition_never_takes_over_the_days_of_another(library: Library, tmp_path: Path) -> None:
    home, _ = scaffold("nanning-2027", library, "", tmp_path)
    assert opened(home).window.closes is None
    text = (home / "programme.yaml").read_text("utf-8")
    assert "before: window: {opens: 2026-05-27, closes: 2026-06-30, clause: 五（一）}" in text


def test_another_programme_has_no_title_yet(library: Library, tmp_path: Path) -> None:
    home, _ = scaffold("beihai-2027", library, NANNING, tmp_path)
    made = opened(home)
    assert made.title == made.notice == "（照通知填写）"


@pytest.mark.parametrize("origin", [programme.id for programme in built_in().offered])
def test_the_template_of_every_document_is_to_be_looked_at(
    library: Library, tmp_path: Path, origin: str
) -> None:
    home, known = scaffold("beihai-2027", library, origin, tmp_path)
    marked = {
        path.name for path in (home / "print").glob("*.html") if "check: labels" in path.read_text("utf-8")
    }
    assert marked == {document.template for document in known.documents if document.template}


def test_an_edition_beside_shared_questions_of_ones_own_has_the_macros_it_takes_in(
    library: Library, tmp_path: Path
) -> None:
    own = tmp_path / "_shared" / "questions.yaml"
    own.parent.mkdir()
    own.write_text((BUILT_IN / "_shared" / "questions.yaml").read_text("utf-8"), "utf-8")
    home, _ = scaffold("nanning-2027", library, "", tmp_path)
    assert not [line for line in programme_problems(home) if "print/" in line and "still to be" not in line]


def test_what_must_be_looked_at_is_told_until_its_comment_is_gone(library: Library, tmp_path: Path) -> None:
    home, _ = scaffold("nanning-2027", library, "", tmp_path)
    told = [line for line in programme_problems(home) if "still to be checked" in line]
    for part in (
        "programme.yaml:3: ",
        "rules.yaml:",
        "forms/application.yaml:",
        "print/application.html:1: ",
    ):
        assert any(part in line for line in told), part
    for name in ("figures", "routes", "papers", "office", "open_points"):
        lines = (home / "programme.yaml").read_text("utf-8").splitlines()
        assert lines[lines.index(f"{name}:") - 1].startswith("# check: "), name
    for path in (each for each in home.rglob("*.*") if each.suffix in (".yaml", ".html")):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^.*#-? *check: .*\n", "", text, flags=re.MULTILINE), "utf-8")
    left = list(programme_problems(home))
    assert [line for line in left if "translation" not in line] == []
    assert any("no en translation of “2027年" in line for line in left)


def test_expectations_that_no_longer_hold_are_left_out_and_named(library: Library, tmp_path: Path) -> None:
    home, _ = scaffold("nanning-2027", library, "", tmp_path)
    late = (home / "cases" / "late.yaml").read_text("utf-8")
    assert "  # check: no longer so: conclusion: late\n" in late
    assert read_case("late.yaml", late).expect.conclusion is None
    short = (home / "cases" / "ten-years-short.yaml").read_text("utf-8")
    assert read_case("short.yaml", short).expect.verdicts["trade_years"] == "not_met"
    assert "# check: no longer so: trade_years says “还差1天" in short, "its days are counted to another day"


def test_the_cases_bring_their_sample_files_along(library: Library, tmp_path: Path) -> None:
    home, _ = scaffold("nanning-2027", library, "", tmp_path)
    case = read_case("self.yaml", (home / "cases" / "self.yaml").read_text("utf-8"))
    assert case.answers["photo"] == "files/photo-white.jpg"
    assert (home / "cases" / "files" / "photo-white.jpg").is_file()
    assert case_texts(home).keys() == {
        f"cases/{path.name}" for path in (BUILT_IN / NANNING / "cases").glob("*.yaml")
    }


def test_every_file_names_the_schema_that_lies_beside_it(library: Library, tmp_path: Path) -> None:
    home, _ = scaffold("nanning-2027", library, "", tmp_path)
    for path in home.rglob("*.yaml"):
        first = path.read_text("utf-8").split("\n", 1)[0]
        schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads(schema.read_text("utf-8"))["type"] == "object"


def test_shared_questions_of_ones_own_come_along(tmp_path: Path) -> None:
    lay(tmp_path / "old")
    library = Library.open([tmp_path / "old"])
    home, known = scaffold("tiny-2027", library, "", tmp_path / "new")
    assert known.id == "tiny-2026"
    assert (tmp_path / "new" / "_shared" / "questions.yaml").read_text("utf-8") == FILES[
        "_shared/questions.yaml"
    ]
    assert opened(home).forms == known.forms


@pytest.mark.parametrize(
    ("identifier", "origin", "told"),
    [
        ("南宁", "", "is no id"),
        ("Nanning-2027", "", "is no id"),
        ("../evil", "", "is no id"),
        ("nanning-2027", "nanning-1999", "there is no programme “nanning-1999”"),
    ],
)
def test_what_cannot_be_begun_is_one_sentence(
    library: Library, tmp_path: Path, identifier: str, origin: str, told: str
) -> None:
    with pytest.raises(Failure, match=told):
        scaffold(identifier, library, origin, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_written_over(library: Library, tmp_path: Path) -> None:
    scaffold("nanning-2027", library, "", tmp_path)
    with pytest.raises(Failure, match="exists already"):
        scaffold("nanning-2027", library, "", tmp_path)


# Comparing


def test_a_new_edition_shows_only_what_changed(library: Library, tmp_path: Path) -> None:
    home, known = scaffold("nanning-2027", library, "", tmp_path)
    rules = home / "rules.yaml"
    rules.write_text(rules.read_text("utf-8").replace("title: 工会会员", "title: 工会会员满一年"), "utf-8")
    lines = list(differences(library.source(known.digest), source_at(home)))
    changed = {line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))}
    assert changed == {
        "-id: nanning-2026",
        "+id: nanning-2027",
        "-title: 2026年“南宁工匠”选树活动",
        "+title: 2027年“南宁工匠”选树活动",
        "-notice: 关于开展2026年“南宁工匠”选树活动的通知",
        "+notice: 关于开展2027年“南宁工匠”选树活动的通知",
        "-window: {opens: 2026-05-27, closes: 2026-06-30, clause: 五（一）}",
        "+window: {}",
        "-    title: 工会会员",
        "+    title: 工会会员满一年",
    }


def test_a_programme_does_not_differ_from_itself(library: Library) -> None:
    source = source_of(NANNING, ())
    assert list(differences(source, source)) == []


# Previewing


def test_every_document_is_drawn_empty_and_full(tmp_path: Path) -> None:
    home = lay(tmp_path)
    told = list(preview(opened(home), tmp_path / "out", png=True))
    assert [line.rsplit("/", 1)[1] for line in told] == [
        "application-empty.pdf: 1 page",
        "application-full.pdf: 1 page",
    ]
    text = pypdfium2.PdfDocument(tmp_path / "out" / "application-full.pdf")[0].get_textpage().get_text_range()
    assert "广西南宁轨道交通" in text
    assert (tmp_path / "out" / "application-full-1.png").read_bytes().startswith(b"\x89PNG")


def test_a_sheet_is_drawn_with_a_row_and_without(tmp_path: Path) -> None:
    sheet = 'sheets:\n  - {id: table, title: 汇总表, columns: [{title: 姓名, value: "{{ name }}"}]}\npapers:'
    text = PROGRAMME.replace(
        'filename: "{{ name }}申请表"}\n',
        'filename: "{{ name }}申请表"}\n  - {id: table, title: 汇总表, sheet: table, filename: 汇总表}\n',
    ).replace("papers:", sheet)
    home = lay(tmp_path, programme=text)
    list(preview(opened(home), tmp_path / "out"))
    for name, wanted in (("empty", False), ("full", True)):
        page = load_workbook(tmp_path / "out" / f"table-{name}.xlsx").active
        cells = [cell.value for row in page.iter_rows() for cell in row if cell.value]
        assert "姓名" in cells
        assert any("广西南宁" in cell for cell in cells) is wanted


def test_what_cannot_be_drawn_is_told_and_the_rest_is_drawn(tmp_path: Path) -> None:
    home = lay(tmp_path)
    (home / "print" / "application.html").write_text("<p>{{ name.nickname }}</p>", "utf-8")
    told = []
    with pytest.raises(Failure, match="2 could not be drawn"):
        told.extend(preview(opened(home), tmp_path / "out"))
    assert not list((tmp_path / "out").glob("*.pdf"))


def test_a_condition_that_nothing_meets_is_told_and_the_document_shown(tmp_path: Path) -> None:
    text = PROGRAMME.replace(
        'filename: "{{ name }}申请表"}', 'filename: "{{ name }}申请表", when: "name == \'陆建华\'"}'
    )
    told = list(preview(opened(lay(tmp_path, programme=text)), tmp_path / "out"))
    assert told[0].startswith("application: no made-up answers make “name == '陆建华'” hold")
    assert len(told) == 3


# Translations


def test_the_check_of_everything_looks_at_every_built_in_programme() -> None:
    homes = {path.parent for path in BUILT_IN.glob("*/programme.yaml")}
    assert set(chosen([], ())) == homes
    assert BUILT_IN / NANNING in homes


@pytest.mark.parametrize(
    "home", sorted(path.parent for path in BUILT_IN.glob("*/programme.yaml")), ids=lambda p: p.name
)
def test_a_translation_taken_away_is_missed(home: Path, tmp_path: Path) -> None:
    source = read(home, BUILT_IN / "_shared")
    title = re.escape(load(source).title)
    for name, text in source.files.items():
        path = tmp_path / (name if name.startswith("_") else f"{home.name}/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".po"):
            text = re.sub(rf'^msgid "{title}"\nmsgstr ".*"\n', "", text, flags=re.MULTILINE)  # noqa: PLW2901 - one cut after the other
        path.write_text(text, "utf-8")
    assert any("no en translation of" in line for line in programme_problems(tmp_path / home.name))


def test_new_texts_are_written_into_the_catalogue_to_be_translated(tmp_path: Path) -> None:
    home = lay(tmp_path)
    (home / "locale").mkdir()
    (home / "locale" / "en.po").write_text('msgid "小城工匠"\nmsgstr "Small Town Craftsman"\n', "utf-8")
    missing = [line for line in programme_problems(home) if "no en translation" in line]
    assert catalogues.extend(home) == [str(home / "locale" / "en.po")]
    text = (home / "locale" / "en.po").read_text("utf-8")
    assert text.startswith('msgid "小城工匠"\nmsgstr "Small Town Craftsman"\n')
    assert text.count('msgstr ""') == len(missing)
    assert [line for line in programme_problems(home) if "no en translation" in line] == missing
    assert catalogues.extend(home) == []


def test_the_schema_directory_is_no_programme(library: Library, tmp_path: Path) -> None:
    home, _ = scaffold("nanning-2027", library, "", tmp_path)
    assert (tmp_path / authoring.SCHEMAS).is_dir()
    assert chosen([str(tmp_path)], ()) == [home.resolve()]


# Open points


def said(*words: str) -> str:
    done = CliRunner().invoke(app, words, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.output


@pytest.mark.parametrize("programme", built_in().offered, ids=lambda known: known.id)
def test_every_open_point_is_listed_with_its_reading_and_clause(programme: Programme) -> None:
    lines = said("programmes", programme.id, "--open-points").splitlines()
    assert lines[0].startswith(programme.id)
    assert len(lines) == 1 + 2 * len(programme.open_points)
    for number, point in enumerate(programme.open_points):
        title, adopted = lines[1 + 2 * number : 3 + 2 * number]
        assert title == f"  {point.title}（{point.clause}）"
        assert adopted.startswith(f"    → {point.adopted} [{point.id}")
        assert ("the applicant is told" in adopted) is point.applicant_sees


def test_without_asking_for_them_open_points_are_not_listed() -> None:
    assert len(said("programmes", NANNING).splitlines()) == 1


def test_an_unknown_programme_is_one_sentence() -> None:
    done = CliRunner().invoke(app, ["programmes", "nanning-1999"], standalone_mode=False)
    assert isinstance(done.exception, Failure)
    assert str(done.exception) == "there is no programme “nanning-1999”"
