"""What people type at the choices of the five programmes, in plain words, and the option that it is."""

from __future__ import annotations

from functools import cache

import pytest

from forms.kinds.base import Answer, Check, Circumstances, Given, Problem, Reading, Unfinished
from forms.kinds.options import OptionsQuestion
from forms.library import Library
from tests.built_in import built_in
from tests.forms.kinds.speaking import HERE

#: programme, question, what is typed, and what it is: an answer, the ticks, “?…” what is asked back, "" nothing.
TYPED = """
nanning-2026 route 自己报名 self
nanning-2026 route 我自己报的 self
nanning-2026 route 厂里推荐的 unit
nanning-2026 route 不是单位推荐，是自己报的 self
nanning-2026 route 专家推荐 experts
nanning-2026 frontline 在的，天天烧焊 True
nanning-2026 frontline 早就不在一线了 False
nanning-2026 frontline 退休了 False
nanning-2026 frontline 我没在一线 False
nanning-2026 frontline 坐办公室 False
nanning-2026 frontline 在，不过快退休了 ?True
nanning-2026 union_member 我是会员 True
nanning-2026 union_member 不是会员 False
nanning-2026 union_member 没入会 False
nanning-2026 union_member 有会员证 True
nanning-2026 unit_consent 领导同意了 True
nanning-2026 unit_consent 还没同意 False
nanning-2026 unit_consent 没问过 False
nanning-2026 unit_consent 老板不同意 False
nanning-2026 nominee_consent 同意 True
nanning-2026 nominee_consent 好 True
nanning-2026 nominee_consent 可以 True
nanning-2026 nominee_consent 我同意 True
nanning-2026 nominee_consent 本人愿意 True
nanning-2026 nominee_consent 不愿意 False
nanning-2026 patents 没有专利 False
nanning-2026 patents 有专利 True
nanning-2026 patents 有两项发明专利 True
nanning-2026 patents 没申请过专利 ?False
nanning-2026 contest 冠军 True
nanning-2026 contest 得过第二名 True
nanning-2026 contest 没拿过冠军 ?False
nanning-2026 contest 没参加过 False
nanning-2026 contest_kind 世赛 world
nanning-2026 contest_kind 南宁职工技能大赛 nanning
nanning-2026 contest_kind 不是世界技能大赛
nanning-2026 contest_place 冠军 1
nanning-2026 contest_place 全国冠军 1
nanning-2026 contest_place 亚军 2
nanning-2026 contest_place 没拿过冠军
nanning-2026 skill_titles 我是广西技术能手，2019年评的 广西技术能手
nanning-2026 skill_titles 我不是广西技术能手 none
nanning-2026 skill_titles 没评上全国技术能手，评上了广西技术能手 广西技术能手
nanning-2026 skill_titles 全国技术能手和广西技术能手 全国技术能手,广西技术能手
nanning-2026 skill_titles 自治区技术能手 广西技术能手
nanning-2026 teaching_reach 本单位和本行业 本单位,本行业
nanning-2026 teaching_reach 厂里和行业里 本单位,本行业
nanning-2026 teaching_ways 带徒弟、讲课 带徒,培训
nanning-2026 category 电焊 制造业
nanning-2026 category 我是电焊工 制造业
nanning-2026 category 开货车的 交通运输业
nanning-2026 category 六堡茶 传承技艺类
nanning-2026 category 制茶 特色产业
nanning-2026 category 厨师 现代服务业
nanning-2026 heritage_rank 广西的 region
nanning-2026 ethnicity 我是壮族人 壮族
nanning-2026 ethnicity 不是汉族
nanning-2026 political_status 我是党员 中共党员
nanning-2026 political_status 没入党 群众
nanning-2026 political_status 不是党员 群众
nanning-2026 political_status 老百姓 群众
nanning-2026 education 大专，函授的 大专
nanning-2026 education 没读大学，高中毕业 高中
nanning-2026 education 初中没毕业
nanning-2026 skill_level 我是技师 技师
nanning-2026 skill_level 没有证书 无
nanning-2026 skill_level 高级工证 高级工
nanning-2026 skill_level 高级 ?高级技师,高级工
liuzhou-2025 route 自荐 self
liuzhou-2025 household 农村户口 农业户口
liuzhou-2025 household 城镇户口 非农业户口
liuzhou-2025 household 非农 非农业户口
liuzhou-2025 identity 一线工人 普通工人
liuzhou-2025 title_level 高工 高级职称
liuzhou-2025 title_level 工程师 中级职称
liuzhou-2025 title_level 助理工程师 初级职称
liuzhou-2025 secret 不涉密 False
liuzhou-2025 secret 我不涉密 False
liuzhou-2025 secret 没涉密 False
liuzhou-2025 migrant 本地人 False
liuzhou-2025 migrant 我是外地来的 True
liuzhou-2025 rural_worker 我是农民工 True
liuzhou-2025 rural_worker 不是农民工 False
liuzhou-2025 no_crime_certificate 已经开了 True
liuzhou-2025 no_crime_certificate 还没开 False
liuzhou-2025 contest_kind 没参加过 none
liuzhou-2025 contribution 全市和全广西 自治区,本市
guilin former_winner 没评上 False
guilin former_winner 第一次报 False
guilin contest_kind 没有 none
guilin contest_kind 没拿过名次 ?none
guilin skill_titles 桂林市技术能手 桂林技术能手
guilin science_level 广西科技奖 region
daguo-jiangsu-2026 recommending_unit 南京 南京市总工会
daguo-jiangsu-2026 recommending_unit 苏州市的 苏州市总工会
daguo-jiangsu-2026 leader 班组长 False
daguo-jiangsu-2026 leader 我是副总 True
daguo-jiangsu-2026 talent_plan 没入选过 False
daguo-jiangsu-2026 sector 新能源 新兴产业
daguo-jiangsu-2026 sector 都不是 以上都不是
daguo-jiangsu-2026 enterprise_kind 我们是小巨人企业 专精特新“小巨人”企业
daguo-jiangsu-2026 has_group 没有集团公司 False
nanyue-2020 route 市总工会推荐 city_union
nanyue-2020 sex 女的 女
nanyue-2020 shots 工作照、全家和老照片 work,past
nanyue-2020 quota_held 已经定了 True
"""


@cache
def library() -> Library:
    return built_in()


def came(reading: Reading) -> str:
    match reading:
        case Answer(value=dict() as ticks) | Unfinished(draft={"ticks": ticks}):
            return ",".join(ticks) or "none"
        case Answer():
            return str(reading.value)
        case Check():
            return f"?{reading.value}"
        case Unfinished(draft={"among": among}):
            return "?" + ",".join(among)
        case Problem():
            return ""
    return str(reading)


@pytest.mark.parametrize("line", TYPED.strip().splitlines())
def test_plain_words_are_the_option_that_they_mean(line: str) -> None:
    name, question, typed, *wanted = line.split(" ")
    programme = library().named(name)
    assert programme
    reading = programme.leading.questions[question].parse(Given(text=typed), None, HERE)
    assert came(reading) == " ".join(wanted), reading


def test_every_option_is_still_found_by_its_own_name_and_by_all_that_it_is_called() -> None:
    wrong = []
    for programme in library().offered:
        for form in programme.forms:
            for question in form.questions.values():
                if not isinstance(question, OptionsQuestion):
                    continue
                for option in question.known:
                    for name in option.named:
                        reading = question.parse(Given(text=name), None, Circumstances(today=HERE.today))
                        if option.value not in str(getattr(reading, "value", getattr(reading, "draft", ""))):
                            wrong.append((programme.id, question.id, name))
    assert wrong == []
