"""Hostile texts by kind. Each is one thing that a person could paste into an answer."""

from __future__ import annotations

from functools import cache

#: What nobody may fetch or read: filled in with what a test watches.
URL, FILE = "http://canary.invalid/canary.svg", "/nonexistent/canary.svg"

_NAME = "陆建华"


# Lists read better in lines than one by one.
# fmt: off

@cache
def by_kind(url: str = URL, file: str = FILE) -> dict[str, tuple[str, ...]]:
    """Texts by kind; `url` and `file` are what they try to have fetched and read."""
    kinds = {
        "control": _control(),
        "line ends": (*(f"上{end}下" for end in "\n\r\t\v\f\x85\u2028\u2029"), "\r\n" * 40, " \t " * 30),
        "bidi": _bidi(), "zero width": tuple(f"陆{chr(code)}建华" for code in _ZERO_WIDTH),
        "fillers and tags": _fillers(),
        "surrogates": ("\ud800", "\udfff", "陆\ud83d华", "\udc00\ud800", "\ud83d\ud83d", "好\udcff"),
        "noncharacters": tuple(
            f"一{chr(code)}" for code in (0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF)
        ),
        "private use": tuple(f"焊{chr(code)}" for code in (0xE000, 0xF8FF, 0xF0000, 0x10FFFD)),
        "combining floods": _combining(),
        "compositions": _compositions(),
        "emoji": _emoji(),
        "ideographs": (
            "𬍛𠮷𪚥", "葛\U000e0100城", "羅\uf91f", "⺟⾦⼯", "〇一二", "々仝ヽ", "㍻㈱㎡", "𝕬𝖇𝖈 ｆｕｌｌ",
        ),
        "scripts": _scripts(),
        "numbers": _numbers(),
        "quotes": (
            "'", '"', "''", '""', "`", "‘’“”", "'\"`", "\\'", '\\"', "«»‹›", "「」『』", "','','", "\"\"\"'''",
        ),
        "sql": _sql(),
        "templates": _templates(file),
        "formats": _formats(),
        "html": _html(url, file),
        "svg": _svg(url, file),
        "css": _css(url, file),
        "script": _script(),
        "formulas": _formulas(url),
        "paths": _paths(file),
        "devices": _devices(),
        "telegram": _telegram(),
        "markdown": (
            "# 题", "**粗**", "[字](javascript:0)", f"![图]({url})", "```\n码\n```", "> 引", "---", "|a|b|",
            "~~删~~",
        ),
        "json": _json(),
        "yaml": _yaml(),
        "csv": ("a,b,c", '"a""b"', "a;b", "a\tb", '=1;"2"', 'a,"b\nc"', "\ufeffa,b", "sep=;", "@SUM(1),2"),
        "xml": _xml(url, file),
        "pdf": _pdf(url),
        "shell": _shell(),
        "headers": (
            "a\r\nSet-Cookie: x=1", "a\nLocation: /x", "a\r\n\r\n<p>", "x: y", "a%0d%0aX: y", "=?utf-8?B?eA==?=",
        ),
        "encodings": (
            "%00", "%2e%2e%2f", "&#0;", "&#x202e;", "\\u0000", "\\x00", "%E9%99%86", "é", "Ã©", "ï»¿", "锟斤拷",
            "烫烫烫",
        ),
        "words of programs": _words(),
        "codes": _codes(),
        "regular expressions": (
            "(a+)+$", "^(.*)*$",
            "[",
            "(?<n>a)\\k<n>",
            "\\",
            "(?R)",
            ".*" * 40,
            "a" * 40 + "!",
        ),
        "punctuation": (
            "。", "，" * 60, "……", "——" * 30, "？！" * 20, "()（）[]【】{}", "·•‧", "/\\|", "~～", "@#￥%&*",
        ),
        "long": _long(),
        "addresses": (
            url, file, f"file://{file}", "data:text/html,<b>", "javascript:void(0)", "\\\\host\\share",
            "//canary.invalid/x",
        ),
    }
    return {kind: tuple(dict.fromkeys(texts)) for kind, texts in kinds.items()}


def every(url: str = URL, file: str = FILE) -> tuple[str, ...]:
    """All of them, each once."""
    return tuple(dict.fromkeys(text for texts in by_kind(url, file).values() for text in texts))


def _control() -> tuple[str, ...]:
    codes = (*range(0x01, 0x20), 0x7F, *range(0x80, 0xA0, 5))
    return ("\0", f"{_NAME}\0", "\0" * 20, *(f"陆{chr(code)}华" for code in codes))


def _bidi() -> tuple[str, ...]:
    marks = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    return (
        *(f"甲{chr(code)}乙丙" for code in marks), "\u202egnp.exe", "证书\u202egpj.exe", "\u2067" * 50 + "一",
        "שלום 陆建华 עולם", "مرحبا 123 陆建华", "\u202e\u202d\u202e\u202d反",
    )


_ZERO_WIDTH = (0x00AD, 0x034F, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF)


def _fillers() -> tuple[str, ...]:
    blanks = (0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x00A0, 0x3000, 0x2003, 0x202F, 0x205F)
    tags = "".join(chr(0xE0000 + ord(char)) for char in "hidden words")
    return (
        *(chr(code) * 3 for code in blanks), f"看{tags}得见", "\ufff9注\ufffa音\ufffb", "\ufffc", "\u200b" * 500,
    )


def _combining() -> tuple[str, ...]:
    marks = "\u0301\u0316\u0489\u0334" * 12
    return (
        f"焊{marks}工{marks}", "a" + "\u0300" * 1000, "\u0301开头", "e\u0301" * 300, "\u20dd\u20e0圈",
        "ก็" + "็" * 80, "\u3099か" * 20, "한" + "\u11a8" * 40, "一\U000e0101" * 60,
    )


def _compositions() -> tuple[str, ...]:
    return (
        "Å", "A\u030a", "\u212b", "ﬁn", "ｶﾞ", "가", "\u1100\u1161", "ǅ", "İi̇", "ß ẞ", "ſ", "Ω Ω", "①Ⅷ㊙", "ﷺ",
    )


def _emoji() -> tuple[str, ...]:
    return (
        "👨‍👩‍👧‍👦", "👩🏽‍🏭", "🏳️‍🌈", "🇨🇳", "🇨", "1️⃣", "❤️", "❤︎", "😀" * 100, "\u200d\u200d👷",
        "👷\u200d", "☭✈️", "\U0001f3fd",
    )


def _scripts() -> tuple[str, ...]:
    return (
        "Привет", "Ελληνικά", "ภาษาไทย", "தமிழ்", "हिन्दी", "한국어", "ひらがなカタカナ", "Tiếng Việt", "Sawcuengh",
        "བོད་ཡིག", "ᠮᠣᠩᠭᠣᠯ", "ئۇيغۇرچە", "аdmin", "Ꭰ𝒜𝓏",
    )


def _numbers() -> tuple[str, ...]:
    return (
        "9" * 400, "-1", "0", "00000", "1e309", "1E-400", "NaN", "Infinity", "-Infinity", "0x7fffffff",
        "9223372036854775808", "２０１５", "٢٠١٥", "壹佰贰拾", "1,000,000.00", "1.7976931348623157e308", "½", "-0",
        "1_000", "0b11",
    )


def _sql() -> tuple[str, ...]:
    return (
        "'; DROP TABLE person; --", "' OR '1'='1", '" OR ""="', "1; DELETE FROM interview", "admin'--",
        "%' ESCAPE '\\", "_%_%", "'; SELECT pg_sleep(0); --", "$$; select 1; $$",
        "x' UNION SELECT state FROM interview--", ":name :digest %(name)s ?", "\\'; VACUUM; --", "/*!00000 x */",
        "NULL", "E'\\\\x00'",
    )


def _templates(file: str) -> tuple[str, ...]:
    return (
        "{{ 7*7 }}", "{% for x in (1,2) %}{{ x }}{% endfor %}", "{{ ''.__class__.__mro__ }}",
        "{{ self._TemplateReference__context }}", "{{ config }}", "{{ range(10) | list }}",
        f'{{% include "{file}" %}}', "{# 注 #}",
        "{{",
        "}}",
        "{%",
        "%}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "[[7*7]]",
        "{{'a'|upper}}",
        "{% raw %}{{ 1 }}{% endraw %}",
        "{{ name }}",
        "{{ cycler.__init__.__globals__ }}",
        "@{7*7}",
    )


def _formats() -> tuple[str, ...]:
    return (
        "%s%s%s", "%n%x", "%(name)s", "{}", "{0}", "{name}", "{0.__class__}", "{:>9}", "{{}}", "%", "%%",
        "{when} {count}", "{!r}",
    )


def _html(url: str, file: str) -> tuple[str, ...]:
    return (
        "<script>alert(1)</script>", f'<img src="{url}">', "<img src=x onerror=alert(1)>",
        f'<link rel="stylesheet" href="{url}">', f'<link rel="attachment" href="file://{file}">',
        f'<a rel="attachment" href="file://{file}">附件</a>', f'<iframe src="{url}"></iframe>',
        f'<object data="file://{file}"></object>', f'<embed src="{url}">', f'<base href="{url}">',
        f'<meta http-equiv="refresh" content="0;url={url}">', "</td></tr></table><h1>大</h1>", "<b>粗",
        "</p></body></html>", "<!-- 注", "-->", "<![CDATA[一]]>", "<style>*{display:none}</style>",
        '" onmouseover="alert(1)', "<svg/onload=alert(1)>", "&lt;b&gt;", "&amp;amp;", "&nbsp;&copy;&#60;",
        f'<img src="data:image/png;base64,{"A" * 700}">', "<plaintext>", "<textarea>",
        f'<form action="{url}"><input name=a></form>', "<p title='>'>", "<一>", "< b >",
        f'<video poster="{url}">', "<math><mtext></mtext></math>", "<details open ontoggle=alert(1)>",
    )


def _svg(url: str, file: str) -> tuple[str, ...]:
    return (
        f'<svg><image href="{url}" width="9" height="9"/></svg>', f'<svg><use href="file://{file}#a"/></svg>',
        "<svg><script>alert(1)</script></svg>", f'<svg><style>@import "{url}";</style></svg>',
        f'<svg><foreignObject><img src="{url}"/></foreignObject></svg>',
        '<svg width="99999999" height="99999999"></svg>',
        f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{url}'/></svg>",
    )


def _css(url: str, file: str) -> tuple[str, ...]:
    return (
        f"url({url})", f"url('file://{file}')", f'@import "{url}";',
        f"@font-face {{ font-family: x; src: url({url}) }}",
        "}</style><style>p{color:red}",
        "; background: red",
        "expression(alert(1))",
        "content: attr(data-x)",
        f"<p style=\"background:url('{url}')\">",
        "position:fixed;top:0",
        "\\75rl(x)",
        "@page { size: 1pt }",
        "*/ body { } /*",
    )


def _script() -> tuple[str, ...]:
    return (
        "javascript:alert(1)", "';alert(1)//", "</script><script>alert(1)</script>", "\\u003cscript\\u003e",
        "__proto__", "constructor.prototype", "${alert(1)}", "toString", "undefined", "hasOwnProperty", "eval(name)",
    )


def _formulas(url: str) -> tuple[str, ...]:
    calls = ("1+1", "SUM(A1:A9)", "cmd|' /C x'!A0", f'HYPERLINK("{url}","x")', f'WEBSERVICE("{url}")', "A1")
    signs = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
    return (
        *(f"{sign}{call}" for sign in signs for call in calls[: 6 if sign == "=" else 2]), "\t=1+1", "\r=1+1",
        "\n=1+1", " =1+1", "'=1+1", "{=1+1}", "\u200b=1+1", "\u3000＝1+1", "﹢1", "﹦1+1", "DDE(1)", "=", "R1C1",
        "#REF!", "TRUE", "0012", "1-2", "2015/7", "mailto:a@canary.invalid", "internal:Sheet1!A1", "external:x.xlsx",
    )


def _paths(file: str) -> tuple[str, ...]:
    return (
        "../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\a\\b", "C:a", "\\\\?\\C:\\a",
        "....//....//a", "..", ".", "...", "~/x", "a/./b/../c", "a\0.jpg", "x.jpg:ads", "a. . .", "a ", " a", "a.",
        ".hidden", "-rf", "a/b", "a\\b", "a|b<c>d?e*f", f"../../../../../../../..{file}", "/" * 200, "..%2f..%2fa",
        "．．／a", "‥/a", "a\u2215b\u2044c",
    )


def _devices() -> tuple[str, ...]:
    names = (
        "CON", "prn", "Aux", "NUL", "COM1", "LPT9", "COM¹", "CONIN$", "ＣＯＮ", "NUL.txt", "con.tar.gz", "AUX ",
        "com1:", "CLOCK$",
    )
    return (*names, "Thumbs.db", "desktop.ini", "$MFT", "INDEX", "Index")


def _telegram() -> tuple[str, ...]:
    return (
        "/start", "/start join_ABCD", "/delete@other_bot", "/", "//", "@everyone", "@canary_bot", "#标签",
        "tg://user?id=1", "t.me/canary", "*粗*", "_斜_", "||藏||", "<b>粗</b>", "<a href='tg://x'>x</a>",
        "<tg-spoiler>藏</tg-spoiler>", "\\_\\*", "&lt;", "+8613800138000", "a@canary.invalid",
    )


def _json() -> tuple[str, ...]:
    return (
        '{"a": 1}',
        "[1, 2",
        '{"id":"x","choice":"delete"}',
        '"',
        "\\",
        '\\"}',
        "null",
        "true",
        '{"__proto__":{}}',
        "[" * 300,
        '{"a":' * 100,
        "\\ud800",
        '{"text": "\\u0000"}',
    )


def _yaml() -> tuple[str, ...]:
    return (
        "!!python/object/apply:os.getcwd []", "&a [*a]", "- a\n- b", "a: b: c", "yes", "no", "~", "0o17", "12:30:45",
        "? x", "%YAML 1.2", "---", "...", "| x", "<<: *a", "2015-07-01",
    )


def _xml(url: str, file: str) -> tuple[str, ...]:
    return (
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{file}">]><a>&x;</a>', f'<!DOCTYPE a SYSTEM "{url}">', "&x;",
        '<?xml version="1.0"?>', "<?php echo 1; ?>",
        "]]>",
        f'<xi:include href="file://{file}"/>',
        "<w:p><w:r/></w:p>",
        "_x0041_",
        "_x000D_",
        "&#xD800;",
    )


def _pdf(url: str) -> tuple[str, ...]:
    return (
        ") Tj ET Q",
        "(x) Tj",
        "endstream endobj",
        "%PDF-1.7",
        "%%EOF",
        f"<< /S /URI /URI ({url}) >>",
        "/JavaScript (app.alert(1))",
        "<feff0041>",
        "\\051 \\(",
        "1 0 obj",
        "BT /F1 12 Tf",
        "/Launch /Win",
        "startxref",
    )


def _shell() -> tuple[str, ...]:
    return (
        "$(id)", "`id`", "; id", "| id", "&& id", "> x", "$HOME", "!!", "a\nb; c", "--help", "-o x", "%PATH%",
        "${IFS}",
    )


def _words() -> tuple[str, ...]:
    return (
        "None", "nil", "undefined", "true", "False", "null", "(null)", "NUL", "N/A", "#N/A", "self", "this", "void",
        "默认", "样张", "草稿", "待核实", "system", "admin", "root", "测试",
    )


def _codes() -> tuple[str, ...]:
    return (
        "ABCDE-23456", "ABCD-2345-EFGH-6789-JKMN", "i_" + "x" * 43, "s_" + "y" * 43, "i_", "s_短",
        "/i#i_" + "x" * 43, "?start=join_ABCDE-23456", "/resume#ABCDE-23456", "1.menu", "0.delete", "9999.hand_in:x",
    )


def _long() -> tuple[str, ...]:
    return (
        "焊" * 3000, "a" * 11_000, "焊 " * 4000, "“”" * 2000, "一" * 20_001, "\n" * 3000, "9" * 5000, "<b>" * 1500,
        "e\u0301" * 4000, "，。" * 2500,
    )
