from __future__ import annotations

from pathlib import Path

import pytest

from forms.library import BUILT_IN, Library
from forms.loader import load
from tests.forms.definitions import FILES


def lay(home: Path, **changes: str) -> Path:
    """Write the tiny programme under `home`, with files replaced."""
    for name, text in {
        **FILES,
        **{key.replace("__", "/") + ".yaml": text for key, text in changes.items()},
    }.items():
        path = (home.parent if name.startswith("_shared") else home) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return home


def test_further_programmes_are_offered_beside_the_built_in_ones(tmp_path: Path) -> None:
    lay(tmp_path / "tiny-2026")
    library = Library.open([tmp_path])
    tiny = library.named("tiny-2026")
    assert tiny is not None
    assert library.get(tiny.digest) is tiny
    source = library.source(tiny.digest)
    assert source.digest == tiny.digest
    assert FILES.items() <= source.files.items()
    assert load(library.source(tiny.digest)) == tiny
    assert len(library.offered) == len(Library.open().offered) + 1
    assert library.directories["tiny-2026"] == (tmp_path / "tiny-2026").resolve()


def test_the_latest_notice_comes_first(tmp_path: Path) -> None:
    for year in (2019, 2031, 2024):
        text = (
            FILES["programme.yaml"]
            .replace("tiny-2026", f"tiny-{year}")
            .replace("2026-05-01", f"{year}-05-01")
        )
        lay(tmp_path / f"tiny-{year}", programme=text)
    issued = [programme.issued for programme in Library.open([tmp_path]).offered]
    assert issued == sorted(issued, reverse=True)
    assert issued[0].year == 2031


def test_a_broken_programme_is_left_out_and_told_by_its_file(tmp_path: Path) -> None:
    lay(tmp_path / "good", programme=FILES["programme.yaml"].replace("tiny-2026", "good"))
    broken = lay(tmp_path / "tiny-2026", rules=FILES["rules.yaml"].replace("met:", "mte:", 1))
    library = Library.open([tmp_path])
    assert library.named("good") is not None
    assert library.named("tiny-2026") is None
    (error,) = library.errors
    assert str(error) == f"{broken / 'rules.yaml'}:6: unknown key “mte” (“met”?)"


def test_an_error_in_the_shared_questions_is_told_by_their_file(tmp_path: Path) -> None:
    lay(tmp_path / "tiny-2026", _shared__questions="questions: [{id: name}, {id: name}]")
    (error,) = Library.open([tmp_path]).errors
    assert error.file == str(tmp_path / "_shared" / "questions.yaml")


def test_an_id_can_be_offered_only_once(tmp_path: Path) -> None:
    lay(tmp_path / "a")
    lay(tmp_path / "b")
    library = Library.open([tmp_path])
    assert library.directories["tiny-2026"].name == "a"
    assert "is taken by" in str(library.errors[0])


def test_a_single_programme_may_be_named_directly(tmp_path: Path) -> None:
    home = lay(tmp_path / "tiny-2026")
    assert Library.open([home, tmp_path]).named("tiny-2026") is not None


def test_without_shared_questions_beside_it_a_programme_uses_the_built_in_ones(tmp_path: Path) -> None:
    home = lay(
        tmp_path / "tiny-2026",
        forms__application=FILES["forms/application.yaml"].replace("start, l", "trade_start, l"),
    )
    (tmp_path / "_shared" / "questions.yaml").unlink()
    (tmp_path / "_shared").rmdir()
    (home / "rules.yaml").write_text("rules: []\n")
    library = Library.open([tmp_path])
    tiny = library.named("tiny-2026")
    assert tiny is not None, library.errors
    assert tiny.form("nominee").questions["trade_start"].label == "入行时间"


def test_an_unknown_digest_is_no_programme() -> None:
    library = Library.open()
    assert library.get("0" * 64) is None
    assert library.named("no-such") is None
    with pytest.raises(KeyError):
        library.source("0" * 64)


def test_all_built_in_programmes_are_sound() -> None:
    library = Library.open()
    assert library.errors == ()
    assert set(library.directories) == {
        home.name for home in BUILT_IN.iterdir() if not home.name.startswith("_")
    }
