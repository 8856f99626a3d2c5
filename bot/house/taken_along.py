"""An export as people meet it: how far it is, in words, and what kind of file it is."""

from __future__ import annotations

from bot.house.documents import ZIP
from bot.house.troubles import words
from forms.hours import clock
from forms.kinds.taking_files import megabytes
from forms.message import Message, Own, say
from forms.sheet import XLSX
from storage.exports import Export


def mime_of(export: Export) -> str:
    """Its media type."""
    return XLSX if export.kind == "table" else ZIP


def told(export: Export) -> Message:
    """How far an export is, in words."""
    match export.state:
        case "waiting":
            return say("在排队，马上开始做。共{of}份。", of=len(export.cases))
        case "making":
            return say("正在做：{done}/{of}份。", done=export.done, of=len(export.cases))
        case "ready":
            return say(
                "做好了：{name}（{size}）。{when}以前可以下载，断了可以接着下。",
                name=Own(export.name),
                size=megabytes(export.size or 0),
                when=clock(export.expires),
            )
        case "failed":
            return words(export.name)
        case _:
            why = words("export_recalled" if export.state == "recalled" else "export_over")
            return say("{name}：{why}", name=Own(export.name), why=why) if export.name else why
