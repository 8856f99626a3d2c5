"""The interview of 40 questions as Telegram shows it: which step a chat stands at, and what to do there.

Where files are wanted, some of the typed answers are files instead.
"""

from __future__ import annotations

import re
from pathlib import Path

from bench.turns import QUESTIONS, interview_40, pressed
from tests.bot.telegram.chats import Message
from tests.bot.telegram.phone import Phone

CONSENT, CHOICE, DONE = -2, -1, QUESTIONS
TITLE = "四十问"
#: One photo, or scans of several papers. Some follow one another, so that a file could land at its neighbour.
FILES = {3: "photo", 4: "scans", 11: "scans", 12: "photo", 19: "scans", 27: "photo", 28: "scans", 36: "photo"}
_ASKED = re.compile(r"请填第(\d+)项")


def lay(directory: Path, *, files: bool = False) -> Path:
    """Write the programme where `JIANGJIAN_PROGRAMMES` finds it; gives that directory."""
    kinds = FILES if files else {}
    for name, text in interview_40().files.items():
        path = directory / "interview" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        wanted = re.sub(
            r"kind: text, id: q(\d+),",
            lambda found: f"kind: {kinds.get(int(found[1]), 'text')}, id: q{found[1]},",
            text,
        )
        path.write_text(wanted, "utf-8")
    return directory


def step_of(screen: Message | None) -> int | None:
    """Which step a screen asks for; None where there is none of the interview's."""
    if screen is None:
        return None
    asked = _ASKED.findall(screen.text)
    if asked:
        return int(asked[-1])
    if "同意我为申报" in screen.text:
        return CONSENT
    if "请选要申报的项目" in screen.text:
        return CHOICE
    return DONE if "【全部】" in screen.text else None


def answer_of(who: int, step: int) -> str:
    """What somebody answers at a step: nobody else and nowhere else is it the same."""
    return "甲" if pressed(step) else f"{who}在第{step}项的回答"


def takes(phone: Phone, step: int) -> object:
    """Do what leads from this step to the next: the id of a press, or the message that was written."""
    if step == CONSENT:
        return phone.press("同意，开始")
    if step == CHOICE:
        screen = phone.screen
        assert screen
        return phone.presses_on(screen, next(label for label in screen.buttons if TITLE in label))
    if pressed(step):
        return phone.press("甲")
    return phone.says(answer_of(phone.id, step))
