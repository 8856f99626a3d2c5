"""What a chat that passes servers abroad shows and says of it.

Before they agree, people are told so in a sentence of its own. Of a staff desk it shows no names, unless the
installation wants them there: a case is its number, its programme and how it stands; the rest is looked at on the web chat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.house.abroad import ABROAD
from dialogs.desk.press import Press
from dialogs.turn import Button, Part, Row, Say, Screen, Summary, Table
from dialogs.words import Words
from forms.message import Message, Own, say

#: Where somebody agrees to what is kept, and where they read of it again.
_ASKED = frozenset({"consent", "mydata", "allow", "join"})
_ELSEWHERE = say("姓名、单位和材料不在这里显示，请到网页上看、到网页上办。")
_THERE = say("姓名、单位和材料不在这里显示，请到网页上看、到网页上办：{link}")
_AT_HOME = say("您在 Telegram 里发的话和文件，要经过境外的服务器。不想这样，请用网页填：{link}")
_FETCHED = say("导出的文件请到网页的工作台上下载。")
#: What still leads on from a case that is not shown.
_LEAVES = frozenset({"board", "menu", "own"})


@dataclass(frozen=True)
class Reticence:
    """What one installation lets stand in its chats: `names` of applicants at a desk; `home` is its web address or ""."""

    names: bool = False
    home: str = ""

    def withholds(self, screen: Screen) -> bool:
        """Whether it is a Screen of a desk, of which names and documents do not come here."""
        return not self.names and any(isinstance(each.action, Press) for each in screen.all_buttons())

    def shown(self, screen: Screen) -> Screen:
        """The Screen as it may stand here; an applicant's own is as it was, but for what is said where they agree.

        What lies elsewhere is fetched there.
        """
        if any(button.action.verb in _ASKED for button in screen.buttons):
            parts = screen.parts
            ask = next((at for at, part in enumerate(parts) if _asks(part)), len(parts))
            screen = replace(screen, parts=(*parts[:ask], self._abroad(screen), *parts[ask:]))
        if any(card.address for card in screen.cards):
            here = tuple(card for card in screen.cards if not card.address)
            screen = replace(
                screen, cards=here, parts=(*screen.parts, Say(Words(screen.locale)(_FETCHED), "note"))
            )
        if not self.withholds(screen):
            return screen
        if screen.public:
            leaves = tuple(button for button in screen.buttons if button.action.verb in _LEAVES)
            public = (*screen.public, self._elsewhere(screen))
            return replace(screen, parts=public, buttons=leaves, cards=(), asks=None, echo="", once=0)
        private = any(isinstance(part, Table) and part.private for part in screen.parts)
        parts = tuple(_part(part) for part in screen.parts if not isinstance(part, Summary))
        elsewhere = (self._elsewhere(screen),) if private else ()
        return replace(screen, parts=(*parts, *elsewhere), cards=(), echo="")

    def _abroad(self, screen: Screen) -> Say:
        message = Message(_AT_HOME.text, {"link": Own(self.home)}) if self.home else ABROAD
        return Say(Words(screen.locale)(message), "note")

    def _elsewhere(self, screen: Screen) -> Say:
        message = Message(_THERE.text, {"link": Own(self.home)}) if self.home else _ELSEWHERE
        return Say(Words(screen.locale)(message), "note")


def told_of(screen: Screen) -> bool:
    """Whether it is a Screen of a desk that tells of a case, or of several."""
    return bool(screen.public) or any(isinstance(part, Table) for part in screen.parts)


def _asks(part: Part) -> bool:
    return isinstance(part, Say) and part.tone == "ask"


def _part(part: Part) -> Part:
    return _table(part) if isinstance(part, Table) else part


def _table(table: Table) -> Table:
    """The table without the columns that tell of a person."""
    kept = [at for at in range(len(table.heads)) if at not in table.private]
    places = {before: now for now, before in enumerate(kept)}
    brief = tuple(places[at] for at in table.brief if at in places)
    heads = tuple(table.heads[at] for at in kept)
    return Table(heads, tuple(_row(row, kept) for row in table.rows), brief=brief)


def _row(row: Row, kept: list[int]) -> Row:
    opens: Button | None = row.opens and replace(row.opens, label=row.public or row.opens.label)
    return replace(row, cells=tuple(row.cells[at] for at in kept), opens=opens)
