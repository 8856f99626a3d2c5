"""What an office takes along: the summary table of a programme, or packets, made in the background."""

from __future__ import annotations

from dialogs.desk.desk_scene import DeskView, ExportBrief
from dialogs.desk.press import button
from dialogs.turn import Button, Card, Say, Screen, Tone
from forms.message import Own, say

_TONES: dict[str, Tone] = {"ready": "met", "failed": "problem", "recalled": "problem", "expired": "note"}


def screen(view: DeskView) -> Screen:
    """What can be ordered, and how far what was ordered is."""
    words, scene = view.words, view.scene
    parts = [Say(words(say("导出在后台做，做好了告诉您，别的照办。")))]
    parts.extend(Say(words(each.told), _TONES.get(each.state, "pending")) for each in scene.exports)
    buttons: list[Button] = []
    if view.may("export"):
        for programme, title in scene.programmes:
            name = Own(title)
            buttons.append(button("table", words(say("汇总表：{title}", title=name)), programme, "option"))
            buttons.append(
                button("packets", words(say("全部材料包：{title}", title=name)), programme, "option")
            )
        if not scene.programmes:
            parts.append(Say(words(say("还没有收到过件，没有可以导出的。")), "note"))
    else:
        parts.append(Say(words(say("您的席位不能导出。要用，请找负责人或经办人。")), "note"))
    if any(each.state in {"waiting", "making"} for each in scene.exports):
        buttons.insert(0, button("exports", words(say("看看做到哪了")), style="primary"))
    back = button("board", words(say("回到看板")), style="plain" if buttons else "primary")
    ready = tuple(_card(each) for each in scene.exports if each.state == "ready" and view.may("export"))
    return Screen(tuple(parts), (*buttons, back), cards=ready)


def _card(export: ExportBrief) -> Card:
    """A finished export, at an address of its own."""
    return Card(
        f"export_{export.id}",
        export.name,
        export.name,
        format="xlsx" if export.kind == "table" else "zip",
        address=f"/exports/{export.id}",
    )
