"""A small programme in which two technicians and the employer take part, and people who are asked in."""

from __future__ import annotations

from forms.library import Library
from forms.loader import Source, load, read
from tests.bot.household import SMALL, House, Someone

_LETTER = """
id: letter
title: 推荐信
party: expert
sections:
  - id: all
    title: 推荐信
    questions:
      - {kind: name, id: expert_name, label: 姓名, ask: 您叫什么名字？}
      - {kind: id-number, id: expert_id_number, label: 身份证号, ask: 身份证号是多少？}
      - {kind: text, id: relation, label: 关系, ask: 您和他是什么关系？, example: 同班组八年}
      - {kind: yes-no, id: facts, label: 情况无误, ask: 上面这几项都对吗？}
      - {kind: text, id: wrong, label: 哪里不对, ask: 哪里不对？, when: not facts}
      - {kind: text, id: letter, label: 推荐意见, ask: 请写推荐意见。, example: 我看着他干了十年了}
"""
_PARTIES = """
parties:
  - party: expert
    title: 推荐专家
    task: 写一份推荐信
    clause: 四2
    when: route == 'unit'
    least: 2
    most: 3
    minutes: 15
    begins: true
    route: unit
    sees: [name, trade]
    compares: [id_number]
    prints: [name]
    rechecks: [facts]
    documents: [letter]
    identity: expert_id_number
    relation: relation
    objection: wrong
"""
_WORKER_FORM = """
id: worker
title: 本人核对
party: worker
sections:
  - id: consent
    title: 核对和同意
    questions:
      - {kind: yes-no, id: agrees, label: 本人同意, ask: 都对吗？同意推荐您吗？, "no": 不同意}
"""
_UNIT_FORM = """
id: unit
title: 单位意见
party: unit
sections:
  - id: consent
    title: 单位意见
    questions:
      - {kind: name, id: unit_person, label: 答复人, ask: 您叫什么名字？}
      - {kind: yes-no, id: unit_agrees, label: 单位同意, ask: 单位同意吗？}
"""
_UNIT = """
  - party: unit
    title: 所在单位
    task: 答复同不同意
    clause: 四2
    when: route == 'unit'
    least: 0
    most: 1
    minutes: 3
    sees: [name, trade]
    rechecks: [unit_agrees]
"""
_WORKER = """
  - party: worker
    title: 被推荐人本人
    task: 核对材料，同意推荐
    clause: 四2
    when: route == 'unit'
    most: 1
    minutes: 5
    sees_all: true
    rechecks: [agrees]
"""
_RULE = """
  - id: knows
    party: expert
    title: 认识被推荐人
    clause: 四2
    condition: relation != '不认识'
    met: 您认识被推荐人
    unmet: 推荐人要认识被推荐人
  - id: agrees
    party: worker
    title: 本人同意
    clause: 四2
    condition: agrees
    failing: blocked
    met: 您同意推荐
    unmet: 您不同意推荐
"""
_FILES = read(SMALL, SMALL.parent / "_none").files
_DOCUMENT = """
  - id: letter
    title: 推荐信
    template: letter.html
    when: route == 'unit'
    filename: 推荐信
    readers: [expert, office]
papers:"""
SOURCE = Source(
    {
        **_FILES,
        "programme.yaml": _FILES["programme.yaml"].replace("\npapers:", _DOCUMENT)
        + _PARTIES
        + _WORKER
        + _UNIT,
        "forms/letter.yaml": _LETTER,
        "forms/worker.yaml": _WORKER_FORM,
        "forms/unit.yaml": _UNIT_FORM,
        "rules.yaml": _FILES["rules.yaml"] + _RULE,
        "print/letter.html": "<h1>{{ name }}</h1>{% for each in experts %}<p>{{ loop.index }} "
        "{% if each %}{{ each.expert_name }}：{{ each.letter }}{% endif %}</p>{% endfor %}",
    }
)
#: Numbers of identity papers that are well formed, of nobody.
IDS = ("450102197001159974", "450121197606089963", "450103198503029994")


def gathered(house: House, source: Source = SOURCE) -> House:
    """The house with this programme on offer."""
    programme = load(source)
    house.open(Library((programme,), (), {programme.digest: source}, {}))
    return house


def text(someone: Someone) -> str:
    """What is said on somebody's Screen."""
    return str(someone.screen.parts)


async def nominated(anna: Someone) -> Someone:
    """The nominee, far enough to ask others in."""
    await anna.begins()
    await anna.says("单位推荐", "焊工", "2015年7月")
    await anna.presses("是", "技艺", "选好了")
    await anna.says("陆建华", "450122198409129963")
    await anna.presses("对的")
    return anna


async def asks(anna: Someone, name: str = "莫振邦", relation: str = "师傅", whom: str = "推荐专家") -> str:
    """Ask somebody in from the task list; gives the token of the link."""
    await anna.says("进度")
    await anna.presses(f"去请{whom}")
    await anna.says(name, relation)
    assert anna.screen.invitation is not None
    return anna.screen.invitation.token


async def one_more(anna: Someone, name: str) -> str:
    """One more than is needed, from the page of another."""
    await anna.presses("再请一位")
    await anna.says(name, "同事")
    assert anna.screen.invitation is not None
    return anna.screen.invitation.token


async def takes(expert: Someone, token: str) -> Someone:
    """Open a link, say that it is meant for oneself, agree to what is kept."""
    await expert.take()
    await expert.says(token)
    await expert.presses("是我")
    await expert.presses("同意，开始")
    return expert


async def writes(
    expert: Someone,
    number: int = 0,
    name: str = "莫振邦",
    letter: str = "他手艺好",
    relation: str = "同班组八年",
) -> Someone:
    """Fill in the letter and hand it in."""
    await expert.says(name, IDS[number])
    await expert.presses("对的")
    await expert.says(relation)
    if any("先接着写" in button.label for button in expert.screen.buttons):
        await expert.presses("先接着写")
    await expert.presses("是")
    await expert.says(letter)
    await expert.presses("没问题，交上我这一份", "属实，交上")
    return expert
