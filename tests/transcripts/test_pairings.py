"""Which experts may recommend somebody together: every pairing played through the conversation, each with its clause.

The nominee asks them in, each answers in their own conversation; then the programme's rule counts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.house.settings import Settings
from bot.workshop.rehearsal import play
from forms.casefile import Expectation, PartyExpectation, read_case
from forms.kinds.base import Value
from forms.library import BUILT_IN, Library
from forms.printing.workers import Workers

NANNING, LIUZHOU = "nanning-2026", "liuzhou-2025"
WELDER: Mapping[str, Value] = {"name": "农国强", "id_number": "452123198806039994", "trade": "焊工"}
ELECTRICIAN: Mapping[str, Value] = {"name": "王䶮", "id_number": "452228198108309990", "trade": "维修电工"}
#: Name, number, trade, level on the certificate, whether 自治区级技术能手.
EXPERTS: Mapping[str, tuple[str, str, str, str, bool]] = {
    "E1": ("莫振邦", "450102197001159974", "焊工", "高级技师", False),
    "E2": ("覃秀兰", "450121197606089963", "焊工", "高级技师", False),
    "E3": ("李卫东", "450103198503029994", "焊工", "技师", False),
    "E4": ("欧阳建平", "450204197411209979", "维修电工", "高级技师", False),
    "E5": ("梁燕飞", "450221198309099989", "维修电工", "技师", True),
}
LETTERS = (
    "我同他一个班组干了八年，最难的活都是他接，交出去的没有返过工。",
    "比赛场上认识的，他的手又稳又快，评委里没有一个不服气，我愿意推荐。",
)
SAME = {"problems": {"expert_id_number": ("另一位已经用了",)}}
MET = {"verdicts": {"expert_level": "met", "expert_same_trade": "met"}}
PAIRINGS = {
    "two senior technicians of the trade": (NANNING, WELDER, ("E1", "E2"), "met", (MET, MET)),
    "one is a technician": (
        *(NANNING, WELDER, ("E1", "E3"), "not_met"),
        (MET, {"verdicts": {"expert_level": "not_met", "expert_same_trade": "met"}}),
    ),
    "one is of another trade": (
        *(NANNING, WELDER, ("E1", "E4"), "not_met"),
        (MET, {"verdicts": {"expert_level": "met", "expert_same_trade": "not_met"}}),
    ),
    "only one": (NANNING, WELDER, ("E1",), "not_met", (MET,)),
    "one person twice": (NANNING, WELDER, ("E1", "E1"), "not_met", (MET, SAME)),
    "a senior technician and a technical expert of the region": (
        *(LIUZHOU, ELECTRICIAN, ("E4", "E5"), "met"),
        (MET, MET),
    ),
    "one is of another trade, in Liuzhou": (
        *(LIUZHOU, ELECTRICIAN, ("E4", "E2"), "not_met"),
        (MET, {"verdicts": {"expert_level": "met", "expert_same_trade": "not_met"}}),
    ),
    "in Nanning a technical expert is no senior technician": (
        *(NANNING, ELECTRICIAN, ("E4", "E5"), "not_met"),
        (MET, {"verdicts": {"expert_level": "not_met", "expert_same_trade": "met"}}),
    ),
    "the nominee as an expert": (NANNING, WELDER, ("E1", "nominee"), "not_met", (MET, SAME)),
}


@pytest.fixture(scope="module")
def crew() -> Iterator[Workers]:
    crew = Workers(1)
    yield crew
    crew.close()


def answers(expert: str, place: int, nominee: Mapping[str, Value]) -> dict[str, Value]:
    """What an expert answers; more than one programme asks."""
    own = (str(nominee["name"]), str(nominee["id_number"]), str(nominee["trade"]), "高级技师", False)
    name, number, trade, level, master = EXPERTS.get(expert, own)
    return {
        "expert_relation": "同行，认识很多年",
        "expert_facts": True,
        "expert_name": name,
        "expert_id_number": number,
        "expert_employer": "广西电力建设安装有限公司",
        "expert_position": "班长",
        "expert_title": "无",
        "expert_phone": f"1900000020{place}",
        "expert_skill_level": level,
        "expert_master": master,
        "expert_trade": trade,
        "expert_same_trade": trade == nominee["trade"],
        "expert_certificate": ["../../_shared/files/certificate.jpg"],
        "expert_letter": LETTERS[place],
    }


@pytest.mark.parametrize("pairing", PAIRINGS)
async def test_experts_count_together_as_the_clause_says(pairing: str, crew: Workers, tmp_path: Path) -> None:
    name, nominee, experts, outcome, expected = PAIRINGS[pairing]
    library = Library.open([])
    programme = library.named(name)
    assert programme
    asked = programme.form("expert").questions
    rows = tuple(
        {key: value for key, value in answers(expert, place, nominee).items() if key in asked}
        for place, expert in enumerate(experts)
    )
    path = BUILT_IN / name / "cases" / "experts-awaited.yaml"
    awaited = read_case(str(path), path.read_text("utf-8"))
    parties = tuple(PartyExpectation.model_validate(each) for each in expected)
    case = awaited.model_copy(
        update={
            "answers": {**awaited.answers, **nominee},
            "parties": {"expert": rows},
            "expect": Expectation(verdicts={"experts": outcome}, parties={"expert": parties}),
        }
    )
    played = await play(Settings(), library, crew, (path, case, programme), tmp_path)
    assert played.differences == []
    assert (played.conclusion == "material_missing") == (outcome == "not_met")
