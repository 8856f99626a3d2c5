"""A made-up programme whose questions ask back or remark, one of every kind that does, and people half-way in it."""

from __future__ import annotations

from functools import cache

from dialogs.interview import Interview
from forms.loader import Source, load
from forms.programme import Programme
from tests.dialogs.talking import Person

PROGRAMME = """\
id: hall
title: 会馆工匠
notice: 会馆工匠通知
issued: 2026-05-01
summary: 给会馆的手艺人
window: {closes: 2026-06-30, clause: 五}
counted_to: today
area_code: "0771"
office: {name: 会馆, phone: "0771-2805708"}
routes:
  - {id: self, title: 自己报名, explain: 自己报, clause: 三, submit_to: 会馆}
documents:
  - {id: application, title: 申请表, template: application.html, filename: 申请表}
papers:
  - {id: photo, title: 照片, form: 原件, question: photo, clause: 七}
declaration: 以上内容属实。
"""
FORM = """\
id: application
title: 申请表
sections:
  - id: all
    title: 全部
    questions:
      - {kind: name, id: name, label: 姓名, ask: 您叫什么名字？}
      - {kind: id-number, id: id_number, label: 身份证号, ask: 身份证号是多少？}
      - {kind: month, id: began, label: 参加工作时间, ask: 哪年哪月参加工作？}
      - {kind: text, id: war, label: 战时, ask: 战时做什么？, when: "began < '1949-10'"}
      - {kind: text, id: employer, label: 工作单位, ask: 在哪个单位？, limit: {value: 10, measure: within}}
      - kind: choice
        id: schooling
        label: 学历
        ask: 什么学历？
        options: [大专, 本科, 可以, {value: 其他, own_text: true}]
      - {kind: place, id: home, label: 籍贯, ask: 籍贯是哪里？}
      - {kind: date, id: joined, label: 入会时间, ask: 哪天入会？, month_enough: true}
      - {kind: phone, id: phone, label: 电话, ask: 电话是多少？}
      - {kind: number, id: works, label: 成果, ask: 有几项成果？, unit: 项}
      - {kind: yes-no, id: winner, label: 得过奖, ask: 您得过奖吗？}
      - kind: records
        id: life
        label: 简历
        ask: 简历怎么写？
        timeline: true
        start_field: start
        end_field: end
        fields:
          - {kind: month, id: start, label: 开始, ask: 从哪年哪月？}
          - {kind: month, id: end, label: 结束, ask: 到哪年哪月？, present_ok: true}
          - {kind: text, id: where, label: 单位, ask: 在哪里？}
      - {kind: prose, id: brief, label: 简介, ask: 写一段简介。, limit: {value: 20, measure: at_least}}
      - {kind: prose, id: long, label: 事迹, ask: 写事迹。, limit: {value: 600, measure: about}}
      - {kind: photo, id: photo, label: 照片, ask: 请发照片。, background: white}
      - {kind: scans, id: certificate, label: 证书, ask: 请拍证书。}
      - {kind: text, id: wish, label: 心愿, ask: 有什么心愿？}
"""
PRINT = """\
<p>{{ name }}{{ id_number }}{{ began }}{{ war }}{{ employer }}{{ schooling }}{{ home }}{{ joined }}{{ phone }}{{ works }}
{{ winner }}{{ life }}{{ brief }}{{ long }}{{ certificate }}{{ wish }}{{ route }}</p>
{% if photo.answered %}<img src="{{ photo.src }}" width="140">{% endif %}
"""
RULES = "rules: []\n"

#: An answer to everything, none of which is remarked on.
ANSWERS = {
    "name": "陆建华",
    "id_number": "450122198409129963",
    "began": "2003-07",
    "employer": "第一机床厂",
    "schooling": "大专",
    "home": "广西武鸣",
    "joined": "2010-05",
    "phone": "19000000101",
    "works": 3,
    "winner": True,
    "life": [{"start": "2003-07", "end": "至今", "where": "第一机床厂"}],
    "brief": "我在第一机床厂干了二十年车工，带了三十个徒弟。",
    "long": "事" * 600,
    "photo": {
        "file": "p1", "name": "照片.jpg", "mime": "image/jpeg", "size": 60_000, "width": 620, "height": 868,
        "background": "white",
    },
    "certificate": [
        {"file": "s1", "name": "证书.jpg", "mime": "image/jpeg", "size": 90_000, "width": 900, "height": 1200}
    ],
    "wish": "平安",
}  # fmt: skip


@cache
def hall(rules: str = RULES) -> Programme:
    """The programme, with other rules where some are given."""
    return load(
        Source(
            {
                "programme.yaml": PROGRAMME,
                "rules.yaml": rules,
                "forms/application.yaml": FORM,
                "print/application.html": PRINT,
            }
        )
    )


def at(question: str, programme: Programme | None = None, **more: object) -> Person:
    """Somebody who has answered everything before this question and is asked it now."""
    programme = programme or hall()
    before = list(ANSWERS)[: list(ANSWERS).index(question)]
    interview = Interview(
        consented_at="2026-06-15T04:00:00+00:00",
        programme=programme.id,
        digest=programme.digest,
        answers={name: ANSWERS[name] for name in before},
    )
    person = Person(programme, interview=interview.model_copy(update=more))
    assert person.asked == question
    return person


def at_the_end(programme: Programme | None = None) -> Person:
    """Somebody at the summary."""
    programme = programme or hall()
    person = Person(
        programme,
        interview=Interview(
            consented_at="2026-06-15T04:00:00+00:00",
            programme=programme.id,
            digest=programme.digest,
            answers=dict(ANSWERS),
        ),
    )
    assert "请检查答案" in person.text
    return person
