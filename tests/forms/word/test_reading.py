"""The text of a Word document is what its final view shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.attachment import Attachment

from .documents import STRICT, docx, looked_at, p, t

Read = Callable[..., str | None]


@pytest.fixture
def look(tmp_path: Path) -> Callable[..., Attachment]:
    return lambda body, **how: looked_at(docx(body, **how), tmp_path)


@pytest.fixture
def read(look: Callable[..., Attachment]) -> Read:
    return lambda body, **how: look(body, **how).text


# Where the text is


@pytest.mark.parametrize(
    ("main", "target"),
    [
        ("word/document2.xml", ""),
        ("word/document.xml", "/word/document.xml"),
        ("word/document.xml", "./word/document.xml"),
        ("Word/Document.xml", "word/document.xml"),
        ("文档/正文.xml", "%E6%96%87%E6%A1%A3/%E6%AD%A3%E6%96%87.xml"),
    ],
)
def test_the_main_part_is_found_through_the_relations(read: Read, main: str, target: str) -> None:
    assert read(p("焊工"), main=main, target=target) == "焊工"


def test_a_package_without_relations_is_read_at_the_usual_place(tmp_path: Path) -> None:
    whole = docx(p("焊工"), target="http://elsewhere/")
    assert looked_at(whole, tmp_path).text == "焊工"


def test_strict_documents_are_read(read: Read) -> None:
    assert read(p("焊工"), namespace=STRICT) == "焊工"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    assert read(p("焊工", hidden), namespace=STRICT) == "焊工"


@pytest.mark.parametrize("name", ["a.docm", "a.dotx", "a.doc", "a.wps", "文档", "a.DOCX"])
def test_a_document_under_any_usual_name_is_read(tmp_path: Path, name: str) -> None:
    assert looked_at(docx(p("焊工")), tmp_path, name).text == "焊工"


def test_a_package_of_another_program_is_no_document(tmp_path: Path) -> None:
    other = docx(p("焊工"), target="xl/workbook.xml", more={"xl/workbook.xml": b"<workbook/>"})
    found = looked_at(other, tmp_path)
    assert (found.trouble, found.detail) == ("disguised", "xlsx")
    drawing = docx(p("焊工"), target="visio/document.xml", more={"visio/document.xml": b"<drawing/>"})
    assert looked_at(drawing, tmp_path).trouble == "disguised"


# Tracked changes, comments, hidden text


def test_insertions_are_kept_and_deletions_are_out(read: Read) -> None:
    changed = f"<w:ins>{t('四项')}</w:ins><w:del><w:r><w:delText>三项</w:delText></w:r></w:del>"
    assert read(p("获专利", changed, "。")) == "获专利四项。"


def test_what_was_moved_stands_once_at_its_new_place(read: Read) -> None:
    away, here = (f"<w:{name}>{t('带徒三名。')}</w:{name}>" for name in ("moveFrom", "moveTo"))
    assert (
        read(p(away, properties="<w:rPr><w:moveFrom/></w:rPr>") + p("改造工装。") + p(here))
        == "改造工装。\n带徒三名。"
    )


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next(read: Read) -> None:
    assert read(p("上半句，", properties="<w:rPr><w:del/></w:rPr>") + p("下半句。")) == "上半句，下半句。"


def test_a_deleted_row_is_out(read: Read) -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc></w:tr>"
    table = row.format("<w:trPr><w:del/></w:trPr>", p("旧")) + row.format("", p("新"))
    assert read(f"<w:tbl>{table}</w:tbl>") == "新"


def test_comments_leave_nothing(read: Read) -> None:
    marks = (
        '<w:commentRangeStart w:id="0"/>',
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    )
    assert read(p(marks[0], "焊工", marks[1])) == "焊工"


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"/>'
    '<w:style w:type="character" w:styleId="Hid"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Heir"><w:basedOn w:val="Hid"/></w:style>'
    '<w:style w:type="character" w:styleId="Seen"><w:basedOn w:val="Hid"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="HidP"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="HeirP"><w:basedOn w:val="HidP"/></w:style>'
)


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ("<w:vanish/>", False),
        ('<w:vanish w:val="true"/>', False),
        ('<w:vanish w:val="0"/>', True),
        ('<w:vanish w:val="false"/>', True),
        ('<w:rStyle w:val="Hid"/>', False),
        ('<w:rStyle w:val="Heir"/>', False),
        ('<w:rStyle w:val="Seen"/>', True),
        ('<w:rStyle w:val="Hid"/><w:vanish w:val="0"/>', True),
        ("<w:webHidden/>", True),
    ],
)
def test_hidden_text_is_out_by_itself_or_by_its_style(read: Read, properties: str, seen: bool) -> None:
    run = f"<w:r><w:rPr>{properties}</w:rPr><w:t>备注</w:t></w:r>"
    assert read(p("焊工", run), parts={"styles": STYLES}) == ("焊工备注" if seen else "焊工")


@pytest.mark.parametrize("style", ["HidP", "HeirP"])
def test_a_paragraph_hidden_by_its_style_is_out_with_its_line(read: Read, style: str) -> None:
    hidden = p("批注", properties=f'<w:pStyle w:val="{style}"/>')
    assert read(p("一") + hidden + p("二"), parts={"styles": STYLES}) == "一\n二"


# Pieces of text that are no plain text


def test_of_a_phonetic_guide_only_the_base_is_text(read: Read) -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{t('yōng')}</w:rt><w:rubyBase>{t('邕')}</w:rubyBase></w:ruby></w:r>"
    )
    assert read(p("家住", ruby, "江边")) == "家住邕江边"


def test_hyphens_tabs_and_breaks(read: Read) -> None:
    run = (
        "<w:r><w:t>7</w:t><w:noBreakHyphen/><w:t>10天</w:t><w:tab/><w:t>人</w:t><w:softHyphen/><w:t>员</w:t><w:br/>"
        '<w:t>下</w:t><w:br w:type="page"/><w:t>页</w:t><w:cr/><w:t>末</w:t></w:r>'
    )
    assert read(p(run)) == "7-10天 人员\n下\n页\n末"


def test_tab_stops_of_a_paragraph_are_no_text(read: Read) -> None:
    assert read(p("焊工", properties='<w:tabs><w:tab w:val="left" w:pos="400"/></w:tabs>')) == "焊工"


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "✓"),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/>', "√"),
        ('<w:sym w:font="Wingdings 2" w:char="0052"/>', "√"),
        ('<w:sym w:font="Symbol" w:char="F0B1"/>', "±"),
        ('<w:sym w:font="Symbol" w:char="F061"/>', "α"),
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
        ('<w:sym w:font="Wingdings" w:char="F083"/>', "③"),
        ('<w:sym w:font="宋体" w:char="2103"/>', "℃"),
        ('<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr><w:t>m</w:t>', "μ"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf06c</w:t>', "●"),
    ],
)
def test_symbols_are_what_they_look_like(read: Read, sign: str, shown: str) -> None:
    assert read(p("见", f"<w:r>{sign}</w:r>", "处")) == f"见{shown}处"


def test_an_unknown_symbol_is_named_with_its_place(look: Callable[..., Attachment]) -> None:
    found = look(p("螺纹", '<w:r><w:sym w:font="GDT" w:char="F06A"/></w:r>', "处"))
    assert found.text == "螺纹处"
    assert [(each.what, each.after) for each in found.unread or ()] == [("symbol", "螺纹")]


# Content controls, fields


def test_a_placeholder_is_nothing_and_a_filled_control_is_text(read: Read) -> None:
    def control(properties: str, inner: str) -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    asked = control("<w:showingPlcHdr/>", t("单击输入"))
    assert read(p("姓名：", asked)) == "姓名："
    assert read(p("姓名：", control("", t("陆建华")))) == "姓名：陆建华"
    assert read(p("姓名：", control('<w:showingPlcHdr w:val="0"/>', t("陆建华")))) == "姓名：陆建华"
    assert read(control("<w:showingPlcHdr/>", p("单击输入")) + p("一")) == "一"
    cell = control("<w:showingPlcHdr/>", f"<w:tc>{p('单击输入')}</w:tc>")
    assert read(f"<w:tbl><w:tr><w:tc>{p('姓名')}</w:tc>{cell}</w:tr></w:tbl>") == "姓名"


def field(code: str, result: str | None = None) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    shown = "" if result is None else marks[1] + result
    return f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{shown}{marks[2]}"


def test_fields_show_their_results(read: Read) -> None:
    assert read(p("第", field(" PAGE ", t("3")), "页")) == "第3页"
    assert read(p("见", f'<w:fldSimple w:instr=" REF x ">{t("附件")}</w:fldSimple>')) == "见附件"
    within = field(" IF " + "</w:instrText></w:r>" + field(" DATE ", t("1")) + "<w:r><w:instrText>", t("是"))
    assert read(p("答", within, "。")) == "答是。"
    assert read(p(field(" TOC ", t("目")), "一")) == "目一"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r" eq \o\ac(○,1) ", "①"),
        (r"eq \o\ac(○,12)", "⑫"),
        (r" EQ \o\ac(○,焊) ", "焊"),
        (r"eq \o(焊,○)", "焊"),
        (r' SYMBOL 252 \f "Wingdings" \s 10 ', "✓"),
    ],
)
def test_rings_and_symbols_drawn_by_fields_are_read(read: Read, code: str, shown: str) -> None:
    assert read(p("一", field(code), "二")) == f"一{shown}二"


def test_a_field_that_never_ends_does_not_swallow_the_rest(read: Read) -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    assert read(p("一", begun) + p("二")) == "一\n二"


def test_a_result_over_several_paragraphs(read: Read) -> None:
    begun = field(" TOC ", t("目录一")).rpartition("<w:r>")[0]
    assert (
        read(p(begun) + p("目录二", '<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p("正文"))
        == "目录一\n目录二\n正文"
    )


def test_a_ticked_box_of_an_old_form(read: Read) -> None:
    def box(inner: str) -> str:
        begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{inner}</w:checkBox></w:ffData></w:fldChar>'
        end = '<w:fldChar w:fldCharType="end"/>'
        return f"<w:r>{begin}</w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r>{end}</w:r>"

    assert read(p(box("<w:checked/>"), "是", box('<w:default w:val="0"/>'), "否")) == "√是□否"


# What is not text


@pytest.mark.parametrize(
    ("inner", "what"),
    [
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "formula"),
        ("<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>", "formula"),
        ('<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>', "formula"),
        ('<w:r><w:object><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>', "formula"),
        (field(r" EQ \f(1,2) "), "formula"),
        ('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>', "object"),
        (
            '<w:r><w:drawing><a:graphic><a:graphicData uri="http://x/2006/diagram"/></a:graphic></w:drawing></w:r>',
            "object",
        ),
        ('<w:subDoc r:id="r9"/>', "insert"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    look: Callable[..., Attachment], inner: str, what: str
) -> None:
    found = look(p("热输入公式为", inner, "，误差很小"))
    assert found.text == "热输入公式为，误差很小"
    assert [(each.what, each.after) for each in found.unread or ()] == [(what, "热输入公式为")]


def test_an_inserted_document_is_named(look: Callable[..., Attachment]) -> None:
    found = look(p("附件如下：") + '<w:altChunk r:id="r9"/>')
    assert [(each.what, each.after) for each in found.unread or ()] == [("insert", "附件如下：")]


def test_a_document_of_pictures_only_is_told_so(look: Callable[..., Attachment]) -> None:
    found = look(
        p(
            '<w:r><w:drawing><a:graphic><a:graphicData uri="x"><pic:pic/></a:graphicData></a:graphic></w:drawing></w:r>'
        )
    )
    assert (found.trouble, found.detail) == ("empty", "only_pictures")
    assert look(p("<m:oMath/>")).detail == "only_pictures"
    assert look(p("")).detail is None


# Boxes, tables, notes


BOX = "<wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
OLD_BOX = "<w:pict><v:shape><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict>"


def test_a_text_box_is_read_once_behind_its_paragraph(read: Read) -> None:
    both = f"<mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{OLD_BOX}</mc:Fallback></mc:AlternateContent>"
    assert read(p("一", f"<w:r>{both.format(p('框'))}</w:r>", "二") + p("三")) == "一二\n框\n三"
    assert read(p("一", f"<w:r>{OLD_BOX.format(p('框'))}</w:r>")) == "一\n框"


def test_of_two_ways_to_write_a_sign_one_is_read(read: Read) -> None:
    def ways(choice: str, fallback: str) -> str:
        both = f"<mc:Choice>{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>"
        return f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"

    assert read(p(ways("<w:t>甲</w:t>", "<w:t>乙</w:t>"))) == "甲"
    newer = '<x:symEx xmlns:x="http://schemas.microsoft.com/office/word/2015/wordml/symex" x:char="2460"/>'
    assert read(p(ways(newer, "<w:t>①</w:t>"))) == "①"


def test_changes_of_properties_are_no_properties(read: Read) -> None:
    was_hidden = "<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
    assert read(p(f"<w:r>{was_hidden}<w:t>见</w:t></w:r>")) == "见"


def test_what_is_drawn_as_words_is_read(read: Read) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="先进事迹"/></v:shape></w:pict></w:r>'
    assert read(p(art) + p("一")) == "先进事迹\n一"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_a_table_is_read_by_rows(look: Callable[..., Attachment]) -> None:
    found = look(
        p("获奖：")
        + f"<w:tbl>{row(p('2018年'), p('一等奖'))}{row(p('2019年'), p('二等奖'))}</w:tbl>"
        + p("完")
    )
    assert found.text == "获奖：\n2018年\t一等奖\n2019年\t二等奖\n完"


def test_a_cell_of_several_paragraphs_keeps_them(read: Read) -> None:
    assert read(f"<w:tbl>{row(p('主要事迹'), p('一') + p('二'))}</w:tbl>") == "主要事迹\n一\n二"


def test_a_table_within_a_cell(read: Read) -> None:
    inner = f"<w:tbl>{row(p('内'), p('里'))}</w:tbl>"
    assert read(f"<w:tbl>{row(p('外') + inner + p(''))}</w:tbl>") == "外\n内\t里"


def test_notes_stand_at_the_end_by_their_numbers(read: Read) -> None:
    notes = f'<w:footnote w:id="2">{p("见证书。")}</w:footnote>'
    text = p("获奖", '<w:r><w:footnoteReference w:id="2"/></w:r>', "两次")
    assert read(text, parts={"footnotes": notes}) == "获奖[1]两次\n[1] 见证书。"


def test_a_dropped_initial_belongs_to_its_paragraph(read: Read) -> None:
    assert read(p("他", properties='<w:framePr w:dropCap="drop"/>') + p("是焊工。")) == "他是焊工。"


def test_a_document_too_long_is_told_apart_from_one_too_large(look: Callable[..., Attachment]) -> None:
    found = look(p("焊" * 20_001))
    assert (found.trouble, found.detail) == ("too_large", "long_text")


def test_a_hundred_controls_one_in_the_other_are_read_or_refused(look: Callable[..., Attachment]) -> None:
    for depth in (100, 240, 400):
        body = "<w:sdt><w:sdtContent>" * (depth // 2) + p("焊工") + "</w:sdtContent></w:sdt>" * (depth // 2)
        found = look(body)
        assert found.text == "焊工" or found.trouble == "unreadable"


@pytest.mark.parametrize(
    ("before", "way", "set_off", "kept"),
    [
        ("用CO", "subscript", "2", "用CO₂保护焊"),
        ("每m", "superscript", "-1", "每m⁻¹保护焊"),
        ("强度10", "superscript", "8", "强度10⁸保护焊"),
        ("第", "superscript", "n", "第n保护焊"),
    ],
)
def test_what_is_set_higher_or_lower_stays_so(
    read: Read, before: str, way: str, set_off: str, kept: str
) -> None:
    run = f'<w:r><w:rPr><w:vertAlign w:val="{way}"/></w:rPr><w:t>{set_off}</w:t></w:r>'
    assert read(p(before, run, "保护焊")) == kept
