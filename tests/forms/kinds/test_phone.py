import pytest

from forms.kinds.base import Circumstances

from .speaking import TODAY, answer, checked, question, refusal, talk


@pytest.mark.parametrize(
    "said",
    [
        "19000000101",
        "+86 190 0000 0101",
        "8619000000101",
        "190-0000-0101",
        "１９０" + "０" * 5 + "１０１",
        "手机：19000000101",
        "手机号：19000000101",
        "手机号码：19000000101",
        "联系方式：19000000101",
        "联系电话 19000000101",
        "我的手机号码是19000000101。",
        "19000000101（微信同号）",
        "19000000101，同微信",
        "190‐0000‑0101",
        "190—0000–0101",
        "190−0000－0101",
        "008619000000101",
    ],
)
def test_a_mobile_number_in_every_dress(said: str) -> None:
    assert answer(question("phone"), said) == "19000000101"


@pytest.mark.parametrize(
    "said", ["0771-2805708", "07712805708", "2805708", "（0771）2805708", "+86 771 2805708"]
)
def test_a_landline_gets_its_area_code(said: str) -> None:
    assert answer(question("phone"), said) == "0771-2805708"


@pytest.mark.parametrize(
    "said", ["0771-2805708转801", "0771-2805708-801", "2805708 转 801", "0771 2805708 ext.801"]
)
def test_an_extension_is_kept_behind(said: str) -> None:
    assert answer(question("phone"), said) == "0771-2805708转801"


def test_a_local_number_without_an_area_is_refused() -> None:
    assert "区号" in refusal(question("phone"), "2805708", about=Circumstances(today=TODAY))


@pytest.mark.parametrize("said", ["0771—2805708", "0771－2805708", "0771−2805708", "座机：0771一2805708"])
def test_dashes_of_every_kind_stand_behind_an_area_code(said: str) -> None:
    assert answer(question("phone"), said) == "0771-2805708"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("852 6123 4567", "+852 6123 4567"),
        ("00852 6123 4567", "+852 6123 4567"),
        ("853 6612 3456", "+853 6612 3456"),
        ("886 912 345 678", "+886 912 345 678"),
        ("0852-6123456", "0852-6123456"),
    ],
)
def test_a_number_from_outside_the_mainland_is_no_area_code(said: str, number: str) -> None:
    assert talk(question("phone"), said).value == number


def test_other_numbers() -> None:
    assert answer(question("phone"), "010-12345678") == "010-12345678"
    assert answer(question("phone"), "+852 2123 4567") == "+852 2123 4567"
    assert answer(question("phone"), "400-800-8888") == "4008008888"


def test_a_number_that_the_library_refuses_is_kept_after_a_yes() -> None:
    value, words = checked(question("phone"), "1900000010")
    assert value == "1900000010"
    assert "没有写错吗" in words


@pytest.mark.parametrize("said", ["不告诉你", "12", "1" * 40])
def test_what_is_no_number_is_refused(said: str) -> None:
    assert "11 位手机号" in refusal(question("phone"), said)


def test_only_a_mobile_number_will_do_where_it_says_so() -> None:
    assert "您发的是 11 位" in refusal(question("phone", mobile=True), "0771-2805708")
    assert answer(question("phone", mobile=True), "19000000101") == "19000000101"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("19000000101", "190****0101"),
        ("0771-2805708", "0771-***5708"),
        ("0771-2805708转801", "0771-***5708转801"),
        ("95588", "***88"),
    ],
)
def test_numbers_are_masked_in_chat(number: str, shown: str) -> None:
    assert question("phone").show(number) == shown


@pytest.mark.parametrize(
    "said",
    [
        "电话是一三八零零零零零零零零",
        "幺三八零零零零零零零零",
        "一三八 零零零零 零零零零",
        "幺三八，零零零零，零零零零。",
        "138零零零零零零洞洞",
        "壹叁捌零零零零零零零零",
    ],
)
def test_a_number_spelt_in_words(said: str) -> None:
    assert answer(question("phone"), said) == "13800000000"


@pytest.mark.parametrize("said", ["座机0771-2805708 手机13800000000", "13800000000、0771-2805708"])
def test_of_several_numbers_the_mobile_one_is_asked_back(said: str) -> None:
    assert checked(question("phone"), said) == ("13800000000", "按 138****0000 记，对吗？")


@pytest.mark.parametrize("said", ["13800000000/13900000001", "0771-2805708/2805709"])
def test_of_several_of_a_kind_one_is_wanted(said: str) -> None:
    assert "只填一个" in refusal(question("phone"), said)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("单位电话0771-2345678转801，找张工", "0771-2345678转801"),
        ("办公室0771-2805708", "0771-2805708"),
        ("找李姐 2805708分机801", "0771-2805708转801"),
        ("车间的座机（0771）2805708，白天有人", "0771-2805708"),
        ("打我手机19000000101就行", "19000000101"),
    ],
)
def test_the_one_number_among_words_is_asked_back(said: str, number: str) -> None:
    assert checked(question("phone"), said)[0] == number


@pytest.mark.parametrize("said", ["不是0771-2805708", "原来是13800000000，现在停机了"])
def test_a_number_that_is_said_not_to_be_it_is_not_taken(said: str) -> None:
    assert "请发电话号码" in refusal(question("phone"), said)
