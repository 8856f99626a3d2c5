"""From answers to HTML: what templates may read, what is escaped, which files are asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import jinja2
import pytest

from forms.answers import scope
from forms.loader import Source, load
from forms.printing.compose import PRINT_NAMES, Composed, Mark, compose
from forms.printing.faces import Faces
from forms.printing.printed import Paragraph, Printed
from forms.printing.spread import HELP
from forms.programme import Programme
from tests.forms import definitions

NOW = datetime(2026, 6, 15, 2, tzinfo=UTC)

PROGRAMME = """\
id: tiny-2026
title: 小城工匠
notice: 小城工匠通知
issued: 2026-05-01
summary: 给手艺人
window: {closes: 2026-06-30, clause: 五}
office: {name: 总工会}
routes:
  - {id: self, title: 个人, explain: 自己报, clause: 四1, submit_to: 县总工会}
derived:
  remark:
    - {when: name is defined, text: "{{ name }}自荐"}
documents:
  - {id: form, title: 申请/表, template: form.html, filename: "{{ name }}：申请/表"}
papers:
  - {id: form, title: 申请表, form: 原件, clause: 七}
"""
FORM = """\
id: application
title: 申请表
sections:
  - id: all
    title: 全部
    questions:
      - {id: name, kind: name, label: 姓名, ask: 姓名？}
      - {id: number, kind: id-number, label: 身份证号, ask: 号码？}
      - {id: member, kind: yes-no, label: 会员, ask: 是会员吗？}
      - {id: level, kind: choice, label: 等级, ask: 等级？, options: [技师, {value: 其他, own_text: true}]}
      - id: reach
        kind: choices
        label: 范围
        ask: 范围？
        when: member
        options: [本单位, {value: else, label: 其他, own_text: true}]
      - {id: patents, kind: number, label: 专利, ask: 几件？}
      - {id: story, kind: prose, label: 事迹, ask: 事迹？}
      - {id: photo, kind: photo, label: 照片, ask: 照片？}
      - {id: proofs, kind: scans, label: 证书, ask: 证书？}
      - id: jobs
        kind: records
        label: 简历
        ask: 简历？
        fields:
          - {id: start, kind: month, label: 开始, ask: 何时？}
          - {id: what, kind: text, label: 工作, ask: 什么？, optional: true}
"""
EXPERT = """\
id: expert
title: 推荐函
party: expert
sections:
  - id: all
    title: 全部
    questions:
      - {id: expert_name, kind: name, label: 姓名, ask: 姓名？}
      - {id: seal, kind: photo, label: 印章, ask: 印章？}
"""
PHOTO = {"file": "7f3a", "name": "我.jpg", "mime": "image/jpeg", "size": 1, "width": 413, "height": 579}


@pytest.fixture(scope="session")
def faces() -> Faces:
    return Faces.load()


def tiny(template: str, **more: str) -> Programme:
    files = {"programme.yaml": PROGRAMME, "forms/application.yaml": FORM, "forms/expert.yaml": EXPERT}
    return load(Source({**files, "print/form.html": template, **more}))


def filled(
    template: str,
    answers: dict[str, Any],
    experts: tuple[dict[str, Any], ...] = (),
    mark: Mark = "",
    filled_on: date | None = None,
    faces: Faces | None = None,
) -> Composed:
    programme = tiny(template)
    names = scope(programme, answers, NOW, {"expert": experts})
    return compose(
        programme, programme.documents[0], answers, names, {"expert": experts}, mark, filled_on, faces
    )


def html(template: str, faces: Faces | None = None, **answers: Any) -> str:
    return filled(template, answers, faces=faces).html


def test_an_answer_prints_as_its_question_prints_it() -> None:
    assert (
        html("{{ name }} {{ patents }} {{ member }}", name="陆建华", patents=0, member=True) == "陆建华 0 是"
    )


def test_an_unanswered_question_prints_nothing_and_counts_as_no() -> None:
    assert (
        html("[{{ name }}{{ sex }}{{ remark }}]{% if name %}there{% endif %}{{ name.answered }}") == "[]False"
    )


def test_none_of_the_options_is_an_answer_that_prints_nothing() -> None:
    text = "{{ reach.answered }}[{{ reach }}]{% for box in reach.boxes %}{{ box.on }} {% endfor %}"
    assert html(text, member=True, reach={}) == "True[]False False "


def test_what_a_question_derives_and_the_programme_words_can_be_read() -> None:
    shown = html("{{ sex }} {{ birth | month }} {{ remark }}", name="陆建华", number="450103198109129970")
    assert shown == "男 1981年9月 陆建华自荐"


def test_every_answer_is_escaped() -> None:
    assert html("{{ name }}|{{ remark }}", name="<b>&") == "&lt;b&gt;&amp;|&lt;b&gt;&amp;自荐"


def test_an_answer_is_never_a_template() -> None:
    assert html("{{ story }}", story="{{ programme }}{% raw %}") == "{{ programme }}{% raw %}"


def test_a_name_that_nothing_gives_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError, match="nobody"):
        html("{{ nobody }}")


def test_a_template_cannot_reach_what_lies_behind_the_names() -> None:
    for attempt in ("{{ name.__class__.__mro__ }}", "{{ programme.model_dump.__globals__ }}", "{{ lipsum }}"):
        with pytest.raises((jinja2.UndefinedError, jinja2.sandbox.SecurityError)):
            html(attempt, name="陆建华")


def test_the_names_beside_the_answers_are_all_there() -> None:
    for name in PRINT_NAMES:
        html("{{ " + name + " }}")


def test_an_answer_on_a_branch_that_was_left_is_not_printed() -> None:
    assert html("[{{ reach }}]", member=False, reach={"本单位": ""}) == "[]"


def test_boxes_come_in_the_order_of_the_options_with_the_persons_words() -> None:
    shown = "{% for box in BOXES %}{{ box.label }}{{ '+' if box.on else '-' }}{{ box.text }} {% endfor %}"
    several = shown.replace("BOXES", "reach.boxes")
    assert html(several, member=True, reach={"else": "全区"}) == "本单位- 其他+全区 "
    single = shown.replace("BOXES", "level.boxes")
    assert html(single, level="技师") == "技师+ 其他- "
    assert html(single, level="首席") == "技师- 其他+首席 "
    assert html(single) == "技师- 其他- "
    assert html(shown.replace("BOXES", "member.boxes"), member=False) == "是- 否+ "
    assert html(shown.replace("BOXES", "name.boxes"), name="陆建华") == ""


def test_prose_comes_in_paragraphs_with_its_short_numbered_lines_as_headings() -> None:
    text = "{% for p in story.paragraphs %}{{ 'h' if p.heading else 'p' }}:{{ p }} {% endfor %}"
    story = "一、勤学苦练\n\n  2002年进厂。\n二、攻坚。他带着徒弟干。\n（三）带徒\n四、" + "长" * 40
    shown = "h:一、勤学苦练 p:2002年进厂。 p:二、攻坚。他带着徒弟干。 h:（三）带徒 p:四、" + "长" * 40 + " "
    assert html(text, story=story) == shown


def test_a_line_of_prose_may_break_before_an_opening_quotation_mark() -> None:
    text = "{% for p in story.paragraphs %}{{ p }}{% endfor %}"
    assert html(text, story="他说“好”。<b>") == "他说<wbr>“好”。&lt;b&gt;"


def test_prose_stretches_between_its_characters_where_it_is_chinese() -> None:
    text = "{% for p in story.paragraphs %}{{ p.look }}:{{ p.spread }}{% endfor %}"
    blank = '<span class="blank"> </span>'
    assert html(text, story="他说“好”。他用3 mm筋板") == f"han:他 说 “好”。 他 用 3{blank}\u2060mm 筋 板"
    assert html(text, story="他<b>说") == f"han:他{HELP}&lt;b&gt;{HELP}说"
    assert html(text, story="John Smith 焊工") == ":John Smith 焊工"


def test_records_come_in_rows_with_empty_fields_where_one_was_passed_over() -> None:
    text = "{% for row in jobs.rows %}{{ row.start.value | month('.0') }}={{ row.what }};{% endfor %}"
    jobs = [{"start": "2003-07", "what": "焊工"}, {"start": "2010-01"}]
    assert html(text, jobs=jobs) == "2003.07=焊工;2010.01=;"
    assert html(text) == ""


def test_the_document_asks_for_the_files_that_it_shows_and_no_others() -> None:
    assert filled("{{ photo.src }}", {"photo": PHOTO}).files == {"photo": "7f3a"}
    assert filled("{{ photo.src }}", {"photo": PHOTO}).html == "case:photo"
    assert filled("{{ name }}", {"photo": PHOTO}).files == {}
    assert filled("[{{ photo.src }}]", {}).html == "[]"


def test_scans_are_asked_for_page_by_page() -> None:
    scans = [
        {"file": "a", "name": "正.jpg", "mime": "image/jpeg", "size": 1, "width": 900, "height": 600},
        {"file": "b", "name": "反.pdf", "mime": "application/pdf", "size": 1, "pages": 2},
    ]
    composed = filled("{% for src in proofs.srcs %}{{ src }} {% endfor %}", {"proofs": scans})
    assert composed.html == "case:proofs-1-0 case:proofs-2-0 case:proofs-2-1 "
    assert composed.files == {"proofs-1-0": "a", "proofs-2-0": "b", "proofs-2-1": "b"}
    assert composed.scans == {"proofs-1-0": 0, "proofs-2-0": 0, "proofs-2-1": 1}
    assert filled("{{ photo.src }}", {"photo": PHOTO}).scans == {}
    assert html("{{ proofs.srcs | length }}{{ name.srcs | length }}") == "00"


FITTED = """{% import "macros.html" as draw -%}
{{ draw.fitted(fit(story, "自述", 40, 10)) }}{{ draw.annex_pages(annexes, name) }}"""


def test_a_cell_of_fixed_size_sends_what_does_not_fit_to_an_annex(faces: Faces) -> None:
    story = "他带着徒弟干。" * 30
    shown = html(FITTED, faces, name="陆建华", story=story).replace(" ", "")
    cell, annex = shown.split('<sectionclass="annex-page">')
    assert "（续见附页：自述）" in cell and cell.count("他带着徒弟干。") < 30
    assert "附页：自述" in annex and "陆建华" in annex and story in annex
    assert "annex-page" not in html(FITTED, faces, name="陆建华", story="他带着徒弟干。")
    assert "他&lt;带" in html(FITTED, faces, story="他<带")


def test_the_files_of_experts_are_kept_apart() -> None:
    experts = tuple({"expert_name": "莫振邦", "seal": {**PHOTO, "file": file}} for file in ("a", "b"))
    composed = filled(
        "{% for each in experts %}{{ each.expert_name }}{{ each.seal.src }} {% endfor %}", {}, experts
    )
    assert composed.html == "莫振邦case:expert-1-seal 莫振邦case:expert-2-seal "
    assert composed.files == {"expert-1-seal": "a", "expert-2-seal": "b"}


def test_a_field_with_a_rare_character_is_set_whole_in_one_face(faces: Faces) -> None:
    shown = html("{{ name }}|{{ remark }}", faces, name="陈𬍛")
    face, rest = shown.split("陈𬍛", 1)
    assert face.startswith('<span style="font-family: &#34;JJ ')
    assert "JJ FangSong" not in face
    assert rest.startswith("</span>|<span ")
    assert html("{{ name }}", faces, name="陆建华") == "陆建华"


def test_long_prose_keeps_its_face_and_adds_one_for_the_rare_characters(faces: Faces) -> None:
    shown = html("{% for p in story.paragraphs %}{{ p }}{% endfor %}", faces, story="阿𬍛师傅")
    assert shown.startswith('<span style="font-family: &#34;JJ FangSong&#34;, &#34;JJ ')


def test_the_title_of_the_document_takes_the_plain_text(faces: Faces) -> None:
    assert html("<title>{{ name.plain }}</title>", faces, name="陈𬍛") == "<title>陈𬍛</title>"


def test_a_macro_of_the_house_keeps_the_face(faces: Faces) -> None:
    text = '{% import "macros.html" as draw %}{{ draw.underline(name, 8) }}'
    assert '<span style="font-family' in html(text, faces, name="陈𬍛")


def test_the_mark_and_the_day_are_the_callers() -> None:
    text = "{{ mark }} {{ filled_on.day if filled_on }}"
    assert filled(text, {}, mark="practice", filled_on=date(2026, 6, 12)).html == "practice 12"
    assert filled(text, {}).html == " "


def test_the_file_is_named_after_the_answers_without_what_file_systems_refuse() -> None:
    assert filled("", {"name": "陆建华"}).filename == "陆建华：申请_表.pdf"
    assert filled("", {"name": "../../陆"}).filename == "_.._陆：申请_表.pdf"
    assert filled("", {}).filename == "申请_表.pdf"


def test_the_stylesheets_of_a_programme_come_after_the_houses() -> None:
    programme = tiny("", **{"print/form.css": "p { color: red }"})
    composed = compose(programme, programme.documents[0], {}, scope(programme, {}, NOW))
    assert composed.stylesheets[1:] == ("p { color: red }",)
    assert "@page" in composed.stylesheets[0]


def test_a_print_takes_the_macros_and_styles_that_were_read_with_it() -> None:
    template = '{% import "macros.html" as draw %}{{ draw.box(true) }}'
    older = {
        "_shared/print/macros.html": "{% macro box(on) %}[{{ on }}]{% endmacro %}",
        "_shared/print/page.css": "p { margin: 0 }",
    }
    programme = tiny(template, **older)
    composed = compose(programme, programme.documents[0], {}, scope(programme, {}, NOW))
    assert (composed.html, composed.stylesheets) == ("[True]", ("p { margin: 0 }",))
    assert html(template) == '<span class="box on"></span>', "with the first edition"


def test_a_programme_without_experts_can_be_printed() -> None:
    programme = load(definitions.tiny(print="{{ experts | length }}"))
    assert compose(programme, programme.documents[0], {}, scope(programme, {}, NOW)).html.endswith("0")


def test_printed_texts_are_texts() -> None:
    question = tiny("").form("nominee").questions["name"]
    name = Printed.of(question, "陆建华", None, lambda name, file: "")
    assert name == "陆建华"
    assert len(name) == 3
    assert name.value == "陆建华"
    assert not Paragraph("一、他说：“好。”").heading
