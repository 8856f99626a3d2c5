"""Words that people type instead of pressing a button, in both languages."""

from __future__ import annotations

_WORDS: dict[str, str] = {
    "back": "上一步 返回 后退 上一题 back /back",
    "skip": "跳过 略过 没有就跳过 skip /skip",
    "keep": "不改 不改，继续 保留 继续 keep",
    "help": "帮助 怎么填 help /help ? ？",
    "summary": "检查 检查答案 汇总 预览 review /review 全部答案",
    "verdicts": "条件 符合吗 条件对照 verdicts",
    "papers": "材料 材料清单 papers",
    "points": "未明之处 没说清的 通知没说清 /points",
    "menu": "菜单 menu /menu /start",
    "mine": "我的申报 /mine",
    "restart": "重新开始 重填 start over /restart",
    "stop": "保存 退出 保存退出 /cancel 明天再填",
    "language": "语言 language /language english 中文",
    "confirm": "是 对 是的 对的 没错 好 yes ok",
    "again": "不对 不是 重填 no",
    "finish": "确认 提交 完成",
}

COMMANDS: dict[str, str] = {}
for _verb, _words in _WORDS.items():
    for _word in _words.split(" "):
        COMMANDS.setdefault(_word, _verb)


def command(text: str) -> str:
    """The verb that a typed text stands for, or ""."""
    return COMMANDS.get(text.strip().rstrip("。.!！").casefold(), "")
