"""What lies in an archive of packets: a list for people and one for programs, each file with its SHA-256."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.house.devices import minute
from forms.archive_names import TOP, Named
from forms.programme import Programme

#: A list that old editors on Windows show rightly, too.
_MARK, _END = "\ufeff", "\r\n"


@dataclass(eq=False)
class Entry:
    """A case in the archive: which of them, whom it is about, where they work, and what is lacking, with why."""

    number: int
    case: str
    folder: Named = TOP
    name: str = ""
    unit: str = ""
    lacking: list[tuple[str, str]] = field(default_factory=list)

    def lacks(self, what: str, why: str) -> None:
        """Something is not there, or not whole; "" is all of the case."""
        self.lacking.append((what, why))


@dataclass(eq=False)
class Member:
    """A file of the archive: what it is, what its sender called it; bytes and SHA-256 once it is written."""

    entry: Entry | None
    named: Named
    title: str
    sent_as: str = ""
    digest: str = ""
    size: int = 0

    def lacks(self, why: str) -> None:
        """It is not there, or not whole."""
        if self.entry is not None:
            self.entry.lacks(self.title, why)


def as_json(
    programme: Programme, office: str, at: datetime, entries: Sequence[Entry], members: Sequence[Member]
) -> bytes:
    """The manifest. A full name stands where the one in the archive was shortened or mended."""
    manifest = {
        "format": 1,
        "programme": {"id": programme.id, "title": programme.title},
        "office": office,
        "made": at.isoformat(timespec="seconds"),
        "cases": [
            {
                "number": entry.number,
                "case": entry.case,
                "name": entry.name,
                "unit": entry.unit,
                **_where(entry.folder, "folder"),
                "lacking": [{"what": what, "why": why} for what, why in entry.lacking],
            }
            for entry in entries
        ],
        "files": [
            {
                **_where(member.named, "path"),
                "sha256": member.digest,
                "size": member.size,
                "what": member.title,
                **({"case": member.entry.number} if member.entry else {}),
                **({"sent_as": member.sent_as} if member.sent_as else {}),
            }
            for member in members
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode(errors="backslashreplace")


def as_text(
    title: str, office: str, at: datetime, entries: Sequence[Entry], members: Sequence[Member]
) -> bytes:
    """The list for people: case by case, what is there, what is lacking, what was shortened."""
    own: dict[int, list[Member]] = {}
    for member in members:
        if member.entry:
            own.setdefault(member.entry.number, []).append(member)
    lacking = sum(1 for entry in entries if entry.lacking)
    lines = [
        title,
        f"{office}　{minute(at).replace('T', ' ')}　共{len(entries)}份申报，{len(members)}个文件",
        "每个文件的大小和校验值（SHA-256）在 manifest.json 里。太长的名字已经截短，全称写在这里。",
        f"有{lacking}份不齐，缺什么写在各份下面。" if lacking else "每一份都齐全。",
    ]
    for entry in entries:
        lines += ["", f"{entry.number}　{entry.name or entry.case}　{entry.unit}".rstrip()]
        lines += [f"  缺：{what}　{why}" if what else f"  缺：{why}" for what, why in entry.lacking]
        if entry.folder.changed:
            lines.append(f"  文件夹：{entry.folder.path}　全称：{entry.folder.full}")
        for member in own.get(entry.number, ()):
            lines += _lines(member)
    return (_MARK + _END.join([*lines, ""])).encode(errors="backslashreplace")


def _lines(member: Member) -> list[str]:
    name, full = (each.rpartition("/")[2] for each in (member.named.path, member.named.full))
    sent = f"　（原名：{member.sent_as}）" if member.sent_as else ""
    return [f"  {name}{sent}", *([f"    全称：{full}"] if name != full else [])]


def _where(named: Named, what: str) -> dict[str, str]:
    """Where something lies, and where it would lie by its full name."""
    return {what: named.path, **({f"full_{what}": named.full} if named.changed else {})}
