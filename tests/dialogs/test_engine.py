"""One turn after the other, as a person meets them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialogs.engine import step
from dialogs.events import Switched
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.turn import Turn
from forms.attachment import Attachment
from forms.packet import BUNDLE, PACKET
from forms.programme import Programme
from tests.dialogs.talking import NOON, Person, kept

PROOF = Attachment(
    file="f1", name="证书.jpg", media="image", mime="image/jpeg", size=90_000, width=900, height=1200
)


def fill(person: Person, start: str = "2015年7月", begun: bool = False) -> Person:
    if not begun:
        person.says("个人申报", "焊工")
    person.says(start)
    person.presses("是")
    person.presses("技艺", "选好了")
    person.says("陆建华", "450122198409129963")
    person.presses("对的", "跳过")
    person.says("我热爱焊接")
    person.sends(PROOF)
    person.presses("发完了")
    return person


def test_nothing_is_kept_before_consent(person: Person) -> None:
    assert "隐私" in person.text
    person.says("我叫陆建华")
    assert person.interview == Interview()
    person.presses("不同意")
    assert person.interview == Interview()


def test_consent_is_recorded_with_its_time(person: Person) -> None:
    person.presses("同意，开始")
    assert datetime.fromisoformat(person.interview.consented_at) == NOON


def test_an_open_programme_says_how_long_it_is_open(person: Person) -> None:
    person.presses("同意，开始")
    assert any("小城工匠" in label and "还有15天" in label for label in person.labels)


def test_the_last_day_is_named(small: Programme) -> None:
    person = Person(small, now=NOON + timedelta(days=15))
    person.presses("同意，开始")
    assert any("小城工匠" in label and "今天截止" in label for label in person.labels)


def test_a_programme_may_be_named_by_typing_its_name(person: Person) -> None:
    person.presses("同意，开始")
    person.says("小城工匠")
    assert person.interview.programme == "small"


def test_questions_come_one_at_a_time_in_the_order_of_the_form(begun: Person) -> None:
    asked = [begun.asked]
    begun.presses("单位推荐")
    asked.append(begun.asked)
    begun.says("焊工")
    asked.append(begun.asked)
    assert asked == ["route", "trade", "trade_start"]


def test_a_verdict_comes_with_its_arithmetic_the_moment_its_answers_are_in(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月")
    assert begun.tone("met") == ["从事焊工：2015年7月 → 2026年6月 = 10年11个月，满10年，符合（四）"]


@pytest.mark.parametrize(("start", "met"), [("2016年6月", True), ("2016年7月", False)])
def test_ten_years_are_counted_to_the_month(begun: Person, start: str, met: bool) -> None:
    begun.says("个人申报", "焊工", start)
    assert bool(begun.tone("met")) is met
    assert bool(begun.tone("not_met")) is not met


def test_a_failed_hard_rule_offers_ways_on(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2016年7月")
    assert "不满10年，不符合（四）" in begun.text
    assert "到2026年7月满10年" in begun.text
    assert begun.labels[0] == "改一下：从业时间"
    begun.presses("改一下：从业时间")
    begun.says("2016年6月")
    assert "满10年，符合" in begun.text
    assert begun.asked == "union_member"


def test_whoever_practises_on_walks_past_the_bar_and_prints_samples(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2016年7月")
    begun.presses("先当练习填下去（打印带“样张”）")
    assert begun.asked == "union_member"
    begun.presses("是")
    begun.presses("技艺", "选好了")
    assert begun.asked == "name"


def test_the_notices_own_escape_leads_to_the_staff(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月")
    begun.presses("是", "都没有")
    assert "一条都没有，不符合" in begun.text
    begun.presses("特别优秀，申请破格")
    assert begun.interview.appealed == ("one",)
    assert any("待工作人员核实" in text for text in begun.tone("verify"))
    assert begun.asked == "name"


def test_back_shows_the_standing_answer_and_keeping_it_changes_nothing(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月")
    before = begun.interview.answers
    begun.presses("上一步")
    assert begun.asked == "trade_start"
    assert "现在填的是：2015年7月" in begun.text
    begun.presses("上一步")
    assert begun.asked == "trade"
    begun.presses("不改，继续")
    assert begun.asked == "union_member"
    assert begun.interview.answers == before


def test_an_answer_may_be_changed_on_the_way_back(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月", "上一步", "上一步")
    begun.says("钳工")
    assert begun.interview.answers["trade"] == "钳工"
    assert begun.asked == "union_member"


def test_a_verdict_is_told_again_when_its_arithmetic_changes(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月", "上一步", "2015年6月")
    assert any("2015年6月 → " in text for text in begun.tone("met"))


def test_a_problem_says_what_would_be_right_and_loses_nothing(begun: Person) -> None:
    begun.says("个人申报", "焊工")
    before = begun.interview
    begun.says("很久以前")
    assert begun.tone("problem")
    assert begun.interview.model_copy(update={"stumbled": "", "stumbles": 0}) == before
    assert begun.asked == "trade_start"


def test_a_stale_button_is_told_so_and_the_present_step_is_shown(begun: Person) -> None:
    old = begun.token("个人申报")
    begun.says("个人申报")
    before = begun.interview
    begun.presses_token(old)
    assert "已经过去" in begun.text
    assert begun.interview == before
    assert begun.asked == "trade"


@pytest.mark.parametrize("token", ["", "0.000000000000", "x", "٣.abc", "f" * 500, "1.\x00"])
def test_a_forged_button_does_nothing(begun: Person, token: str) -> None:
    before = begun.interview
    begun.presses_token(token)
    assert begun.interview == before


def test_tokens_fit_into_64_bytes(begun: Person) -> None:
    assert all(len(token.encode()) <= 64 for token in begun.screen.tokens())


def test_the_id_number_is_read_back_with_sex_and_birth_before_it_counts(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月")
    begun.presses("是", "技艺", "选好了")
    begun.says("陆建华", "450122198409129963")
    assert "女" in begun.text and "1984年9月" in begun.text
    assert "id_number" not in begun.interview.answers
    begun.presses("不对，我重填")
    assert begun.asked == "id_number"
    begun.says("450122198409129963", "对的")
    assert begun.interview.answers["id_number"] == "450122198409129963"


def test_the_id_number_is_never_shown_whole_again(begun: Person) -> None:
    fill(begun)
    assert "450122198409129963" not in begun.text
    assert "450122198409129963" not in repr(begun.screen)


def test_everything_answered_leads_to_the_summary(begun: Person) -> None:
    fill(begun)
    assert "请检查答案" in begun.text
    assert "爱好：（没有填）" in begun.text
    assert "没问题，生成盖章材料" in begun.labels


def test_editing_from_the_summary_returns_to_it(begun: Person) -> None:
    fill(begun)
    begun.presses("改：姓名")
    assert begun.asked == "name"
    begun.says("陆建国")
    assert "姓名：陆建国" in begun.text


def test_not_editing_after_all_returns_to_the_summary_too(begun: Person) -> None:
    fill(begun)
    begun.presses("改：姓名", "不改，继续")
    assert "请检查答案" in begun.text


def test_a_switch_of_route_loses_nothing_and_asks_only_what_is_new(begun: Person) -> None:
    fill(begun)
    begun.presses("改：推荐方式", "单位推荐")
    assert begun.asked == "employer"
    begun.says("南宁机械厂")
    assert "请检查答案" in begun.text
    begun.presses("改：推荐方式", "个人申报")
    assert "工作单位" not in begun.text
    begun.presses("改：推荐方式", "单位推荐")
    assert "工作单位：南宁机械厂" in begun.text


def test_what_was_put_off_is_asked_for_on_the_summary(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月")
    begun.presses("是", "技艺", "选好了")
    begun.says("陆建华", "450122198409129963", "对的", "跳过", "我热爱焊接")
    begun.presses("稍后再补")
    assert "证书：（还没填）" in begun.text
    assert "没问题，生成盖章材料" not in begun.labels
    begun.presses("接着填")
    assert begun.asked == "proofs"
    begun.sends(PROOF)
    begun.presses("发完了")
    assert "没问题，生成盖章材料" in begun.labels


def test_over_long_text_is_kept_but_keeps_the_packet_back(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月")
    begun.presses("是", "技艺", "选好了")
    begun.says("陆建华", "450122198409129963", "对的", "跳过", "焊" * 21)
    assert begun.interview.answers["story"] == "焊" * 21
    begun.presses("就这样")
    begun.sends(PROOF)
    begun.presses("发完了")
    assert "没问题，生成盖章材料" not in begun.labels
    begun.presses("接着填")
    assert begun.asked == "story"
    begun.says("焊" * 20)
    assert "没问题，生成盖章材料" in begun.labels


def test_the_packet_comes_after_the_declaration(begun: Person) -> None:
    fill(begun)
    begun.presses("没问题，生成盖章材料")
    assert "以上内容属实" in begun.text
    begun.presses("属实，生成材料")
    assert [card.document for card in begun.screen.cards] == ["application", PACKET, BUNDLE]
    assert begun.screen.cards[0].filename == "陆建华申请表.pdf"
    assert "交到：县总工会" in begun.text
    assert begun.interview.finished_at


def test_changing_an_answer_after_the_end_makes_the_packet_anew(begun: Person) -> None:
    fill(begun)
    begun.presses("没问题，生成盖章材料", "属实，生成材料", "检查答案", "改：姓名")
    begun.says("陆建国")
    assert not begun.interview.finished_at
    assert "没问题，生成盖章材料" in begun.labels


def test_a_deadline_that_passes_midway_is_judged_at_the_end(begun: Person) -> None:
    fill(begun)
    begun.now = datetime(2026, 6, 30, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    begun.look()
    assert "没问题，生成盖章材料" in begun.labels
    begun.now += timedelta(seconds=1)
    begun.look()
    assert "申报时间已经过了" in begun.text
    assert "没问题，生成练习材料" in begun.labels


def test_a_closed_programme_is_for_practice_and_says_so(small: Programme) -> None:
    late = Person(small, now=datetime(2026, 7, 2, tzinfo=ZoneInfo("Asia/Shanghai")))
    late.begins()
    assert "样张" in late.text
    assert late.interview.practice
    fill(late)
    assert "没问题，生成练习材料" in late.labels


def test_starting_over_is_confirmed_first_and_keeps_consent_and_programme(begun: Person) -> None:
    begun.says("个人申报", "焊工")
    begun.presses("菜单", "重新开始", "不清空，返回")
    assert begun.interview.answers["trade"] == "焊工"
    begun.presses("菜单", "重新开始", "清空，重新开始")
    assert begun.interview.answers == {}
    assert begun.interview.programme == "small"
    assert begun.asked == "route"


def test_help_explains_gives_an_example_and_a_person_to_ask(begun: Person) -> None:
    begun.says("个人申报", "帮助")
    assert "写证书上的工种" in begun.text
    assert "例如：焊工" in begun.text
    assert "0771-2805708" in begun.text
    assert begun.asked == "trade"


def test_stopping_saves_and_any_word_goes_on(begun: Person) -> None:
    begun.says("个人申报")
    begun.presses("菜单", "保存，先到这里")
    assert "都保存好了" in begun.text
    begun.presses("继续")
    assert begun.asked == "trade"


def test_what_is_typed_on_a_page_beside_the_path_answers_no_question(begun: Person) -> None:
    begun.says("个人申报", "菜单", "焊工")
    assert "trade" not in begun.interview.answers
    begun.says("好的", "焊工")
    assert begun.interview.answers["trade"] == "焊工"


def test_the_papers_say_what_has_come_in(begun: Person) -> None:
    fill(begun)
    begun.presses("材料清单")
    assert "证书复印件 3份 复印件（七）  [电子版已收到，纸质的还要交3份]" in begun.text


def test_progress_counts_within_the_section(begun: Person) -> None:
    begun.says("个人申报", "焊工")
    progress = begun.screen.progress
    assert progress is not None
    assert (progress.section, progress.done, progress.of) == ("条件", 1, 4)


def test_the_language_can_be_changed_at_the_door(person: Person) -> None:
    person.presses("English")
    assert person.interview.locale == "en"
    assert person.screen.locale == "en"


def test_another_application_can_be_begun(begun: Person) -> None:
    begun.presses("菜单", "我的申报", "另填一份")
    assert begun.events[-1] == Switched()


def test_a_turn_with_nothing_in_it_changes_nothing(begun: Person) -> None:
    before = begun.interview
    first = begun.look()
    assert begun.look() == first
    assert begun.interview == before


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00", "🙂", "\ud800", "<script>alert(1)</script>", "焊" * 100_000, "\u202ea", "ﾟ" * 50],
)
def test_any_text_gets_an_answer_and_loses_nothing(begun: Person, text: str) -> None:
    begun.says("个人申报", "焊工")
    answers = begun.interview.answers
    begun.says(text)
    assert begun.screen.parts
    assert begun.interview.answers == answers


def test_a_file_where_a_date_is_due_is_declined(begun: Person) -> None:
    begun.says("个人申报", "焊工")
    before = begun.interview
    begun.sends(PROOF)
    assert begun.tone("problem")
    assert begun.interview.model_copy(update={"stumbled": "", "stumbles": 0}) == before


def test_an_interview_survives_its_own_json(begun: Person) -> None:
    fill(begun)
    assert kept(begun.interview) == begun.interview


def test_the_same_turn_gives_the_same_outcome(small: Programme) -> None:
    scene = Scene(now=NOON, offered=(small,))
    interview = Interview(consented_at="2026-06-15T04:00:00+00:00")
    turn = Turn("a", "1", text="小城工匠")
    assert step(None, interview, turn, scene) == step(None, interview, turn, scene)
