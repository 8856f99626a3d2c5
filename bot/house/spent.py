"""Why a link that asked somebody in opens nothing, or nothing any more, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.house.joining import Met
from bot.house.switching import switch
from forms.message import Message, say
from storage import interviews, invitations
from storage.interviews import Speaker
from storage.unit import Unit


def spent(unit: Unit, speaker: Speaker | None, digest: str, now: datetime) -> Met:
    """A link that opens nothing, or nothing any more: why, and what to do."""
    part = invitations.invited_by(unit, digest)
    row = invitations.of_party(unit, part) if part else None
    if row is None:
        return Met((_UNKNOWN,), "problem")
    if row.standing in _ENDINGS:
        return Met((_ENDINGS[row.standing],), "problem")
    if row.person and speaker and row.person == speaker.person:
        mine = interviews.of_party(unit, row.party)
        if mine and mine.interview != speaker.interview:
            switch(unit, speaker, speaker.state, mine.interview, now)
        return Met((_OWN_ALREADY,))
    if row.person:
        return Met((_USED,), "problem")
    if row.digest != digest:
        return Met((_REPLACED,), "problem")
    stands = row.expires is not None and row.expires > now
    return Met((_AGAIN if stands else _EXPIRED,), "problem")


_UNKNOWN = say("这个邀请链接这里没有，打不开。请核对是不是发给您的那一个，或者请对方再发一个新链接。")
_USED = say(
    "这个链接已经用过了，只能用一次。是您自己点过“是我”的，打上恢复码就能回来接着写；没点过的，请对方再发一个新链接。"
)
_OWN_ALREADY = say("这个链接您已经用过了，不用再点，接着往下写就行。")
_REPLACED = say("这个链接对方换过了，打不开。请用对方最新发来的那一个。")
_AGAIN = say("问您的那句话放得太久了。愿意的话，请把邀请链接再点一次。")
_EXPIRED = say("这个链接过期了，打不开。还愿意的话，请对方再发一个新链接。")
_ENDINGS: Mapping[str, Message] = {
    "declined": say("这个邀请已经婉拒了。改主意了，请对方再发一个新链接。"),
    "revoked": say("对方已经撤回这个邀请，不用写了。有疑问请直接问对方。"),
    "withdrawn": say("这一份已经退出了。还愿意的话，请对方再发一个新链接。"),
}
