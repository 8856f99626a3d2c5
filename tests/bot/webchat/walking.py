"""Somebody who comes to a question quickly: over the line alone, without a page."""

from __future__ import annotations

from bot.workshop.player import answered_by_files
from forms.casefile import CaseFile
from forms.kinds.base import Given, Question
from forms.programme import Programme
from tests.bot.webchat.caller import Caller, Line
from tests.bot.webchat.visitor import ADDS, DECLINES, ENDS, label_of


async def walked(url: str, programme: Programme, case: CaseFile, until: str) -> str:
    """The value of the session's cookie, once the question `until` is asked. Files are put off."""
    questions = programme.form("nominee").questions
    async with Caller(url, origin=url) as caller:
        line = await caller.connects()
        await line.begins()
        while line.asked != until:
            if DECLINES in _labels(line):
                await line.presses(DECLINES)
                continue
            asked = line.asked
            await _answers(line, questions[asked], case)
            assert line.asked != asked, f"{asked} was not taken: {line.text}"
        await line.socket.close()
        return caller.cookie.partition("=")[2]


async def _answers(line: Line, question: Question, case: CaseFile) -> None:
    if question.id not in case.answers or (answered_by_files(question)):
        await line.presses("跳过" if question.optional else "稍后再补")
        return
    mends = next((label for label in _labels(line) if label.startswith("改：")), "")
    if mends and "都对" in _labels(line):
        await line.presses(mends)
    if "对的，就这些" in _labels(line):
        await line.presses("不对，重写")
    for each in question.replay(case.answers[question.id]):
        await _gives(line, question, each)


def _labels(line: Line) -> list[str]:
    return [button["label"] for button in line.screen["buttons"]]


async def _gives(line: Line, question: Question, given: Given) -> None:
    labels = [button["label"] for button in line.screen["buttons"]]
    if given.text is not None:
        await line.says(text=given.text)
    elif given.key in ("done", "add"):
        ways = ENDS if given.key == "done" else ADDS
        await line.presses(next(label for label in labels if label in ways))
    else:
        await line.presses(label_of(question, str(given.key)))
    if line.asked == question.id and "对的" in [button["label"] for button in line.screen["buttons"]]:
        await line.presses("对的")
