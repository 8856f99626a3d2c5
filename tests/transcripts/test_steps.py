"""How many steps an application takes: every message and every press of the person counts as one.

The nominee says as much as can be said at once of one question, and never of two: a list in one message, options by
their names. Consent counts, and so does the press that makes the packet. Nothing is carried over from earlier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.house import wiring
from bot.house.settings import Settings
from bot.workshop.player import Player
from forms.casefile import CaseFile, read_case
from forms.kinds.base import Given, Question, Value
from forms.kinds.choices import ChoicesQuestion
from forms.kinds.prose import ProseQuestion
from forms.kinds.records import RecordsQuestion
from forms.library import BUILT_IN
from forms.printing.workers import Workers
from tests.built_in import built_in

#: The shortest ways through the five programmes: a case, the answers that are shorter, those that fall away, and how
#: many steps that takes at most.
_ONE_CONDITION = {
    "conditions": {"excellence": ""},
    "skill_titles": {"广西技术能手": ""},
    "contest_honour": "2022年9月南宁职工职业技能大赛焊工第一名",
    "honours": [
        {"date": "2022-09", "what": "南宁职工职业技能大赛焊工第一名"},
        {"date": "2023-05", "what": "广西技术能手"},
    ],
    "certificates": ["../../_shared/files/certificate.pdf"],
}
_ONE_FILE = {"certificates": ["../../_shared/files/certificate.pdf"]}
_UNASKED = frozenset(
    ("mastery_level", "patents", "invention_patents", "utility_patents", "design_patents", "innovations")
).union(("certified", "innovation_effects"))
ROUTES: Mapping[str, tuple[str, Mapping[str, Value], frozenset[str], int]] = {
    "nanning, one condition": ("nanning-2026/cases/self.yaml", _ONE_CONDITION, _UNASKED, 37),
    "nanning, three conditions": ("nanning-2026/cases/self.yaml", _ONE_FILE, frozenset(), 44),
    "guilin": ("guilin/cases/self.yaml", {}, frozenset(), 40),
    "liuzhou": ("liuzhou-2025/cases/self.yaml", {}, frozenset(), 66),
    "daguo": ("daguo-jiangsu-2026/cases/unit.yaml", {}, frozenset(), 72),
    "nanyue": ("nanyue-2020/cases/city-union.yaml", {}, frozenset(), 36),
}


class Brief(Player):
    """Someone of few words."""

    @property
    def steps(self) -> list[str]:
        """What was typed, pressed and sent."""
        return [line for line in self.transcript if line.startswith("  > ")]

    def said(self, question: Question, value: Value) -> Sequence[Given]:
        """A list in one message, and options by their names."""
        if isinstance(question, RecordsQuestion) and value:
            rows = ([str(row.get(field.id, "")) for field in question.fields] for row in value)
            return (Given(text="\n".join([*("\t".join(cells) for cells in rows), "写完了"])),)
        if isinstance(question, ChoicesQuestion) and value:
            chosen = [option for option in question.offered if option.value in value]
            plain = "、".join(option.shown for option in chosen if not value[option.value])
            worded = [f"{option.shown}：{value[option.value]}" for option in chosen if value[option.value]]
            *first, last = [text for text in [plain, *worded] if text]
            return (*(Given(text=text) for text in first), Given(text=f"{last}，就这些"))
        if isinstance(question, ProseQuestion) and len(question.replay(value)) > 1:
            return (Given(text=f"{value}\n写完了"),)
        return question.replay(value)


@pytest.mark.parametrize("name", ROUTES)
async def test_an_application_takes_no_more_steps_than_that(name: str, crew: Workers, tmp_path: Path) -> None:
    place, shorter, away, most = ROUTES[name]
    path = BUILT_IN / place
    told = read_case(str(path), path.read_text("utf-8"))
    answers = {key: value for key, value in {**told.answers, **shorter}.items() if key not in away}
    case = CaseFile(title=told.title, now=told.now, answers=answers)
    library = built_in()
    programme = library.named(path.parent.parent.name)
    assert programme is not None
    with wiring.database(Settings(data=tmp_path / "steps")) as kept:
        settings = Settings().model_copy(update={"data": tmp_path})
        conversation = wiring.conversation(settings, library, kept, crew, lambda: case.now)
        player = Brief(conversation, kept, programme, case, path.parent)
        await player.play()
    assert player.differences == []
    assert player.screen.cards, "the packet is offered"
    assert len(player.steps) <= most, "\n".join(player.steps)
