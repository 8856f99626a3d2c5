"""Files in front of the kill harness: photos, two where one is wanted, and papers of several pages, albums too."""

from __future__ import annotations

import asyncio
import hashlib
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.library import BUILT_IN
from tests.bot.telegram.interview import FILES, step_of
from tests.bot.telegram.phone import Phone

if TYPE_CHECKING:
    from tests.bot.telegram.answerer import Answerer

_PICTURE = (BUILT_IN / "_shared" / "files" / "photo-white.jpg").read_bytes()
_TAIL = 30_000  # bytes at most that make a picture unlike any other
#: Seconds from a question to a file: nobody reads it, looks for a picture and sends it within one.
_LOOKS_FOR = (1.2, 2.5)
_MOST = 3
_STANDS, _AGREES, _DONE = "不改", "改成这个", "发完了"


@dataclass(frozen=True)
class Paper:
    """A file as it was sent: the name that it is kept under, and the SHA-256 of its bytes."""

    name: str
    digest: str


def sends(phone: Phone, chance: random.Random, number: int, album: str) -> Paper:
    """Send a picture that there is only once: as a photo where it is one of an album, else perhaps as a file."""
    content = _PICTURE + chance.randbytes(chance.randrange(1, _TAIL))
    digest = hashlib.sha256(content).hexdigest()
    if album or chance.random() < 0.5:
        return Paper(f"IMG_{phone.sends_photo(content, album=album).id}.jpg", digest)
    name = f"第{number}张.jpg"
    phone.sends_file(content, name)
    return Paper(name, digest)


async def hands_in(person: Answerer, step: int) -> tuple[Paper, ...]:
    """Answer a question with files; gives those that stand, in their order."""
    await asyncio.sleep(person.chance.uniform(*_LOOKS_FOR))
    return await (_portrait if FILES[step] == "photo" else _scans)(person, step)


async def _portrait(person: Answerer, step: int) -> tuple[Paper, ...]:
    """One photo; or two at once, and then which of them is to stand."""
    phone = person.phone

    def answered() -> bool:
        return person.at == step + 1

    if person.chance.random() < 0.5:
        return tuple(await _sent(person, 1, lambda _: answered(), step))
    first, second = await _sent(person, 2, lambda papers: _offered(phone, papers[1]), step)
    label = person.chance.choice((_STANDS, _AGREES))
    await person.acts(lambda: phone.press(label), answered, lambda: _offered(phone, second))
    if label == _STANDS:
        return (first,)
    person.corrected[f"q{step}"] += 1
    return (second,)


async def _scans(person: Answerer, step: int) -> tuple[Paper, ...]:
    """Some papers, and the end of them."""
    phone = person.phone
    many = person.chance.randint(1, _MOST)

    def counted() -> bool:
        return bool(phone.screen and f"收到 {many} 份" in phone.screen.text and _DONE in phone.screen.buttons)

    papers = await _sent(person, many, lambda _: counted(), step)
    await person.acts(lambda: phone.press(_DONE), lambda: person.at == step + 1, counted)
    return tuple(papers)


async def _sent(person: Answerer, many: int, done: Callable[[list[Paper]], bool], step: int) -> list[Paper]:
    """Send so many at once, as an album or one by one, until they are answered as is right."""
    papers: list[Paper] = []
    album = str(secrets.randbits(54)) if many > 1 and person.chance.random() < 0.5 else ""

    def act() -> None:
        papers[:] = [sends(person.phone, person.chance, number + 1, album) for number in range(many)]

    # Where some of them were lost, they are all sent again: the person sees what is there, and the count is wrong.
    await person.acts(act, lambda: done(papers), lambda: step_of(person.phone.screen) == step)
    person.sent += papers
    return papers


def _offered(phone: Phone, paper: Paper) -> bool:
    """Whether this paper is offered to stand in the place of another."""
    screen = phone.screen
    return bool(screen and f"改成“{paper.name}" in screen.text and _AGREES in screen.buttons)
