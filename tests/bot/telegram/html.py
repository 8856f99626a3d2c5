"""Telegram's HTML, read as its servers read it: the same tags, the same complaints, offsets in bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.bot.telegram.refusal import bad

_TAGS = {
    "a": "text_link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough",
    "strike": "strikethrough", "del": "strikethrough", "u": "underline", "ins": "underline",
    "tg-spoiler": "spoiler", "span": "spoiler", "pre": "pre", "code": "code", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([A-Za-z]+));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/\"']*)\s*(=)?\s*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_SPACE = re.compile(r"\s*")


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


@dataclass
class _Open:
    tag: str
    argument: str
    at: int


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.plain = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[_Open] = []
        self._at = 0

    def read(self) -> None:
        while self._at < len(self.source):
            char = self.source[self._at]
            if char == "&":
                self.plain += self._entity()
            elif char != "<":
                self.plain += char
                self._at += 1
            elif self.source.startswith("</", self._at):
                self._ends()
            else:
                self._begins()
        if self._open:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')

    def _entity(self) -> str:
        found = _ENTITY.match(self.source, self._at)
        meant = ""
        if found and (found[1] or found[2]):
            code = int(found[1], 16) if found[1] else int(found[2])
            meant = chr(code) if 0 < code < 0x10FFFF else ""
        elif found:
            meant = _NAMED.get(found[3], "")
        self._at = found.end() if found and meant else self._at + 1
        return meant or "&"

    def _begins(self) -> None:
        begun = self._byte(self._at)
        found = _NAME.match(self.source, self._at + 1)
        assert found
        self._at = found.end()
        if self._at >= len(self.source):
            raise _wrong(f"Unclosed start tag at byte offset {begun}")
        tag = found[0].lower()
        if tag not in _TAGS:
            raise _wrong(f'Unsupported start tag "{tag}" at byte offset {begun}')
        argument = self._attributes(tag, begun)
        if tag == "span" and argument != "tg-spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {begun}')
        self._open.append(_Open(tag, argument, units(self.plain)))

    def _attributes(self, tag: str, begun: int) -> str:
        argument = ""
        while True:
            self._at = _SPACE.match(self.source, self._at).end()  # type: ignore[union-attr]  # matches anything
            if self.source.startswith(">", self._at):
                self._at += 1
                return argument
            found = _ATTRIBUTE.match(self.source, self._at)
            assert found
            if not found[1]:
                raise _wrong(f'Empty attribute name in the tag "{tag}" at byte offset {begun}')
            self._at = found.end()
            if self._at >= len(self.source):
                raise _wrong(f'Unclosed start tag "{tag}" at byte offset {begun}')
            value = self._value(begun) if found[2] else ""
            if (tag, found[1]) in (
                ("a", "href"),
                ("span", "class"),
                ("code", "class"),
                ("tg-emoji", "emoji-id"),
            ):
                argument = value

    def _value(self, begun: int) -> str:
        quote = self.source[self._at]
        if quote not in "'\"":
            found = _TOKEN.match(self.source, self._at)
            assert found
            if found.end() < len(self.source) and self.source[found.end()] not in "> \t\r\n":
                raise _wrong(f"Unexpected end of name token at byte offset {self._byte(self._at)}")
            self._at = found.end()
            return found[0].lower()
        value = ""
        self._at += 1
        while self._at < len(self.source) and self.source[self._at] != quote:
            if self.source[self._at] == "&":
                value += self._entity()
            else:
                value += self.source[self._at]
                self._at += 1
        self._at += 1
        if self._at >= len(self.source):
            raise _wrong(f"Unclosed start tag at byte offset {begun}")
        return value

    def _ends(self) -> None:
        begun = self._byte(self._at)
        if not self._open:
            raise _wrong(f"Unexpected end tag at byte offset {begun}")
        found = _NAME.match(self.source, self._at + 2)
        assert found
        self._at = _SPACE.match(self.source, found.end()).end()  # type: ignore[union-attr]  # matches anything
        if not self.source.startswith(">", self._at):
            raise _wrong(f"Unclosed end tag at byte offset {begun}")
        self._at += 1
        last, name = self._open.pop(), found[0].lower()
        if name and name != last.tag:
            raise _wrong(
                f'Unmatched end tag at byte offset {begun}, expected "</{last.tag}>", found "</{name}>"'
            )
        length = units(self.plain) - last.at
        if length:
            entity: dict[str, Any] = {"type": _TAGS[last.tag], "offset": last.at, "length": length}
            if last.tag == "a":
                entity["url"] = last.argument
            self.entities.append(entity)

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())


def parsed(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities. Raises the Refusal that Telegram gives."""
    reader = _Reader(source)
    reader.read()
    entities = sorted(reader.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return _trimmed(reader.plain, entities)


def _trimmed(plain: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Without the blank ends that Telegram cuts off."""
    kept = plain.rstrip()
    begin = units(kept) - units(kept.lstrip())
    kept, found = kept.lstrip(), []
    for entity in entities:
        start = max(entity["offset"] - begin, 0)
        end = min(entity["offset"] + entity["length"] - begin, units(kept))
        if end > start:
            found.append({**entity, "offset": start, "length": end - start})
    return kept, found


def _wrong(what: str) -> Exception:
    return bad(f"can't parse entities: {what}")
