"""Two made-up programmes that ask the same of two towns, each with figures and a photo of its own."""

from __future__ import annotations

from forms.loader import Source, load
from forms.programme import Programme

PROGRAMME = """\
id: {id}
title: {place}工匠
notice: {place}工匠通知
issued: 2026-05-01
summary: 给{place}的手艺人
window: {{closes: {closes}, clause: 五}}
counted_to: today
office: {{name: {place}总工会, phone: "0771-2805708"}}
figures:
  trade_years: {{value: {years}, clause: 二}}
  area_years: {{value: 5, clause: 二}}
routes:
  - {{id: self, title: 自己报名, explain: 自己报, clause: 三1, submit_to: {place}总工会}}
  - {{id: unit, title: 单位推荐, explain: 单位报, clause: 三2, submit_to: {place}总工会}}
documents:
  - {{id: application, title: 申请表, template: application.html, filename: "{{{{ name }}}}申请表"}}
papers:
  - {{id: photo, title: 照片, form: 原件, question: photo, clause: 七}}
declaration: 以上内容属实。
"""
RULES = """\
rules:
  - {{id: in_area, title: 在{place}, clause: 一, condition: in_area, met: 在{place}工作, unmet: 不在{place}工作}}
  - id: trade_years
    title: 年限
    clause: 二
    condition: trade_start|months_to(counted_to) >= figures.trade_years|in_months
    reckoning: "从事{{{{ trade }}}}：{{{{ trade_start|months_to(counted_to)|span }}}}"
    met: 满{{{{ figures.trade_years }}}}年
    unmet: 不满{{{{ figures.trade_years }}}}年
  - id: area_years
    title: 在{place}的年限
    clause: 二
    when: in_area
    condition: area_start|months_to(counted_to) >= figures.area_years|in_months
    met: 在{place}满{{{{ figures.area_years }}}}年
    unmet: 在{place}不满{{{{ figures.area_years }}}}年
  - id: age
    title: 年龄
    clause: 四
    failing: review
    condition: age <= 55
    met: 不超过55岁
    unmet: 超过55岁
  - id: unit_consent
    title: 单位同意
    clause: 三
    failing: blocked
    condition: unit_consent
    met: 单位同意
    unmet: 单位还没有同意
  - id: background
    title: 底色
    clause: 七
    failing: material_error
    condition: photo.background == '{background}'
    met: 底色对
    unmet: 底色不对
"""
FORM = """\
id: application
title: 申请表
sections:
  - id: check
    title: 条件
    questions:
      - {{kind: yes-no, id: in_area, label: 是否在{place}工作, ask: 您在{place}工作吗？}}
      - {{kind: text, id: trade, label: 工种, ask: 您是什么工种？, help: 写证书上的工种, example: 焊工}}
      - {{kind: month, id: trade_start, label: 从业时间, ask: 哪年哪月开始做这一行？}}
      - kind: month
        id: area_start
        label: 到{place}的时间
        ask: 哪年哪月开始在{place}工作？
        when: in_area
      - {{kind: yes-no, id: unit_consent, label: 单位是否同意, ask: 单位同意吗？}}
      - {{kind: text, id: hobby, label: 爱好, ask: 有什么爱好？, optional: true}}
  - id: basics
    title: 基本情况
    questions:
      - {{kind: name, id: name, label: 姓名, ask: 您叫什么名字？}}
      - {{kind: id-number, id: id_number, label: 身份证号, ask: 身份证号是多少？}}
      - {{kind: number, id: age, label: 年龄, ask: 您今年几岁？, max: 120, unit: 岁}}
      - {{kind: phone, id: phone, label: {place}联系电话, ask: 您在{place}用什么电话？}}
      - {{kind: prose, id: story, label: 事迹, ask: 写一段事迹。, limit: {{value: {limit}, measure: within}}}}
      - {{kind: photo, id: photo, label: 照片, ask: 请发照片。, background: {background}}}
"""
PRINT = """\
<p>{{ name }} {{ id_number }} {{ phone }} {{ story }} {{ trade }}</p>
{% if photo.answered %}<img src="{{ photo.src }}" width="140">{% endif %}
"""


def source(id: str, place: str, closes: str, years: int, background: str, limit: int = 20) -> Source:
    """One town's programme as text."""
    given = {
        "id": id,
        "place": place,
        "closes": closes,
        "years": years,
        "background": background,
        "limit": limit,
    }
    return Source(
        {
            "programme.yaml": PROGRAMME.format(**given),
            "rules.yaml": RULES.format(**given),
            "forms/application.yaml": FORM.format(**given),
            "print/application.html": PRINT,
        }
    )


EAST = source("east", "东城", "2026-06-30", 10, "white")
WEST = source("west-2025", "西城", "2026-05-31", 5, "red", limit=10)


def east() -> Programme:
    """Open, ten years of the trade, a white photo."""
    return load(EAST)


def west() -> Programme:
    """Closed, five years of the trade, a red photo, a shorter story."""
    return load(WEST)
