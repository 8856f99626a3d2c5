from __future__ import annotations

from pathlib import Path

import pytest

from bot.house.failure import Failure
from bot.workshop import catalogues


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    for package in ("forms", "dialogs", "bot"):
        (tmp_path / package).mkdir()
    speak(tmp_path, 'say("您好")', 'say("还有{left}天", left=3)', "say(unknown)", 'print("不算")')
    return tmp_path


def speak(root: Path, *lines: str) -> None:
    (root / "dialogs" / "greeting.py").write_text("\n".join(lines), "utf-8")


def write(root: Path, *entries: tuple[str, str], flags: str = "") -> Path:
    path = root / "dialogs" / "locale" / "en.po"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(f'{flags}msgid "{text}"\nmsgstr "{said}"\n' for text, said in entries), "utf-8")
    return path


def test_every_sentence_is_found_where_it_is_said(root: Path) -> None:
    (root / "bot" / "long.py").write_text('x = say(\n    "一句"\n    "话"\n)\n', "utf-8")
    assert catalogues.extracted() == {
        "您好": "dialogs/greeting.py",
        "还有{left}天": "dialogs/greeting.py",
        "一句话": "bot/long.py",
    }


def test_a_complete_catalogue_has_no_problems(root: Path) -> None:
    write(root, ("您好", "Hello"), ("还有{left}天", "{left} days left"))
    assert list(catalogues.problems()) == []


def test_missing_obsolete_and_differing_sentences_are_told(root: Path) -> None:
    write(root, ("还有{left}天", "{right} days left"), ("再见", "Goodbye"), ("您好", ""))
    told = list(catalogues.problems())
    assert told == [
        "dialogs/locale/en.po:1: no translation of “您好” (dialogs/greeting.py)",
        "dialogs/locale/en.po:1: the translation of “还有{left}天” fills other placeholders",
        "dialogs/locale/en.po:4: nothing says “再见” any more",
    ]


def test_a_fuzzy_translation_is_told(root: Path) -> None:
    write(root, ("您好", "Hello"), ("还有{left}天", "{left} days left"), flags="#, fuzzy\n")
    assert [line.rsplit(" ", 1)[-1] for line in catalogues.problems()] == ["fuzzy", "fuzzy"]


def test_without_a_catalogue_everything_is_missing(root: Path) -> None:
    assert len(list(catalogues.problems())) == 2


def test_updating_keeps_what_is_translated_and_stays_calm(root: Path) -> None:
    path = write(root, ("还有{left}天", "{left} days left"), ("再见", "Goodbye"))
    catalogues.update()
    first = path.read_text("utf-8")
    assert "再见" not in first
    assert '"{left} days left"' in first
    assert first.index("您好") < first.index("还有")
    assert "greeting.py" not in first, "no places, so that the file changes only when a sentence does"
    catalogues.update()
    assert path.read_text("utf-8") == first
    assert list(catalogues.problems()) == [
        "dialogs/locale/en.po:1: no translation of “您好” (dialogs/greeting.py)"
    ]


def test_a_catalogue_that_cannot_be_read_is_one_sentence(root: Path) -> None:
    write(root).write_text('msgid "您好"\nnonsense\n', "utf-8")
    with pytest.raises(Failure, match=r"en\.po:\d+: "):
        list(catalogues.problems())
