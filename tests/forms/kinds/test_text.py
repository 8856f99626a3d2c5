import pytest

from tests.built_in import built_in

from .speaking import DRAWN, answer, checked, film, prompts, question, refusal, remarks


def test_a_text_is_kept_on_one_line() -> None:
    assert answer(question("text"), "焊接一班\n 班长") == "焊接一班 班长"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("焊接一班。", "焊接一班"), ("做过焊工。干过钳工。", "做过焊工。干过钳工。"), ("。", "。")],
)
def test_a_stop_stays_out_of_a_cell_of_one_line(typed: str, kept: str) -> None:
    assert answer(question("text"), typed) == kept


def test_an_overlong_text_is_kept_and_blocks_only_the_submission() -> None:
    asked = question("text", limit={"value": 5, "measure": "within"})
    assert answer(asked, "一二三四五六七") == "一二三四五六七"
    [remark] = asked.remarks("一二三四五六七", DRAWN)
    assert remark.blocking
    assert str(remark.message) == "现在 7 字，规定 5 字以内，请删掉至少 2 字再提交。"
    assert remarks(asked, "一二三四五") == []


def test_the_limit_is_told_beforehand() -> None:
    assert prompts(question("text", limit={"value": 100})) == "不超过 100 字"


def test_a_postcode_has_six_digits_of_any_width() -> None:
    asked = question("text", shape="postcode")
    assert answer(asked, "５３００３１") == "530031"
    assert "530031" in refusal(asked, "5300")


def test_an_email_address_has_an_at_sign() -> None:
    asked = question("text", shape="email")
    assert answer(asked, "wei.lihui@example.com") == "wei.lihui@example.com"
    assert "@" in refusal(asked, "wei.lihui")


@pytest.mark.parametrize("typed", ["没有", "暂无", "无职称", "没有职称"])
def test_whoever_has_no_title_may_say_so_in_any_words(typed: str) -> None:
    assert answer(built_in().common["title"], typed) == "无"


def test_a_character_that_no_font_draws_is_named_with_a_better_one() -> None:
    words = refusal(question("text"), "好😀", about=DRAWN)
    assert "U+1F600" in words
    assert "😀 → 笑" in words


def test_a_file_is_no_text() -> None:
    assert "打字" in refusal(question("text"), film())


@pytest.mark.parametrize("said", ["没有", "无。", "没", "没学位", "无学位", "没有学位", "没有的", "None"])
def test_nothing_is_kept_in_the_word_of_the_form(said: str) -> None:
    assert answer(question("text", label="学位", none="无"), said) == "无"
    assert answer(question("text", label="学位"), said) == said.removesuffix("。")


def test_a_text_that_only_begins_with_no_is_kept() -> None:
    assert answer(question("text", none="无"), "无损检测师") == "无损检测师"


@pytest.mark.parametrize("said", ["☑焊工", "√ 焊工", "[x]焊工", "□焊工"])
def test_a_tick_is_no_part_of_an_answer(said: str) -> None:
    assert question("text").core(said) == "焊工"


@pytest.mark.parametrize("said", ["。", "☑", "……", "🔥", "同上", "没有职务", "1", "啥"])
def test_what_can_hardly_be_meant_is_asked_back(said: str) -> None:
    assert question("text", label="职务").core(said) == said


@pytest.mark.parametrize("said", ["没评", "没考过", "还没评上"])
def test_a_title_that_was_never_had(said: str) -> None:
    assert answer(question("text", label="职称", none="无"), said) == "无"


@pytest.mark.parametrize("said", ["同班组八年", "师徒十年多", "我们师徒十年了", "我是他师傅，带了他八年了"])
def test_a_sentence_stays_whole_where_the_example_is_one(said: str) -> None:
    assert question("text", example="同班组共事八年").core(said) is None


@pytest.mark.parametrize(
    ("said", "core"),
    [
        ("我干电焊二十年了", "电焊"),
        ("烧电焊的", "烧电焊"),
        ("应该是焊工", "焊工"),
        ("焊工吧", "焊工"),
        ("就是个烧焊的", "烧焊"),
        ("俺就是个开叉车的", "开叉车"),
        ("焊工，2003年7月开始干的", "焊工"),
        ("电焊工干了二十年", "电焊工"),
        ("退休了", "退休"),
        ("没有单位，自己干", "没有单位，自己干"),
        ("焊工", None),
        ("干燥工", None),
        ("当班电工", None),
        ("星空网吧", None),
        ("我爱我家装饰公司", None),
        ("好的汽车修理有限公司", None),
        ("2019年南宁市职工职业技能大赛焊工第二名", None),
    ],
)
def test_what_goes_round_an_answer_is_told_apart(said: str, core: str | None) -> None:
    assert question("text").core(said) == core


@pytest.mark.parametrize("said", ["2003年7月", "零三年三月", "2003.7", "98年", "九八年"])
def test_a_date_and_nothing_else_is_asked_back(said: str) -> None:
    assert question("text").core(said) == said


@pytest.mark.parametrize("said", ["南宁1998酒吧", "2003年7月成立的机械厂", "111", "一九九八"])
def test_a_date_within_a_name_is_part_of_it(said: str) -> None:
    assert question("text").core(said) is None


GRADE = {
    "label": "技能等级",
    "words": ["高级技师", "技师", "高级工", "三级"],
    "save": ["主管技师", "技术职务"],
}


@pytest.mark.parametrize(
    "said", ["高级技师", "焊工高级技师", "高级技师（焊工）", "三级/高级工", "高级工证", "技师、高级工"]
)
def test_what_is_an_answer_to_something_else_is_asked_back(said: str) -> None:
    asked = question("text", label="职称", none="无", unlike=GRADE)
    value, words = checked(asked, said)
    assert value == said
    assert words == f"“{said}”是技能等级，不是职称。没有职称就发“无”。还是要写“{said}”吗？"
    bare = question("text", label="职称", unlike=GRADE)
    assert checked(bare, said)[1] == f"“{said}”是技能等级，不是职称。就写“{said}”吗？"


@pytest.mark.parametrize(
    "said", ["高级工程师", "工程师、高级技师", "主管技师", "技师（工人技术职务）", "技术员", "助理工程师"]
)
def test_what_only_looks_like_it_or_stands_beside_an_answer_is_taken(said: str) -> None:
    assert answer(question("text", label="职称", none="无", unlike=GRADE), said) == said
