from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from forms.library import BUILT_IN
from forms.loader import DefinitionError, Source, first_edition, load, read
from tests.forms.definitions import FILES, tiny

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)


def test_a_programme_is_put_together_from_its_files() -> None:
    programme = load(tiny())
    form = programme.form("nominee")
    assert [section.id for section in form.sections] == ["route", "basics"]
    assert list(form.questions) == ["route", "name", "start", "union", "proof"]
    assert form.questions["start"].label == "入行时间"
    assert form.questions["start"].ask == "从哪年哪月开始？"
    assert programme.prints == {"application.html": FILES["print/application.html"]}
    assert programme.digest == tiny().digest


def test_the_route_is_asked_first_with_the_routes_own_words() -> None:
    route = load(tiny()).form("nominee").questions["route"]
    assert [(option.value, option.label, option.explain) for option in route.options] == [
        ("self", "个人", "自己报"),
        ("unit", "单位", "单位报"),
    ]


def test_a_sole_route_is_no_question_but_a_constant() -> None:
    second = "  - {id: unit, title: 单位, explain: 单位报, clause: 四2, submit_to: 市总工会}\n"
    programme = load(tiny(programme=(second, "")))
    assert "route" not in programme.form("nominee").questions
    assert programme.constants(NOON)["route"] == "self"


def test_dates_and_yes_are_read_as_yaml_1_2() -> None:
    programme = load(tiny(form=("是会员吗？}", "是会员吗？, yes: 是, no: 不是}")))
    assert str(programme.issued) == "2026-05-01"
    assert str(programme.form("nominee").questions["union"].show(False)) == "不是"


def test_the_digest_follows_every_file_and_survives_json() -> None:
    source = tiny()
    assert Source.from_json(source.to_json()) == source
    assert Source.from_json(source.to_json()).digest == source.digest
    assert source.id == "tiny-2026"
    assert all(Source({**FILES, name: text + " "}).digest != source.digest for name, text in FILES.items())
    assert len(source.digest) == 64


def test_translations_of_the_programme_win_over_shared_ones() -> None:
    po = 'msgid "姓名"\nmsgstr "{}"\n\n#, fuzzy\nmsgid "时间"\nmsgstr "perhaps"\n'
    files = {**FILES, "_shared/locale/en.po": po.format("Name"), "locale/en.po": po.format("Full name")}
    programme = load(Source(files))
    assert programme.translate("姓名", "en") == "Full name"
    assert programme.translate("时间", "en") == "时间", "a fuzzy translation is none"


@pytest.mark.parametrize(
    ("changes", "where", "why"),
    [
        ({"rules": ("met: 满", "met_: 满")}, "rules.yaml:6", "unknown key “met_”"),
        ({"rules": ("    clause: 四\n", "")}, "rules.yaml:2", "“clause” is missing"),
        ({"rules": ("months_to(counted_to)", "sum")}, "rules.yaml:5", "no filter “sum”"),
        ({"rules": ("months_to(counted_to) >=", "")}, "rules.yaml:5", "start"),
        ({"rules": "    id: twice\n"}, "rules.yaml:8", "“id” stands here twice (first on line 2)"),
        ({"rules": "  - 7\n"}, "rules.yaml:8", "valid dictionary"),
        ({"rules": "more: []\n"}, "rules.yaml:8", "unknown key “more”"),
        ({"rules": "priorities: &a []\n"}, "rules.yaml:8", "anchors"),
        ({"rules": "priorities: !!python/tuple []\n"}, "rules.yaml:8", "tag"),
        ({"rules": "priorities: [\n"}, "rules.yaml:9", "expected"),
        ({"rules": "\tpriorities: []\n"}, "rules.yaml:8", "token"),
        ({"rules": "priorities: \x07\n"}, "rules.yaml:8", "U+0007"),
        ({"rules": "---\nrules: []\n"}, "rules.yaml:8", "document"),
        ({"programme": "places: 025\n"}, "programme.yaml:20", "would lose its zero"),
        ({"programme": "places: 2026_01\n"}, "programme.yaml:20", "would lose its zero or “_”"),
        ({"programme": "places: 3.1_4\n"}, "programme.yaml:20", "would lose its zero or “_”"),
        ({"programme": "places: .inf\n"}, "programme.yaml:20", "not a plain number"),
        ({"programme": "places: 1e999\n"}, "programme.yaml:20", "finite"),
        ({"programme": "places: {{ x }}\n"}, "programme.yaml:20", "key must be text"),
        ({"programme": "rules: []\n"}, "programme.yaml:20", "has its own file"),
        ({"programme": "places: [" + "[" * 2000 + "\n"}, "programme.yaml:1", "nested too deeply"),
        ({"programme": ("closes: 2026-06-30", "closes: June")}, "programme.yaml:6", "date"),
        (
            {"programme": ("closes: 2026-06-30", "opens: 2026-07-01, closes: 2026-06-30")},
            "programme.yaml:6",
            "before",
        ),
        ({"programme": ("clause: 五}", "zone: Mars/Base}")}, "programme.yaml:6", "Mars/Base"),
        ({"programme": ("id: unit", "id: self")}, "programme.yaml:11", "“self” stands here twice"),
        ({"programme": ('"{{ name }}自荐"', '"{{ name }自荐"')}, "programme.yaml:15", "{{ name }"),
        ({"form": ("- name\n", "- nam\n")}, "forms/application.yaml:7", "no shared question “nam”"),
        ({"form": ("kind: text", "kind: txet")}, "forms/application.yaml:10", "there is no kind “txet”"),
        ({"form": ("id: proof,", "id: union,")}, "forms/application.yaml:10", "asked twice"),
        ({"form": ("when: union", "when: union and")}, "forms/application.yaml:10", "union and"),
        ({"form": ("label: 会员,", "lable: 会员,")}, "forms/application.yaml:9", "unknown key “lable”"),
        ({"form": "party: expert\n"}, "programme.yaml:1", "exactly one form for the nominee"),
        ({"shared": "  - {kind: text, id: name}\n"}, "_shared/questions.yaml:4", "twice"),
        ({"rules": "  - years\n"}, "rules.yaml:8", "no shared rule “years”"),
        ({"shared": ("kind: month", "kind: moon")}, "_shared/questions.yaml:3", "there is no kind “moon”"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_line(changes, where: str, why: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        load(tiny(**changes))
    assert str(caught.value).startswith(f"{where}: "), str(caught.value)
    assert why in caught.value.reason
    assert "\n" not in str(caught.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(DefinitionError) as caught:
        load(tiny(rules=("met: 满", "met_: 满"), form=("label: 会员,", "lable: 会员,")))
    told = [str(caught.value), *map(str, caught.value.further)]
    assert len(told) == 4
    assert {line.split(":")[0] for line in told} == {"forms/application.yaml", "rules.yaml"}


def test_aliases_that_would_explode_are_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}, *a]\n" for n in range(60)
    )
    with pytest.raises(DefinitionError, match="anchors"):  # built out, it would outlast any time limit
        load(tiny(programme=bomb))


def test_an_override_may_add_what_the_shared_question_lacks() -> None:
    programme = load(
        tiny(
            form=("label: 入行时间}", "label: 入行时间, optional: true, id: begun}"),
            rules=("start|", "begun|"),
        )
    )
    question = programme.form("nominee").questions["begun"]
    assert question.optional
    assert load(tiny()).form("nominee").questions["start"].optional is False, "the shared one is untouched"


def test_a_programme_has_the_macros_it_was_read_with_and_its_digest_knows_them() -> None:
    one, other = (Source({**FILES, "_shared/print/macros.html": text}) for text in ("{# 1 #}", "{# 2 #}"))
    assert load(Source.from_json(one.to_json())).macros == {"macros.html": "{# 1 #}"}
    assert one.digest != other.digest


def test_a_source_kept_without_macros_has_the_first_edition_of_them() -> None:
    assert load(Source.from_json(tiny().to_json())).macros == first_edition()
    assert load(tiny()).digest == tiny().digest


def test_the_first_edition_never_changes() -> None:
    digests = {name: sha256(text.encode()).hexdigest()[:16] for name, text in first_edition().items()}
    assert digests == {"macros.html": "83120f3cd147e3da", "page.css": "02b74a28763beb04"}


def test_reading_a_directory(tmp_path: Path) -> None:
    home = tmp_path / "tiny-2026"
    for name, text in FILES.items():
        path = (tmp_path if name.startswith("_shared") else home) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (home / "cases").mkdir()
    (home / "cases" / "one.yaml").write_text("title: x", "utf-8")
    (home / "notes.txt").write_text("not part of it", "utf-8")
    shared = tmp_path / "_shared"
    built_in = read(home, shared)
    of_all = {name for name in built_in.files if not name.startswith("_shared/print/")}
    assert of_all == {*FILES, "_shared/rules.yaml"}
    (shared / "rules.yaml").write_text("rules: []", "utf-8")
    assert built_in.files["_shared/print/macros.html"] == (BUILT_IN / "_shared/print/macros.html").read_text()
    (shared / "print").mkdir()
    (shared / "print" / "mine.html").write_text("{% macro mine() %}{% endmacro %}")
    assert read(home, shared) == Source(
        {
            **FILES,
            "_shared/rules.yaml": "rules: []",
            "_shared/print/mine.html": "{% macro mine() %}{% endmacro %}",
        }
    )
    (home / "rules.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(DefinitionError, match=r"rules\.yaml:1: this file is not UTF-8"):
        read(home, tmp_path / "_shared")
    (home / "rules.yaml").write_text("#" * 3_000_000)
    with pytest.raises(DefinitionError, match="longer than"):
        read(home, tmp_path / "_shared")
    with pytest.raises(DefinitionError, match="this is no programme"):
        read(tmp_path, tmp_path / "_shared")


def test_a_key_that_belongs_elsewhere_is_not_offered_as_its_own_correction() -> None:
    with pytest.raises(DefinitionError) as caught:
        load(tiny(rules="    max: 3\n"))
    assert caught.value.reason == "unknown key “max”"
    assert caught.value.remedy.startswith("“max” does not stand here")
