"""What a person has here, named so that its owner knows it and a stranger learns nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.house.archive import Archive
from dialogs.interview import Interview
from forms.message import Message, Own, say
from forms.programme import Programme
from storage import interviews, seats
from storage.unit import Unit

#: Applications named in one sentence.
_NAMED = 3


@dataclass(frozen=True)
class Holding:
    """One application with something in it: `title` in Chinese with its programme, whose it is masked, how much."""

    programme: Programme | None
    name: str
    answered: int

    def message(self, locale: str) -> Message:
        """“2026年“南宁工匠”选树活动，韦*辉，已填12项”."""
        title: object = say("先看看哪个项目适合")
        if self.programme:
            title = Own(self.programme.translate(self.programme.title, locale))
        if not self.name:
            return say("{title}（已填{count}项）", title=title, count=self.answered)
        return say("{title}（{name}，已填{count}项）", title=title, name=Own(self.name), count=self.answered)


@dataclass(frozen=True)
class Chair:
    """A seat at an office."""

    office: str

    def message(self, locale: str) -> Message:
        """“青秀区总工会的席位”."""
        return say("{office}的席位", office=Own(self.office))


def chairs(unit: Unit, person: str) -> tuple[Chair, ...]:
    """The offices at which a person sits, once each."""
    return tuple(map(Chair, dict.fromkeys(each.office_name for each in seats.of_person(unit, person))))


def named(holdings: Sequence[Holding | Chair], locale: str) -> tuple[Message, ...]:
    """Applications in one phrase; an empty one where there are none."""
    titles = tuple(each.message(locale) for each in holdings[:_NAMED])
    return (*titles, say("等{count}份", count=len(holdings))) if len(holdings) > _NAMED else titles


def holdings(unit: Unit, archive: Archive, person: str) -> tuple[Holding, ...]:
    """A person's applications in which something was answered, latest first. To be called within `Archive.run`."""
    return tuple(
        holding(archive.pinned(unit, state.digest), state)
        for state in interviews.of(unit, person)
        if state.answers or state.drafts
    )


def holding(programme: Programme | None, state: Interview) -> Holding:
    """One application as it is named."""
    return Holding(programme, masked(name_in(programme, state)), len(state.answers))


def name_in(programme: Programme | None, state: Interview) -> str:
    """The name that was answered, or ""."""
    if programme is None:
        return str(state.answers.get("name", ""))
    return str(state.answers.get(programme.form(state.role).named_by or "name", ""))


def masked(name: str) -> str:
    """A name with its middle hidden: 韦*辉, 王*, 欧**平."""
    if len(name) < 2:
        return name
    if len(name) == 2:
        return f"{name[0]}*"
    return name[0] + "*" * (len(name) - 2) + name[-1]
