"""All programmes that this installation knows, read once at the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from forms.kinds.base import Question
from forms.loader import SHARED, DefinitionError, Source, common_questions, load, read
from forms.programme import Programme

BUILT_IN = Path(__file__).parent / "programmes"


@dataclass(frozen=True)
class Library:
    """The programmes on offer, latest notice first; those that cannot be read are told in `errors`."""

    offered: tuple[Programme, ...]
    errors: tuple[DefinitionError, ...]
    sources: Mapping[str, Source]
    directories: Mapping[str, Path]

    @classmethod
    def open(cls, directories: Sequence[Path] = ()) -> Library:
        """Read the built-in programmes and those of further directories; a broken one stops no other."""
        offered: dict[str, Programme] = {}
        sources: dict[str, Source] = {}
        places: dict[str, Path] = {}
        errors = []
        for directory in dict.fromkeys(home for top in (BUILT_IN, *directories) for home in homes(top)):
            shared = shared_of(directory)
            try:
                source = read(directory, shared)
                programme = load(source)
                if programme.id in offered:
                    reason = f"the id “{programme.id}” is taken by {places[programme.id]}"
                    raise DefinitionError("programme.yaml", 1, reason)
            except DefinitionError as error:
                errors.append(error.below(directory, shared))
                continue
            offered[programme.id] = programme
            sources[programme.digest] = source
            places[programme.id] = directory
        latest = sorted(offered.values(), key=lambda each: (each.issued, each.id), reverse=True)
        return cls(tuple(latest), tuple(errors), sources, places)

    @cached_property
    def common(self) -> Mapping[str, Question]:
        """The shared questions in their own words, by id; those of the first programme where several differ."""
        questions: dict[str, Question] = {}
        for programme in reversed(self.offered):
            questions.update(common_questions(self.sources[programme.digest]))
        return questions

    def get(self, digest: str) -> Programme | None:
        """The programme with this very definition, or None where it has changed since."""
        return next((programme for programme in self.offered if programme.digest == digest), None)

    def source(self, digest: str) -> Source:
        """The text that a programme on offer was read from. Raises KeyError."""
        return self.sources[digest]

    def named(self, identifier: str) -> Programme | None:
        """The programme on offer with this id, or None."""
        return next((programme for programme in self.offered if programme.id == identifier), None)


def homes(top: Path) -> Iterator[Path]:
    """The programme directories in `top`, or `top` itself where it is one."""
    if (top / "programme.yaml").is_file():
        yield top.resolve()
    elif top.is_dir():
        for directory in sorted(top.iterdir()):
            if directory.is_dir() and not directory.name.startswith(("_", ".")):
                yield directory.resolve()


def shared_of(directory: Path) -> Path:
    """Where a programme's shared questions lie: beside it, or else the built-in ones."""
    beside = directory.parent / SHARED
    return beside if beside.is_dir() else BUILT_IN / SHARED
