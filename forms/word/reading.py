"""The running text of a Word document, as Word's final view shows it (所有修订都接受、不显示标记)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from forms.attachment import Unread
from forms.readable import Readable
from forms.refused import Refused
from forms.symbols import is_symbolic, spelled
from forms.word.fields import Fields
from forms.word.lists import Lists
from forms.word.package import Limits, Package, Part, attribute, child, opened, switched, tag
from forms.word.styles import Styles, list_and_level

_NEAR = 12  # characters before something that is missing, by which a person finds its place
_MOST_UNREAD = 20
#: What is not there in the final view, and what never is text.
_OUT = frozenset(
    {
        "w:del",
        "w:moveFrom",
        "w:rt",
        "w:delText",
        "w:delInstrText",
        "w:sdtPr",
        "w:sdtEndPr",
        "w:tblPr",
        "w:tblGrid",
    }
    | {
        "w:trPr",
        "w:tcPr",
        "w:rPr",
        "w:pPr",
        "w:sectPr",
        "w:ffData",
        "w:softHyphen",
        "mc:Fallback",
        "w:rubyPr",
    }
)
_BREAKS = {"w:br": "\n", "w:cr": "\n", "w:tab": " ", "w:ptab": " ", "w:noBreakHyphen": "-"}
#: What may stand around the rows and cells of a table.
_AROUND = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"})
#: Set higher or lower, these have signs of their own: 10² is no 102.
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SET = {"superscript": _RAISED, "subscript": _LOWERED}
_NOTES = {"w:footnoteReference": ("footnotes", "w:footnote"), "w:endnoteReference": ("endnotes", "w:endnote")}


@dataclass(frozen=True)
class Words:
    """A document's text, a line for each paragraph, and what of it could not be read."""

    text: str
    unread: tuple[Unread, ...]
    pictured: bool


def read(file: Readable, limits: Limits, most: int) -> Words:
    """The text of a .docx, of some `most` characters. Raises `Refused`, or anything on a broken file."""
    with opened(file, limits) as package:
        try:
            main = package.part(package.main())
        except KeyError:
            raise Refused("disguised") from None
        if tag(main.root) != "w:document":
            raise Refused("disguised")
        return _Reading(package, main, most).words()


@dataclass
class _Story:
    """One run of text: the body, a text box, a cell, a note. `line` is the paragraph that is being written."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


class _Reading:
    def __init__(self, package: Package, main: Part, most: int) -> None:
        self._package = package
        self._left = 2 * most  # with blanks that are not counted
        self._main = main
        self._styles = Styles(self._related("styles"))
        self._lists = Lists(self._related("numbering"))
        self._balanced = _is_balanced(main.root)
        self._fields = Fields(self._balanced)
        self._story = _Story()
        self._style = self._font = ""
        self._signs: dict[int, int] = {}
        self._unread: list[Unread] = []
        self._pictured = False
        self._notes: list[tuple[str, str, str]] = []
        #: What is not simply what stands inside it.
        self._ways: dict[str, Callable[[etree._Element], None]] = {
            "w:p": self._paragraph,
            "w:r": self._run,
            "w:t": lambda text: self._write(
                self._spelled(text.text or "", self._font).translate(self._signs)
            ),
            "w:sym": self._symbol,
            "w:fldChar": self._mark,
            "w:instrText": self._mark,
            "w:footnoteReference": self._refer,
            "w:endnoteReference": self._refer,
            "w:tbl": self._table,
            "w:sdt": self._control,
            "w:ruby": lambda ruby: self._inside(child(ruby, "w:rubyBase")),
            "mc:AlternateContent": self._alternatives,
            "w:txbxContent": self._box,
            "v:textpath": self._drawn_text,
            "m:oMath": lambda _: self._miss("formula"),
            "w:altChunk": lambda _: self._miss("insert"),
            "w:subDoc": lambda _: self._miss("insert"),
            "w:object": self._object,
            "pic:pic": self._picture,
            "v:imagedata": self._picture,
            "a:graphicData": self._graphic,
        }

    def words(self) -> Words:
        body = child(self._main.root, "w:body")
        lines = self._told([] if body is None else list(body))
        for place, (part, name, identifier) in enumerate(self._notes, 1):  # grows where a note has a note
            note = self._note(part, name, identifier)
            lines += [f"[{place}] {' '.join(note)}"] if note else []
        return Words("\n".join(lines), tuple(self._unread), self._pictured)

    def _related(self, kind: str) -> etree._Element | None:
        name = self._main.related.get(kind)
        try:
            return self._package.part(name).root if name else None
        except KeyError:
            return None

    def _note(self, part: str, name: str, identifier: str) -> list[str]:
        root = self._related(part)
        notes = [] if root is None else list(root)
        note = next(
            (each for each in notes if tag(each) == name and attribute(each, "id") == identifier), None
        )
        return [] if note is None else [line for line in self._told(list(note)) if line.strip()]

    def _told(self, elements: list[etree._Element]) -> list[str]:
        """The lines of elements of their own, such as those of a text box."""
        outer, self._story = self._story, _Story()
        fields, self._fields = self._fields, Fields(self._balanced)
        style = self._style
        try:
            for element in elements:
                self._visit(element)
            self._end_line(last=True)
            return self._story.lines
        finally:
            self._story, self._fields, self._style = outer, fields, style

    def _visit(self, element: etree._Element) -> None:
        name = tag(element)
        way = self._ways.get(name)
        if way:
            way(element)
        elif name in _BREAKS:
            self._write(_BREAKS[name])
        elif name not in _OUT:
            self._inside(element)

    def _inside(self, element: etree._Element | None) -> None:
        for each in () if element is None else element:
            self._visit(each)

    # Paragraphs

    def _paragraph(self, paragraph: etree._Element) -> None:
        self._style = self._styles.of(paragraph)
        mark = child(paragraph, "w:pPr", "w:rPr")
        gone = any(child(mark, f"w:{name}") is not None for name in ("del", "moveFrom"))
        gone = gone or self._styles.hidden(mark, self._style)
        dropped = attribute(child(paragraph, "w:pPr", "w:framePr"), "dropCap") in ("drop", "margin")
        self._inside(paragraph)
        if gone or dropped:  # what it holds goes on in the next one
            return
        self._end_line(label=self._label(paragraph))

    def _end_line(self, label: str = "", last: bool = False) -> None:
        story = self._story
        text = "".join(story.line)
        story.line = []
        if not (last and not text):
            story.lines.append(label + text if text.strip() else text)
        story.lines += story.boxes
        story.boxes = []

    def _label(self, paragraph: etree._Element) -> str:
        listed, level = list_and_level(child(paragraph, "w:pPr", "w:numPr"))
        by_style, its_level = list_and_level(self._styles.listed(self._style))
        if listed is None and by_style is not None:
            listed = by_style
            if level is None:
                level = self._lists.level_of(by_style, self._style) if its_level is None else its_level
        return self._lists.label(listed, level or 0) if listed else ""

    # Runs

    def _run(self, run: etree._Element) -> None:
        properties = child(run, "w:rPr")
        if self._styles.hidden(properties, self._style):
            # A field's marks count even where its code is hidden.
            for each in run:
                self._mark(each, written=False)
            return
        outer, self._font = self._font, self._styles.font(properties, self._style)
        signs, self._signs = (
            self._signs,
            _SET.get(attribute(child(properties, "w:vertAlign"), "val") or "", {}),
        )
        self._inside(run)
        self._font, self._signs = outer, signs

    def _write(self, text: str) -> None:
        if not self._fields.shown:
            return
        self._left -= len(text)
        if self._left < 0:
            raise Refused("too_large", "long_text")
        self._story.line.append(text)

    def _spelled(self, text: str, font: str) -> str:
        """Text in a symbol font as the characters that it looks like."""
        symbolic = is_symbolic(font)
        drawn = []
        for char in text:
            placed = 0xF020 <= ord(char) <= 0xF0FF
            if not placed and not (symbolic and ord(char) <= 0xFF):
                drawn.append(char)
                continue
            shown = spelled(font if symbolic else "symbol" if placed else font, ord(char))
            if shown is None:
                self._miss("symbol")
            drawn.append(shown or "")
        return "".join(drawn)

    def _symbol(self, element: etree._Element) -> None:
        try:
            shown = spelled(attribute(element, "font"), int(attribute(element, "char") or "", 16))
        except ValueError:
            shown = None
        if shown is None:
            self._miss("symbol")
        self._write(shown or "")

    def _refer(self, element: etree._Element) -> None:
        part, name = _NOTES[tag(element)]
        identifier = attribute(element, "id") or ""
        if not self._fields.shown or not identifier:
            return
        self._notes.append((part, name, identifier))
        self._write(f"[{len(self._notes)}]")

    # Fields

    def _mark(self, element: etree._Element, written: bool = True) -> None:
        match tag(element):
            case "w:instrText":
                self._fields.code(element.text or "")
            case "w:fldChar":
                drawn = self._fields.mark(attribute(element, "fldCharType") or "", child(element, "w:ffData"))
                if drawn is None and written:
                    self._miss("formula")
                self._write((drawn or "") if written else "")

    # What stands in the text and is none

    def _control(self, element: etree._Element) -> None:
        if not switched(child(element, "w:sdtPr", "w:showingPlcHdr")):
            self._inside(child(element, "w:sdtContent"))

    def _box(self, element: etree._Element) -> None:
        self._story.boxes += self._told(list(element))

    def _drawn_text(self, element: etree._Element) -> None:
        self._story.boxes += [element.get("string") or ""]

    def _picture(self, element: etree._Element) -> None:
        self._pictured = True

    def _alternatives(self, element: etree._Element) -> None:
        """The first choice; where nothing comes of it, as of a sign in a newer namespace, what older programs see."""
        before = self._written
        self._inside(child(element, "mc:Choice"))
        if self._written == before:
            self._inside(child(element, "mc:Fallback"))

    @property
    def _written(self) -> tuple[int, ...]:
        story = self._story
        return len(story.lines), len(story.line), len(story.boxes), len(self._unread)

    def _object(self, element: etree._Element) -> None:
        program = next(
            (each.get("ProgID") or "" for each in element.iter() if tag(each) == "o:OLEObject"), ""
        )
        self._miss("formula" if program.casefold().startswith(("equation", "mathtype")) else "object")

    def _graphic(self, element: etree._Element) -> None:
        kind = (element.get("uri") or "").rpartition("/")[2]
        if kind in ("diagram", "chart", "chartex"):
            self._miss("object")
        else:
            self._inside(element)

    def _miss(self, what: str) -> None:
        if not self._fields.shown or len(self._unread) >= _MOST_UNREAD:
            return
        before = "".join(self._story.line).rstrip() or next(
            (line for line in reversed(self._story.lines) if line.strip()), ""
        )
        near = before.rpartition("\n")[2].strip()[-_NEAR:]
        unread = Unread.model_validate({"what": what, "after": near})
        if unread not in self._unread:
            self._unread.append(unread)

    # Tables

    def _table(self, table: etree._Element) -> None:
        if self._story.line and "".join(self._story.line).strip():
            self._end_line()
        for row in _rows(table):
            cells = [self._told(list(cell)) for cell in _cells(row)]
            cells = [[line for line in cell if line.strip()] for cell in cells]
            if any(len(cell) > 1 for cell in cells):  # a layout rather than a row
                self._story.lines += [line for cell in cells for line in cell]
            elif any(cells):
                self._story.lines.append("\t".join("".join(cell) for cell in cells).rstrip("\t"))


def _is_balanced(root: etree._Element) -> bool:
    """Whether every field that begins also ends; the code of one that does not would swallow the rest of the text."""
    kinds = [attribute(each, "fldCharType") for each in root.iter("{*}fldChar")]
    return kinds.count("begin") == kinds.count("end")


def _rows(element: etree._Element) -> list[etree._Element]:
    """The rows of a table that are there in the final view, also those in content controls."""
    return [
        row
        for row in _members(element, "w:tr")
        if child(row, "w:trPr", "w:del") is None and not switched(child(row, "w:trPr", "w:hidden"))
    ]


def _cells(row: etree._Element) -> list[etree._Element]:
    return [
        cell
        for cell in _members(row, "w:tc")
        if child(cell, "w:tcPr", "w:cellDel") is None and not _continued(cell)
    ]


def _continued(cell: etree._Element) -> bool:
    """Whether a cell is the lower part of one above it."""
    merged = child(cell, "w:tcPr", "w:vMerge")
    return merged is not None and attribute(merged, "val") in (None, "continue")


def _members(element: etree._Element, wanted: str) -> list[etree._Element]:
    members: list[etree._Element] = []
    for each in element:
        name = tag(each)
        if name == wanted:
            members.append(each)
        elif name in _AROUND and not switched(child(each, "w:sdtPr", "w:showingPlcHdr")):
            members += _members(each, wanted)
    return members
