"""Groups in front of the kill harness: people talk, command, come and go, and their messages' numbers are taken twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable

from tests.bot.telegram.chats import Chat
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.group import Group
from tests.bot.telegram.phone import Phone

#: Seconds between two things that happen in groups.
_PAUSE = 0.1
#: A group's next message gets a number that private chats come to within so many messages.
_AHEAD = 60
_MOST_BEHIND = 150


class Crowd:
    """Some groups that the bot is in and hears everything of; from one it is removed again and again."""

    def __init__(self, telegram: Telegram, chance: random.Random, groups: int) -> None:
        self.telegram = telegram
        self.said = 0
        self._chance = chance
        self._groups = [Group(telegram, hears_all=True) for _ in range(groups)]
        self._people = [Phone(telegram) for _ in range(3)]
        for group in self._groups:
            group.chat.member = True

    async def talks(self) -> None:
        """Until cancelled."""
        while self._groups:
            if self._behind() > _MOST_BEHIND:  # a bot that is killed all the time never catches up
                await asyncio.sleep(_PAUSE)
                continue
            group, person = self._chance.choice(self._groups), self._chance.choice(self._people)
            self._collide(group)
            self._happens(group, person)
            self.said += 1
            await asyncio.sleep(_PAUSE)

    def _behind(self) -> int:
        """How many updates of groups the bot has not confirmed."""
        mine = {str(group.chat.id) for group in self._groups}
        return sum(each.queue[1:] in mine for each in self.telegram.updates.pending.values())

    def _happens(self, group: Group, person: Phone) -> None:
        match self._chance.randrange(8):
            case 0 | 1 | 2:
                group.says(person, "师傅们下午好")
            case 3:
                group.says(person, f"/start@{self.telegram.bot['username']}")
            case 4:
                group.edits(group.says(person, "/help@weather_bot"), "/start")
            case 5:
                group.comes(person)
            case 6:
                group.goes(person)
            case 7 if group is self._groups[-1]:
                self._moves(group)
            case _:
                group.says_itself("/help")

    def _moves(self, group: Group) -> None:
        """Two people remove and invite the bot within the same second."""
        for person in self._people[:2]:
            group.removes_bot(person)
            group.invites_bot(person)

    def _collide(self, group: Group) -> None:
        """Let messages pass that the bot never heard of, until the numbers are those that private chats come to."""
        newest = max(
            (max(chat.messages, default=0) for chat in self.telegram.chats.values() if chat.private),
            default=0,
        )
        wanted = newest + self._chance.randrange(_AHEAD)
        while max(group.chat.messages, default=0) < wanted:
            group.chat.add(self._people[0].user, self.telegram.now(), text="…")

    @property
    def faults(self) -> list[str]:
        """What no group may ever see: more than the one line within an hour, a question, a button."""
        found = []
        for group in self._groups:
            lines = group.told
            if len(lines) > 1:
                found.append(f"a group was told {len(lines)} times within an hour")
            found += [
                f"said in a group: {line.text}"
                for line in lines
                if line.rows or "https://t.me/" not in line.text
            ]
        return found

    @property
    def collisions(self) -> int:
        """How many messages of groups have the number of a message that a person wrote privately."""
        private = _numbers(chat for chat in self.telegram.chats.values() if chat.private)
        return sum(len(private & _numbers([group.chat])) for group in self._groups)


def _numbers(chats: Iterable[Chat]) -> set[int]:
    return {
        message.id
        for chat in chats
        for message in chat.messages.values()
        if not message.by_bot and message.text != "…"
    }
