"""Screens with rows, as the desk has them, of people that do not exist."""

from __future__ import annotations

from dialogs.desk.press import button
from dialogs.turn import Mark, Row, Say, Screen, Table

HEADS = ("姓名", "单位", "项目", "编号", "截止", "到件", "在谁手里", "要看什么")
TITLE = "南宁市总工会 · 现在该办"
PROGRAMME = "2026年“南宁工匠”"
_PEOPLE = (
    ("陆建华", "南宁轨道交通集团有限责任公司", "韦丽", "2条待核实、差1样纸质", "overdue"),
    ("买买提·吐尔逊", "广西建工第一建筑工程集团有限公司机电设备安装分公司", "—", "差3样纸质", "new"),
    ("黄小兰", "南宁市第一人民医院", "—", "齐全", "new"),
    ("莫振邦", "—", "韦丽", "改后第2次交、1条待核实", ""),
    ("李卫国", "广西南南铝加工有限公司", "卢志强", "齐全", ""),
    ("覃慧敏", "广西广播电视技术中心南宁分中心", "—", "1条待核实", ""),
    ("农丽", "南宁供电局", "韦丽", "差1样纸质", ""),
    ("梁天宝", "上汽通用五菱汽车股份有限公司南宁基地总装车间", "—", "齐全", ""),
    ("罗春燕", "南宁百货大楼股份有限公司", "—", "3条待核实、差2样纸质", ""),
    ("蒙大勇", "广西路桥工程集团有限公司", "卢志强", "改后第3次交", ""),
)


def board(rows: int = 10, revision: int = 7) -> Screen:
    """The board with so many rows, at most ten; without any it says so."""
    told = Table(HEADS, tuple(_row(at) for at in range(rows)), frozenset({0, 1}), (0, 1, 2, 3, 7))
    trays = (
        "新到 2",
        "分给我的 3",
        "退回去的 12",
        "待核实 4",
        "齐全可办 3",
        "过期 1",
        "有人留言 1",
        "办完的 99+",
    )
    buttons = (
        *((button("page", "下一页", "s20"),) if rows >= len(_PEOPLE) else ()),
        *(button("tray", label, f"t{at}") for at, label in enumerate(trays)),
        button("menu", "更多"),
    )
    hint = Say("打姓名、单位、编号、身份证号或拼音，就能找人。", "note")
    body = told if rows else Say("眼下没有要办的。有人递交，会列在这里。", "note")
    return Screen((Say(TITLE), body, hint), buttons, revision=revision, title="南宁市总工会", who="a" * 16)


def _row(at: int) -> Row:
    name, unit, holder, wants, mark = _PEOPLE[at]
    number = f"NN26-{at + 1:04}"
    told: Mark = "overdue" if mark == "overdue" else "new" if mark else ""
    cells = (name, unit, PROGRAMME, number, f"6月{12 + at * 2}日", f"6月{at + 1}日", holder, wants)
    return Row(cells, button("open", f"打开{name}（{number}）", f"s{at}"), told, f"打开{number}")


_STORY = (
    "2008年7月参加工作，在车间当钳工学徒。2012年起独立承担盾构机刀盘的维修，先后解决了泥饼堵塞、"
    "主轴承密封失效等难题十一项，带出徒弟九人，其中三人获得技师资格。"
)


def comparison() -> Screen:
    """What was answered before and now, with long texts; its rows open nothing."""
    rows = (
        Row(
            (
                "主要事迹（简述）",
                _STORY,
                _STORY.replace("十一项", "十三项") + "为单位节约费用约120万元。",
                "写了几项，请再核对数字；写明节约了多少。",
            )
        ),
        Row(("工作单位", "南宁轨道", "南宁轨道交通集团有限责任公司", "单位要写全称，和公章一样。")),
        Row(("从事本工种的时间", "（没有填）", "2010年6月", "没写从什么时候开始。")),
        Row(
            (
                "何时何地受过何种奖励",
                "2015年 南宁市技术能手\n2018年 广西五一劳动奖章",
                "2015年12月 南宁市技术能手（南宁市总工会）\n2018年4月 广西五一劳动奖章（自治区总工会）",
                "",
            )
        ),
    )
    heads = ("哪一项", "上一次", "这一次", "当时的意见")
    buttons = (button("case", "回到这一件", style="primary"),)
    parts = (Say("和上一次不一样的：4处"), Table(heads, rows))
    return Screen(parts, buttons, revision=9, title="南宁市总工会", who="a" * 16)
