"""Ready-made reasons for sending an answer back, by its kind and by what is found about it: short, and each says what
would be right.

A kind has none of a sort that makes no sense for it: half an ID number is never taken, and none goes out of date.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms.message import Message, say

_MISSPELT = say("有错别字，请改一下。")
_UNLIKE_PROOF = say("和证书、证明上的不一样，请照证书、证明写。")
_OTHER_DAY = say("时间和证书、证明上的不一样，请照证书、证明写。")
_DISORDER = say("这个时间和前后填的对不上，请核对。")
_REISSUED = say("证书换发过，请写新证书上的时间。")
_CHOSEN_WRONG = say("选的和证书、证明上的不一样，请核对以后再选。")
_CHANGED = say("情况已经变了，请按现在的选。")
_UNREADABLE = say("拍得看不清，请在亮的地方重拍一张。")
_CANNOT_PLAY = say("视频放不出来，请重新发一个。")
_NOT_ASKED_FILM = say("视频里拍的不是要求的内容，请重拍。")
_SHORT_FILM = say("视频没拍全，请把整个过程拍下来。")
_OLD_FILM = say("视频是以前拍的，请换新拍的。")

#: By kind of question and by sort: wrong, missing, outdated.
REASONS: Mapping[str, Mapping[str, tuple[Message, ...]]] = {
    "text": {
        "wrong": (_UNLIKE_PROOF, _MISSPELT),
        "missing": (say("请写全称，和公章、证书上的一样。"),),
        "outdated": (say("这是以前的，请写现在的。"),),
    },
    "name": {
        "wrong": (say("姓名和身份证上的不一样，请照身份证写。"), _MISSPELT),
        "missing": (say("姓名没写全，请照身份证写全。"),),
        "outdated": (say("这是改名以前的，请写现在身份证上的姓名。"),),
    },
    "id-number": {
        "wrong": (
            say("号码和身份证复印件上的不一样，请照身份证重打一遍。"),
            say("这个号码不是本人的，请填本人的身份证号。"),
        ),
    },
    "phone": {
        "wrong": (say("这个号码打不通，请核对。"), say("接电话的不是本人，请填找得到本人的号码。")),
        "missing": (say("座机请加上区号。"),),
        "outdated": (say("这个号码停用了，请填现在用的。"),),
    },
    "place": {
        "wrong": (say("和身份证、户口簿上的不一样，请核对。"), _MISSPELT),
        "missing": (say("没写全，请写到县（市、区）。"),),
        "outdated": (say("这个地名改过了，请写现在的地名。"),),
    },
    "month": {
        "wrong": (_OTHER_DAY, _DISORDER),
        "outdated": (_REISSUED,),
    },
    "date": {
        "wrong": (_OTHER_DAY, _DISORDER),
        "missing": (say("请写到哪一天。"),),
        "outdated": (_REISSUED,),
    },
    "number": {
        "wrong": (
            say("数字和证明上的不一样，请核对。"),
            say("单位看错了，请按题目里的单位填。"),
        ),
        "missing": (say("只算了一部分，请把全部的加在一起。"),),
        "outdated": (say("这是以前的数字，请填最新的。"),),
    },
    "yes-no": {
        "wrong": (say("和证明上的不一样，请核对以后再答。"),),
        "outdated": (say("情况已经变了，请按现在的答。"),),
    },
    "choice": {
        "wrong": (_CHOSEN_WRONG,),
        "outdated": (_CHANGED,),
    },
    "choices": {
        "wrong": (_CHOSEN_WRONG, say("多选了，没有证明的请去掉。")),
        "missing": (say("没选全，符合的都要选上。"),),
        "outdated": (_CHANGED,),
    },
    "records": {
        "wrong": (
            say("有一行和证书、证明上的不一样，请核对。"),
            say("起止时间对不上，请一行一行核对。"),
        ),
        "missing": (say("没写全，请把漏掉的一行一行补上。"), say("中间有一段时间空着，请补上。")),
        "outdated": (say("最近的还没有写，请补到现在。"),),
    },
    "prose": {
        "wrong": (
            say("和证书、证明对不上，请核对。"),
            say("写的是大家一起做的，请写清楚您本人做了什么。"),
            _MISSPELT,
        ),
        "missing": (
            say("写得太少，请写清楚怎么做的、结果怎么样。"),
            say("请补上时间和数字。"),
        ),
        "outdated": (say("写的都是以前的，请补上最近几年的。"),),
    },
    "photo": {
        "wrong": (say("照片不合要求，请换一张正面的证件照。"), say("照片底色不对，请照要求的底色换一张。")),
        "missing": (say("头和肩没有拍全，请换一张。"),),
        "outdated": (say("照片太旧了，请换一张近期的。"),),
    },
    "scans": {
        "wrong": (_UNREADABLE, say("拍的不是要的那一份，请换成要的。")),
        "missing": (say("少了页，请每一页都拍。"), say("盖章的那一页没有拍到，请补拍。")),
        "outdated": (say("这份过了有效期，请换有效的。"),),
    },
    "video": {
        "wrong": (_CANNOT_PLAY, _NOT_ASKED_FILM),
        "missing": (_SHORT_FILM,),
        "outdated": (_OLD_FILM,),
    },
    "videos": {
        "wrong": (_CANNOT_PLAY, _NOT_ASKED_FILM),
        "missing": (say("少了一段视频，请补发。"), _SHORT_FILM),
        "outdated": (_OLD_FILM,),
    },
}

#: All of their texts: what staff took as it is can be put into other languages.
READY_MADE = frozenset(
    str(reason) for sorts in REASONS.values() for reasons in sorts.values() for reason in reasons
)


def ready_made(kind: str, sort: str) -> tuple[Message, ...]:
    """What may be said of an answer of this kind; nothing where the sort makes no sense for it."""
    return REASONS.get(kind, {}).get(sort, ())
