"""`jiangjian talk`: the same conversation in a terminal."""

from __future__ import annotations

import asyncio
import getpass
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path

from bot.house import troubles, wiring
from bot.house.conversation import Conversation
from bot.house.failure import Failure
from bot.house.links import Links
from bot.house.pieces import pieces
from bot.house.settings import Settings
from bot.screens import handed_on, plain
from bot.screens.paper import blocks
from dialogs.belongings import COPY
from dialogs.turn import Button, Group, Invitation, Screen, Summary, Table, Turn
from dialogs.words import Words
from forms.library import Library
from forms.message import say
from forms.printing.renderer import RenderFailed
from forms.programme import Programme

CHANNEL = "terminal"
#: A copy is one file here, however large, in bytes.
_ALL = 1 << 62


def talk(settings: Settings, library: Library, programme: str = "", name: str = "") -> None:
    """Talk until “:q” or the end of the input; everything is kept and continued next time."""
    wanted = library.named(programme) if programme else None
    if programme and wanted is None:
        ids = ", ".join(each.id for each in library.offered)
        raise Failure(f"there is no programme “{programme}” (known: {ids})")
    with ExitStack() as stack:
        kept = stack.enter_context(wiring.database(settings))
        crew = stack.enter_context(wiring.workers(settings))
        # One runner for the whole talk, at rest while we wait for input, so that Ctrl-C ends that wait at once.
        runner = stack.enter_context(asyncio.Runner())
        conversation = wiring.conversation(settings, library, kept, crew)
        links = wiring.links_of(settings)
        terminal = Terminal(conversation, runner, name or getpass.getuser(), links)
        terminal.talk(wanted)


class Terminal:
    """One person at a terminal. `name` tells one person's conversations from another's on this machine."""

    def __init__(self, conversation: Conversation, runner: asyncio.Runner, name: str, links: Links) -> None:
        self._links = links
        self._conversation = conversation
        self._runner = runner
        self._address = name
        self._start = secrets.token_hex(8)  # numbers of messages begin anew with every talk
        self._numbers = count(1)
        self._screen = Screen(parts=())
        self._opened: Group | None = None
        self._wanted: Programme | None = None

    def talk(self, wanted: Programme | None) -> None:
        """Show the current screen, then take line after line."""
        self._wanted = wanted
        self._turn()
        self._go_to_wanted()
        while True:
            try:
                line = input("> ").strip()
            except EOFError:
                print()
                break
            if line == ":q":
                break
            if line:
                self._line(line)
                self._go_to_wanted()
        print(self._words(say("都保存好了，下次接着填。")))

    def _line(self, line: str) -> None:
        number = line.removeprefix(":")
        if line.startswith("@"):
            self._upload(line[1:].strip().strip("'\""))
        elif line == ":pdf" or line.startswith(":pdf "):
            self._save(line.removeprefix(":pdf").strip())
        elif number.isdecimal() and (line != number or self._numbers_press()):
            self._press(int(number))
        else:
            self._turn(text=line)

    def _numbers_press(self) -> bool:
        """Whether a bare number is a button here. Where it may be an answer, “:3” presses the third."""
        asks = self._screen.asks
        return asks is None or asks.keyboard == "none"

    def _press(self, number: int) -> None:
        items = self._items()
        if not 1 <= number <= len(items):
            print(self._words(say("没有第{number}个按钮。", number=number)))
            return
        item = items[number - 1][1]
        if isinstance(item, Group):
            self._opened = item
            print("\n".join(self._numbered()))
            return
        self._turn(choice=item.action.token(self._screen.revision))

    def _items(self) -> list[tuple[str, Button | Group]]:
        """What has a number here: rows, buttons, lines to edit, sections that open and the lines of the open one."""
        # Rows come first: each has the number that stands before it.
        said: list[tuple[str, Button | Group]] = [
            (row.opens.label, row.opens)
            for part in self._screen.parts
            if isinstance(part, Table)
            for row in part.rows
            if row.opens
        ]
        said.extend((plain.button_label(button), button) for button in self._screen.buttons)
        groups = [g for part in self._screen.parts if isinstance(part, Summary) for g in part.groups]
        for group in groups:
            if group.folded:
                said.append((f"【{group.title}】{group.note}", group))
            else:
                said.extend((line.edit.label, line.edit) for line in group.lines)
        opened = self._opened.lines if self._opened else ()
        said.extend((plain.summary_line(line).strip(), line.edit) for line in opened)
        return said

    def _numbered(self) -> Iterator[str]:
        mark = "" if self._numbers_press() else ":"
        for number, (label, _) in enumerate(self._items(), 1):
            yield f"  [{mark}{number}] {label}"

    def _upload(self, name: str) -> None:
        path = Path(name).expanduser()
        if not path.is_file():
            print(self._words(say("没有这个文件：{name}", name=name)))
            return
        try:
            receiving = self._conversation.receive(
                CHANNEL, self._address, path.name, pieces(path), path.stat().st_size
            )
            self._turn(file=self._runner.run(receiving))
        except troubles.NOT_RECEIVED as error:
            print(self._words(troubles.words(troubles.code_of(error))))

    def _save(self, number: str) -> None:
        """Write the documents on screen into the current directory."""
        cards = self._screen.cards
        if number.isdecimal():
            cards = cards[int(number) - 1 : int(number)] if int(number) else ()
        if not cards:
            print(self._words(say("这里还没有可以保存的材料。")))
        for card in cards:
            if card.document == COPY:
                self._runner.run(self._copy())
                continue
            try:
                opening = self._conversation.document(CHANNEL, self._address, card.document)
                printed = self._runner.run(opening)
            except (LookupError, RenderFailed) as error:
                print(f"{card.title}: {self._words(troubles.words(troubles.unprinted(error)))}")
                continue
            path = Path(printed.filename)
            path.write_bytes(printed.content)
            if printed.pages:
                print(self._words(say("已保存：{file}（{pages}页）", file=path, pages=printed.pages)))
            else:
                print(self._words(say("已保存：{file}", file=path)))

    async def _copy(self) -> None:
        """Write everything that is kept of the person into the current directory."""
        async for copy in self._conversation.copies(CHANNEL, self._address, _ALL):
            with await asyncio.to_thread(Path(copy.filename).open, "wb") as file:
                async for piece in copy.pieces():
                    await asyncio.to_thread(file.write, piece)
            print(self._words(say("已保存：{file}", file=copy.filename)))

    def _go_to_wanted(self) -> None:
        """Begin the programme that was named, as soon as programmes can be chosen, or go on with it."""
        wanted = self._wanted
        if wanted is None:
            return
        chosen = self._find("programme", wanted.id)
        if (
            chosen is None
            and self._screen.title
            and self._screen.title != self._words.of(wanted, wanted.title)
        ):
            self._turn(text="/mine")
            title = self._words.of(wanted, wanted.title)
            others = [button for button in self._screen.buttons if button.action.verb == "switch"]
            again = next((button for button in others if button.label.startswith(title)), None)
            self._push(again or self._find("new"))
            chosen = None if again else self._find("programme", wanted.id)
        if chosen:
            self._push(chosen)
        if self._screen.title == self._words.of(wanted, wanted.title):
            self._wanted = None

    def _find(self, verb: str, about: str = "") -> Button | None:
        fitting = (b for b in self._screen.buttons if b.action.verb == verb and about in ("", b.action.about))
        return next(fitting, None)

    def _push(self, button: Button | None) -> None:
        if button:
            self._turn(choice=button.action.token(self._screen.revision))

    def _turn(self, **what: object) -> None:
        # Before somebody agrees nothing of them is kept, so the language that they chose is this door's to keep.
        spoken = "" if self._screen.who else self._screen.locale
        turn = Turn(self._start, str(next(self._numbers)), locale=spoken, **what)  # type: ignore[arg-type]  # one of its fields
        self._opened = None
        self._screen = self._runner.run(self._conversation.take(CHANNEL, self._address, turn))
        print("\n".join(self._lines()))
        sys.stdout.flush()

    def _lines(self) -> Iterator[str]:
        screen = self._screen
        yield ""
        yield from plain.told(
            replace(screen, invitation=None)
        )  # what is handed on is told with its link, below
        if screen.code:
            yield blocks(self._links.resume_link(screen.code.text))
        if screen.invitation:
            yield from self._handed(screen.invitation)
        yield from self._numbered()
        if screen.cards:
            yield "  [:pdf] " + self._words(say("把材料保存到当前目录（“:pdf 2”只存第二份）"))
        if screen.asks and screen.asks.files:
            yield "  [@…] " + self._words(say("发文件，例如 @照片.jpg"))
        done = plain.progress(screen)
        yield f"── {done} ── :q " + self._words(say("离开")) if done else "── :q " + self._words(say("离开"))

    def _handed(self, invitation: Invitation) -> Iterator[str]:
        """The words to be handed on, with a code to scan; the token alone where no address of ours opens elsewhere."""
        yield f"【{invitation.title}】"
        if self._links.home:
            link = self._links.invitation_link(invitation.token)
            yield handed_on.ready(invitation, self._screen.locale, link, "")
            yield blocks(link)
            return
        yield "! " + self._words(handed_on.NOWHERE)
        here = say("对方要是也用这台电脑，请对方在这里打上：{token}", token=invitation.token)
        yield self._words(here)

    @property
    def _words(self) -> Words:
        return Words(self._screen.locale)
