"""What the kinds that take files have in common."""

from __future__ import annotations

from forms.attachment import Attachment, Detail, Media
from forms.kinds.base import Given, Problem, Value
from forms.message import Message, Own, say

#: What iPhones take photos in unless told otherwise.
_IPHONE = (".heic", ".heif")
#: A live photo's film lasts three seconds.
_LIVE = 5.0
#: What a file is called, as people know it.
NAMES: dict[Detail, Message] = {
    "word97": say("旧版 Word 文档（.doc）"),
    "wps": say("WPS 文字文档（.wps）"),
    "rtf": say("RTF 文档"),
    "odt": say("OpenDocument 文档（.odt）"),
    "pages": say("苹果 Pages（或 Numbers、Keynote）文稿"),
    "html": say("网页文件（HTML）"),
    "web_archive": say("单个文件网页（MHT）"),
    "word_xml": say("Word XML 文档"),
    "plain_text": say("纯文本"),
    "ofd": say("OFD 版式文件"),
    "xps": say("XPS 文件"),
    "epub": say("电子书（EPUB）"),
    "hwp": say("韩文 HWP 文档"),
    "xls": say("旧版 Excel 或 WPS 表格（.xls、.et）"),
    "xlsx": say("Excel 表格（.xlsx）"),
    "ods": say("OpenDocument 表格（.ods）"),
    "ppt": say("旧版 PPT 幻灯片（.ppt、.dps）"),
    "pptx": say("PPT 幻灯片（.pptx）"),
    "odp": say("OpenDocument 幻灯片（.odp）"),
    "picture": say("图片"),
    "svg": say("SVG 图形"),
    "psd": say("Photoshop 文件（PSD）"),
    "raw_photo": say("相机 RAW 原片"),
    "metafile": say("Windows 图元文件（WMF、EMF）"),
    "postscript": say("PostScript 文件（EPS、AI）"),
    "cad": say("CAD 图纸（DWG）"),
    "jpeg_xl": say("JPEG XL 图片"),
    "jpeg_2000": say("JPEG 2000 图片"),
    "film": say("视频"),
    "other_film": say("另一种格式的视频（AVI、WMV、MKV 一类）"),
    "sound": say("只有声音的文件"),
    "archive": say("压缩包"),
    "program": say("程序"),
    "shortcut": say("快捷方式"),
    "pdf": say("PDF 文件"),
    "docx": say("Word 文档（docx）"),
}
_UNREAD = {
    "formula": say("公式"),
    "symbol": say("特殊符号"),
    "insert": say("插入的另一份文档"),
    "object": say("图表或嵌入的文件"),
}
_MOST_MISSING = 5  # places told of one document
#: What can be saved as a Word document by the program it was written in.
_TEXTS = frozenset(
    {"word97", "wps", "rtf", "odt", "pages", "html", "web_archive", "word_xml", "ofd", "xps", "epub", "hwp"}
)
_TABLES = frozenset({"xls", "xlsx", "ods", "ppt", "pptx", "odp"})
_DRAWINGS = frozenset({"svg", "psd", "raw_photo", "metafile", "postscript", "cad", "jpeg_xl", "jpeg_2000"})
_TO_WORD = say(
    "请用原来的软件打开，点“文件→另存为”，选 Word 文档（.docx）再发；或者复制文字，直接粘贴到这里。"
)
_TO_PASTE = say("请复制里面的文字，直接粘贴到这里。")
_TO_PDF = say("请用原来的软件打开，“导出”或“打印”成 PDF 再发；或者打印出来拍成照片发。")
_TO_JPEG = say("请用看图软件打开，另存为 JPG 再发；或者在手机上打开，截个图发。")
_TO_MP4 = say("请用剪映一类的软件打开，导出成 mp4 再发。")
_UNPACK = say("请先解压，再把里面的文件一个一个发。")


def received(given: Given, media: tuple[Media, ...], wanted: Message) -> Attachment | Problem:
    """The file that was sent, or why it is not what is wanted. `wanted` says how to send the right one."""
    attachment = given.attachment
    if attachment is None:
        return Problem(wanted)
    if attachment.trouble:
        return Problem(_sentence(attachment, media, wanted))
    if attachment.media not in media:
        return Problem(_misplaced(attachment, media, wanted))
    return attachment


def facts(attachment: Attachment, *names: str) -> dict[str, Value]:
    """What an answer keeps of a file: what it is, and the named measurements as far as they are known."""
    kept = attachment.model_dump(include={"file", "name", "mime", "size", *names})
    return {name: value for name, value in kept.items() if value is not None}


def missing(attachment: Attachment) -> tuple[Message, ...]:
    """What of a document's text could not be read, each with its place."""
    return tuple(
        say(
            "“{after}”后面的{what}读不出来，没有收进来。请用文字补上。",
            after=Own(each.after),
            what=_UNREAD[each.what],
        )
        if each.after
        else say("开头的{what}读不出来，没有收进来。请用文字补上。", what=_UNREAD[each.what])
        for each in (attachment.unread or ())[:_MOST_MISSING]
    )


def megabytes(size: int) -> str:
    """A size in bytes as people read it: 4.2 MB, 180 KB."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(size // 1024, 1)} KB"


def _misplaced(attachment: Attachment, media: tuple[Media, ...], wanted: Message) -> Message:
    """A good file of another medium than the one that is wanted."""
    name = Own(attachment.name)
    if attachment.media == "video" and "image" in media and (attachment.seconds or 0) <= _LIVE:
        return say(
            "“{name}”是一小段视频，不是照片（实况照片会带一段）。请在相册里选那张照片本身再发。", name=name
        )
    if attachment.media == "pdf" and media == ("text",):
        return say(
            "“{name}”是 PDF 文件，里面的文字读不出来。请发 Word 文档（docx），或者复制文字，直接粘贴到这里。",
            name=name,
        )
    return say("“{name}”不是这里要的文件。{wanted}", name=name, wanted=wanted)


def _sentence(attachment: Attachment, media: tuple[Media, ...], wanted: Message) -> Message:
    name = Own(attachment.name)
    sentence = _told(attachment, name)
    if sentence:
        return sentence
    what, way = (
        NAMES.get(attachment.detail) if attachment.detail else None,
        _way(attachment.detail, media, wanted),
    )
    match attachment.trouble:
        case "empty":
            return say("“{name}”是空的，里面什么也没有。请重新选一次文件再发。", name=name)
        case "too_large":
            size = megabytes(attachment.size)
            return say("“{name}”太大了（{size}）。请压缩或换一个小一些的再发。", name=name, size=size)
        case "too_many_pixels":
            return say(
                "“{name}”的尺寸太大，打不开。请在手机上打开它截个图，发截图；"
                "或者把相机的“高像素”（5000万、1亿、2亿）关掉，重新拍一张。",
                name=name,
            )
        case "unreadable":
            return say("“{name}”打不开，可能没传完整或已损坏。请重新发一次，或换一份。", name=name)
        case "disguised" if what:
            return say(
                "“{name}”的内容其实是{what}，和后缀名对不上，不能收。{way}", name=name, what=what, way=way
            )
        case "disguised":
            return say("“{name}”的内容和后缀名对不上，不能收。{wanted}", name=name, wanted=wanted)
        case "locked" if "text" in media:
            return say("“{name}”加了密码，打不开。请去掉密码再发，或者复制文字，直接粘贴到这里。", name=name)
        case "locked":
            return say("“{name}”加了密码，打不开。请去掉密码再发，或拍成照片发。", name=name)
        case _ if what:
            return say("“{name}”是{what}，这里收不了。{way}", name=name, what=what, way=way)
        case _:
            return say("“{name}”这种文件收不了。{wanted}", name=name, wanted=wanted)


def _told(attachment: Attachment, name: Own) -> Message | None:
    """What is the matter where that is known more exactly than by the trouble."""
    apple = name.casefold().endswith(_IPHONE) or attachment.mime == "image/heif"
    if apple and attachment.trouble in ("unknown_type", "disguised", "unreadable"):
        return say(
            "“{name}”是苹果手机的照片格式（HEIC），没能打开，可能没传完整。请在手机上截个图再发；"
            "或者到“设置→相机→格式”选“兼容性最佳”，重新拍一张。",
            name=name,
        )
    match attachment.detail:
        case "cut_off":
            return say("“{name}”没有传完整，后面一截缺了。请等它下载完，再重新发一次。", name=name)
        case "no_pages":
            return say("“{name}”里一页也没有。请重新导出 PDF 再发，或拍成照片发。", name=name)
        case "fields_only":
            return say(
                "“{name}”是动态表单（XFA），只有 Adobe Reader 打得开。请在那里“打印”成 PDF 再发，或拍成照片发。",
                name=name,
            )
        case "only_pictures":
            return say(
                "“{name}”里只有图片、公式一类，没有文字。请把文字打出来，或复制文字直接粘贴到这里。",
                name=name,
            )
        case "long_text":
            return say("“{name}”里的文字太多，一次收不下。请只留要填的这一部分，或分成几份发。", name=name)
        case "many_pages":
            return say("“{name}”的页数太多。请只留要交的那几页再发。", name=name)
        case "sound" if attachment.media == "video":
            return say("“{name}”里只有声音，没有画面。请换一个有画面的视频再发。", name=name)
    return None


def _way(detail: Detail | None, media: tuple[Media, ...], wanted: Message) -> Message:
    """What would be right instead of such a file, where `media` are wanted."""
    if detail == "archive":
        return _UNPACK
    if "text" in media:
        if detail in _TEXTS:
            return _TO_WORD
        return _TO_PASTE if detail in _TABLES or detail == "plain_text" else wanted
    if "pdf" in media and (detail in _TEXTS or detail in _TABLES or detail in ("docx", "cad", "plain_text")):
        return _TO_PDF
    if "image" in media and detail in _DRAWINGS:
        return _TO_JPEG
    return _TO_MP4 if "video" in media and detail == "other_film" else wanted
