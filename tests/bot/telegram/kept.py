"""What a bot kept that was killed again and again, held against what people said and sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage import interviews
from storage.interviews import Speaker
from storage.tables import door, event, file, interview, message, person
from storage.unit import Unit
from tests.bot.telegram.answerer import Answerer
from tests.soak.people import compared, swept
from tests.storage.rings import kept_at


@dataclass
class Account:
    """How it compares: answers and files that were lost, counted twice, or stand at the wrong question.

    `outdated` are presses that had to be done again since they were made on an older Screen, which a killed bot had
    still sent: they were taken, for no question, and the current one was shown.
    """

    answers: int = 0
    corrections: int = 0
    files: int = 0
    lost: int = 0
    doubled: int = 0
    misplaced: int = 0
    outdated: int = 0
    faults: list[str] = field(default_factory=list)


async def account(directory: Path, people: Sequence[Answerer]) -> Account:
    """Sweep a directory whose bot is closed, and compare what is left."""
    told = Account()
    removed = await swept(directory)
    lying, told.faults = await compared(directory)
    if removed.orphans or removed.lost:
        told.faults.append(f"swept {removed}")
    kept = kept_at(f"sqlite:///{directory / 'jiangjian.sqlite'}")
    try:
        answered, sent = await kept.run(_answered), await kept.run(_sent)
        for each in people:
            address = str(each.phone.id)
            seat = await kept.run(partial(_seat, address=address))
            answers = dict(seat.state.answers) if seat else {}
            _compare(told, each, answers, answered.get(address, Counter()))
            for query, story in each.pressed_again.items():
                if await kept.run(partial(_outdated, address=address, query=query)):
                    told.outdated += 1
                else:
                    told.lost += 1
                    told.faults.append(story)
            _compare_files(told, each, answers, sent.get(address, Counter()), lying)
    finally:
        kept.close()
    return told


def _compare(told: Account, somebody: Answerer, answers: dict[str, Any], times: Counter[str]) -> None:
    wanted, found = somebody.answers, {name: _names(said) for name, said in answers.items()}
    told.answers += len(wanted)
    told.corrections += somebody.corrected.total()
    missing = sorted(wanted.keys() - found.keys())
    told.lost += len(missing)
    told.faults += [f"{name} of step {somebody.step} is missing: {wanted[name]}" for name in missing]
    wrong = [name for name, said in wanted.items() if found.get(name, said) != said]
    more = sorted(found.keys() - wanted.keys())
    told.misplaced += len(wrong) + len(more)
    told.faults += [f"{name}: {found[name]} and not {wanted[name]}" for name in wrong]
    told.faults += [f"{name}: {found[name]}, which was not said" for name in more]
    often = (number - 1 - somebody.corrected[name] for name, number in times.items())
    told.doubled += sum(number for number in often if number > 0)


def _compare_files(
    told: Account,
    somebody: Answerer,
    answers: dict[str, Any],
    sent: Counter[str],
    lying: dict[str, str],
) -> None:
    """Each file that was answered has one row and its bytes; what an answer names is what was sent for it."""
    told.files += len(somebody.sent)
    gone = [paper for paper in somebody.sent if not sent[paper.digest]]
    told.lost += len(gone)
    told.faults += [f"{paper.name} is gone" for paper in gone]
    told.doubled += sum(number - 1 for number in sent.values())
    for name, papers in somebody.papers.items():
        found = [lying.get(each["file"]) for each in _listed(answers.get(name, []))]
        told.misplaced += found != [paper.digest for paper in papers]


def _listed(answer: Any) -> list[dict[str, Any]]:
    return answer if isinstance(answer, list) else [answer]


def _names(answer: Any) -> Any:
    """An answer as people give it: of files their names."""
    return answer if isinstance(answer, str) else [each["name"] for each in _listed(answer)]


def _outdated(unit: Unit, address: str, query: str) -> bool:
    """Whether a press was taken, and for no question."""
    key = (message.c.conversation == address, message.c.message.endswith(f":c{query}"))
    row = unit.connection.execute(select(message.c.question).where(*key)).one_or_none()
    return row is not None and row.question is None


def _seat(unit: Unit, address: str) -> Speaker | None:
    return interviews.speaker(unit, "telegram", address)


def _answered(unit: Unit) -> dict[str, Counter[str]]:
    """How often each question was answered, by address."""
    return _counted(
        unit,
        select(door.c.address, event.c.about)
        .select_from(event)
        .join(interview, interview.c.id == event.c.interview)
        .join(person, person.c.id == interview.c.person)
        .join(door, door.c.person == person.c.id)
        .where(event.c.kind == "answered"),
    )


def _sent(unit: Unit) -> dict[str, Counter[str]]:
    """How many rows there are of each file, by address and the SHA-256 of its bytes."""
    return _counted(
        unit,
        select(door.c.address, file.c.digest)
        .select_from(file)
        .join(door, door.c.person == file.c.person)
        .where(file.c.size > 0),
    )


def _counted(unit: Unit, rows: Any) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for address, what in unit.connection.execute(rows):
        found.setdefault(address, Counter())[what] += 1
    return found
