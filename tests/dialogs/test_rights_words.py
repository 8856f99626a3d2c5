"""Whoever asks who looked, what they agreed to or what is kept of them is shown that, in whatever words; answers stay answers."""

from __future__ import annotations

import re

import pytest

from dialogs import rights_words
from dialogs.command_words import command
from tests.dialogs.hall import at

LOOKED = """
谁看过我的材料
谁看了我的申报表？
请问谁看过我的资料啊
谁能看到我的材料
谁看过
都有谁看过我的材料
我的材料被谁看过
我的资料谁看了
我的材料有人看过吗
有没有人看过我的材料
有没有人看我的资料
有人看过我的材料没有
有人看过吗
工会看了我的材料吗
工会有没有看过我的材料
工会看过我的材料没
你们谁看了我的身份证
哪些人看过我的信息
哪个工会看过我的材料
我交的材料谁看过
我交上去的材料都有谁看过
我填的东西都给谁看了
我的信息给谁看过
我的照片被谁下载过
谁下载了我的证书
谁打开过我的申报
谁动过我的材料
我想知道谁看过我的材料
查一下谁看了我的材料
看看谁看过我的材料
能不能查到谁看过我的资料
材料的查看记录
我的材料查看记录
访问记录
浏览记录
我的材料被看过没有
我的材料是不是被人看过了
别人能看到我的材料吗
什么人可以看我的资料
老师，谁看过我的材料呀？
领导看过我的材料吗
who looked at my papers
Who has seen my data?
who's seen my documents
who viewed my application
who can see my data
who has looked at my application?
has anyone looked at my papers
did anybody open my files?
did the union look at my application
I want to know who looked at my papers
access log
show me who accessed my data
who saw my id
谁看了我材料
我材料谁看过
查查谁查过我的信息
有几个人看过我的材料
县总工会看过我的材料吗
总工会的人看了我的材料没有
都有哪些人能看到我的身份证
我的身份证谁能看到
是谁看了我的材料
谁偷看我的资料
我的表有没有人看
有谁看过
看过我材料的有谁
看过我的材料的人有哪些
谁把我的资料导出去了
who read my application
who has access to my data
who's looking at my papers
list who viewed my file
"""
CONSENTS = """
撤回同意
我要撤回同意
我想撤回我的同意
撤回我之前的同意
撤回对身份证照片的同意
取消授权
我要取消授权
把授权撤了
我之前同意的能撤回吗
同意了还能反悔吗
同意了还能撤回吗
同意以后能不能撤回
同意能撤回吗
同意书怎么撤回
怎么撤回授权
我不同意了
我后悔同意了
我现在不同意了
我不想让你们用我的信息了
不要再用我的资料了
别用我的个人信息了
停止使用我的个人信息
不许你们收集我的信息
我同意过什么
我都同意了什么
我同意了哪些
我到底同意了些什么
我当初授权了什么
我授权了哪些内容
看看我同意过什么
我的授权
我的同意记录在哪里
同意记录
收回我的授权
撤销个人信息授权
我签的同意书能作废吗
刚才点的同意想撤回
把我的同意全部撤回
withdraw my consent
I want to withdraw my consent.
how do I withdraw consent
can I revoke my consent?
I'd like to take back my consent
cancel my permission
I no longer agree
I don’t agree anymore
what did I agree to?
what have I consented to
stop using my data
my consents
my consent
我想取消同意
我反悔了，不想同意了
怎样才能撤回同意
撤回身份证照片的同意
我要撤回身份证照片的授权
能撤回同意不
我答应过什么
不同意你们用我的信息了
我不愿意再让你们用我的信息
之前点了同意，现在想撤回
收回同意
i changed my mind about consent
revoke consent
"""
KEPT = """
你们存了我什么
你们存了我哪些信息
你们都存了我些什么
你们有我什么资料
你们保存了我的什么信息
这里存着我的什么
这里都留了我什么东西
收集了我哪些信息
你们收集了我哪些个人信息？
我的信息你们存了哪些
我的资料都存了什么
关于我你们存了什么
系统里有我哪些数据
你们知道我什么
你们都知道我些什么
看看你们存的我的信息
把我的资料发给我一份
我的资料打包发给我
我想拷一份我的资料
导出我的数据
我要一份我的数据
你们手里有我的什么材料
你们留了我什么
what do you keep of me
What do you know about me?
what data do you have about me
what information do you store on me
what have you stored about me
give me a copy of my data
send me my data
I want a copy of my information
我都给你们留了什么信息
你这里有我什么信息
存了我啥
你们掌握了我多少信息
我的哪些信息被保存了
我的个人信息被收集了哪些
你们记了我啥
系统存了我哪些东西
我想看看我的数据
把你们存的我的资料给我一份
which data do you keep about me
what do you have on me
show me what you have about me
all the data you have about me
"""
ANSWERS = """
领导看过我的材料
我看过的人都说好
专利授权了
发明专利授权了哪些
同意
不同意
单位同意推荐
同意推荐
撤回
撤销
查看
记录
我的工作是记录
我带过谁
谁带的我
带徒弟看图纸
设备运行记录
浏览器开发
数据中心存储
有人看护设备
看守所
取消了进口依赖
领导看了都同意
撤销违章
取消行政许可
我的授权专利
有三项授权专利
存了三十万
我有什么
我有什么说什么
我知道什么
保存资料
收集资料
查看图纸
打印材料
下载资料
看图纸、下料
看过
有什么
没有什么
I don't agree
I agree
who
我的材料
照片
我带徒弟看材料
有人吗
谁能帮我
哪个部门
哪个单位
我知道
我想改
我要改
想看前面填的
审核员看了我的方案都说行
专家看过我的作品
不要照片
不想发
我不想给你们看身份证
有关我的报道
我的简历有什么问题
填什么
要什么材料
我要交什么材料
你们要我什么材料
存档案
你们要收集我哪些信息
我答应过徒弟
存了什么
我记录什么
我的材料有哪些
谁看护设备
我的设备有人看吗
有人管吗
谁说了算
我的工作有人接吗
撤销处分
取消同意书模板
已授权专利三项
单位给我授权管理
单位的同意书怎么写
同意书怎么写
同意书要盖章吗
谁来盖章
谁审核我的材料
谁写推荐函
我的照片可以吗
材料谁交
我的材料交给谁
工会收到了吗
我看过说明书了
"""
ASKED = [
    (words, page)
    for said, page in ((LOOKED, "looked"), (CONSENTS, "consents"), (KEPT, "mydata"))
    for words in said.strip().split("\n")
]


@pytest.mark.parametrize(("words", "page"), ASKED)
def test_it_is_asked_for_as_people_type_it(words: str, page: str) -> None:
    assert command(words) == command(f"  {words}！") == page


@pytest.mark.parametrize("words", ANSWERS.strip().split("\n"))
def test_what_only_looks_like_it_opens_none_of_them(words: str) -> None:
    assert command(words) not in {"looked", "consents", "mydata"}


@pytest.mark.parametrize(
    ("words", "page"),
    [("工会看过我的材料没", "looked"), ("同意了还能反悔吗", "consents"), ("你们存了我什么", "mydata")],
)
def test_at_a_question_it_opens_the_page_and_is_no_answer(words: str, page: str) -> None:
    person = at("employer")
    before = person.interview.answers
    person.says(words)
    assert person.interview.page == page
    assert person.interview.answers == before


@pytest.mark.parametrize("words", ["有人看护设备", "取消行政许可"])
def test_at_a_question_words_that_ask_nothing_are_the_answer(words: str) -> None:
    person = at("employer")
    person.says(words)
    assert person.interview.answers["employer"] == words
    assert person.interview.page == ""


@pytest.mark.parametrize("pattern", ["LOOKED", "CONSENTS", "KEPT"])
def test_no_run_of_their_own_words_is_read_in_ways_without_number(pattern: str) -> None:
    sentence = getattr(rights_words, pattern)
    for token in sorted(set(re.findall(r"[\u4e00-\u9fff]+|[a-z]+", sentence))):
        assert not re.fullmatch(sentence, (token * 40)[:39] + "。")
