"""`jiangjian check`: everything wrong with programmes and catalogues, by file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.house.failure import Failure
from forms.casefile import case_texts
from forms.library import BUILT_IN, homes, shared_of
from forms.lint import lint
from forms.loader import DefinitionError, Source, load, read


def chosen(wanted: Sequence[str], directories: Sequence[Path]) -> list[Path]:
    """The programme directories meant by ids and paths; all that are known where nothing is named."""
    offered = [home for top in (BUILT_IN, *directories) for home in homes(top)]
    if not wanted:
        return list(dict.fromkeys(offered))
    picked = []
    for word in wanted:
        path = Path(word)
        here = list(homes(path)) if path.is_dir() else [home for home in offered if home.name == word]
        if not here:
            raise Failure(f"“{word}” is neither a programme nor a directory with programmes")
        picked += here
    return list(dict.fromkeys(picked))


def source_of(wanted: str, directories: Sequence[Path]) -> Source:
    """The files of the one programme meant by an id or path, which can be read. Raises `Failure`."""
    homes = chosen([wanted], directories)
    if len(homes) != 1:
        raise Failure(f"“{wanted}” holds several programmes: {', '.join(home.name for home in homes)}")
    shared = shared_of(homes[0])
    try:
        source = read(homes[0], shared)
        load(source)
    except DefinitionError as error:
        raise Failure(str(error.below(_shown(homes[0]), _shown(shared)))) from error
    return source


def programme_problems(directory: Path) -> Iterator[str]:
    """What is wrong with one programme: why it cannot be read, else what the lint finds."""
    shared = shared_of(directory)
    try:
        source = read(directory, shared)
        programme = load(source)
        findings = lint(programme, source, case_texts(directory))
    except DefinitionError as error:
        for each in (error, *error.further):
            yield str(each.below(_shown(directory), _shown(shared)))
        return
    if programme.id != directory.name:
        file = _shown(directory) / "programme.yaml"
        reason = f"the id “{programme.id}” is not the directory's name “{directory.name}”"
        yield f"{file}:1: {reason} (give one of them the other's name)"
    for finding in findings:
        yield str(finding.below(_shown(directory), _shown(shared)))


def _shown(path: Path) -> Path:
    """The path as short as it can be said from here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
