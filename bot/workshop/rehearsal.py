"""`jiangjian rehearse`: a case file played through the real conversation, its packet compared with what it expects."""

from __future__ import annotations

import asyncio
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
from lxml import etree

from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.documents import Printed
from bot.house.failure import Failure
from bot.house.settings import Settings
from bot.workshop.guests import Guest, Host
from dialogs.asking import remarks_text
from dialogs.verdicts import verdict_text
from forms.casefile import CaseFile, PartyExpectation, read_case
from forms.library import Library
from forms.loader import DefinitionError
from forms.packet import BUNDLE, PACKET
from forms.printing.renderer import RenderFailed
from forms.printing.workers import Workers
from forms.programme import Programme


@dataclass
class PartPlayed:
    """What became of one of the other parties: its verdicts, what was refused, the sheets for its own signature."""

    name: str
    expected: PartyExpectation
    verdicts: dict[str, str]
    says: dict[str, str]
    refused: dict[str, str]
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class Played:
    """What became of one case: the packet's documents by id, and everything that was not as expected."""

    case: CaseFile
    programme: Programme
    transcript: list[str]
    conclusion: str
    submittable: bool
    verdicts: dict[str, str]
    says: dict[str, str]
    remarks: dict[str, str]
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)
    parties: list[PartPlayed] = field(default_factory=list)


def rehearse(settings: Settings, library: Library, paths: Sequence[Path], out: Path, as_json: bool) -> None:
    """Play every case and print what happened. Raises `Failure` when anything differs or cannot be played."""
    cases = [(path, *_read(path, library)) for path in paths]
    failed = 0
    with wiring.workers(settings) as crew:
        for path, case, shelf, programme in cases:
            played = asyncio.run(play(settings, shelf, crew, (path, case, programme), out / path.stem))
            failed += bool(played.differences)
            for line in _report(path, played, as_json):
                typer.echo(line)
    if failed:
        raise Failure(f"{failed} of {len(cases)} cases did not come out as expected")


def _read(path: Path, library: Library) -> tuple[CaseFile, Library, Programme]:
    """A case with the programme it belongs to and the library that offers it."""
    try:
        case = read_case(str(path), path.read_text("utf-8-sig"))
    except DefinitionError as error:
        raise Failure(str(error)) from error
    except UnicodeDecodeError as error:
        raise Failure(f"{path}: this file is not UTF-8") from error
    home = path.resolve().parent.parent
    wanted = case.programme or next((name for name, at in library.directories.items() if at == home), "")
    if not wanted and (home / "programme.yaml").is_file():
        library = Library.open([home])
        wanted = next((name for name, at in library.directories.items() if at == home), "")
        if not wanted:
            raise Failure(str(library.errors[-1]))
    programme = library.named(wanted)
    if programme is None:
        raise Failure(f"{path}: there is no programme “{wanted}” for this case; say which with “programme:”")
    return case, library, programme


async def play(
    settings: Settings, library: Library, crew: Workers, what: tuple[Path, CaseFile, Programme], out: Path
) -> Played:
    """Play one case over a database of its own, print its packet into `out` and compare with what it expects."""
    path, case, programme = what
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jiangjian-")))
        here = wiring.passing(settings, directory)
        kept = stack.enter_context(wiring.database(here))
        conversation = wiring.conversation(here, library, kept, crew, lambda: case.now)
        player = Host(conversation, kept, programme, case, path.parent)
        await player.play()
        view = await player.view()
        played = Played(
            case,
            programme,
            player.transcript,
            view.conclusion,
            view.ready and not view.rehearsing,
            {verdict.rule.id: verdict.outcome for verdict in view.verdicts},
            {verdict.rule.id: verdict_text(view, verdict) for verdict in view.verdicts},
            {each.id: remarks_text(view, each) for each in view.steps},
            differences=player.differences,
        )
        for guest in player.guests:
            played.parties.append(await _part(guest))
        if player.screen.cards:
            await _prints(conversation, player, played, out)
    played.differences += compare(played)
    return played


async def _part(guest: Guest) -> PartPlayed:
    view = await guest.view()
    return PartPlayed(
        f"{guest.name}（{guest.called}）",
        guest.expected,
        {verdict.rule.id: verdict.outcome for verdict in view.verdicts},
        {verdict.rule.id: verdict_text(view, verdict) for verdict in view.verdicts},
        guest.refused,
    )


async def _prints(conversation: Conversation, player: Host, played: Played, out: Path) -> None:
    """What each party may open, and all of the case as the receiving office has it."""
    for someone in (player, *player.guests):
        for card in someone.screen.cards:
            try:
                printed = await conversation.document(someone.channel, someone.address, card.document)
            except (LookupError, RenderFailed) as error:
                played.differences.append(f"document {card.document}: could not be printed ({error})")
                continue
            if card.document in (PACKET, BUNDLE):
                await asyncio.to_thread(_write, out / printed.filename, printed.content)
            elif isinstance(someone, Guest):
                part = played.parties[player.guests.index(someone)]
                file = out / f"{someone.called}-{printed.filename}"
                part.documents[card.document] = await _printed(file, printed)
    try:
        async for name, printed in conversation.for_office(await player.case()):
            played.documents[name] = await _printed(out / printed.filename, printed)
    except (LookupError, RenderFailed) as error:
        played.differences.append(f"the packet of the office could not be printed ({error})")


async def _printed(file: Path, printed: Printed) -> dict[str, Any]:
    await asyncio.to_thread(_write, file, printed.content)
    text = await asyncio.to_thread(pdf_text if printed.pages else sheet_text, printed.content)
    return {"file": str(file), "pages": printed.pages, "text": text}


def _write(file: Path, content: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def compare(played: Played) -> Iterator[str]:
    """How the outcome differs from what the case expects, one line each."""
    expect = played.case.expect
    if expect.conclusion and played.conclusion != expect.conclusion:
        yield f"conclusion: expected {expect.conclusion}, came to {played.conclusion}"
    if expect.submittable not in {None, played.submittable}:
        yield "submittable: " + (
            "expected, but it is not" if expect.submittable else "it is, but should not be"
        )
    yield from _judged(expect.verdicts, played.verdicts)
    yield from _unsaid("rule", expect.says, played.says)
    for name, strings in expect.remarks.items():
        if played.remarks.get(name) and not strings:
            yield f"question {name}: expected no remark, but there is “{played.remarks[name]}”"
    yield from _unsaid("question", expect.remarks, played.remarks)
    if expect.documents is not None:
        wanted, got = set(expect.documents), set(played.documents)
        yield from (f"document {name}: expected, but not in the packet" for name in sorted(wanted - got))
        yield from (f"document {name}: in the packet, but not expected" for name in sorted(got - wanted))
    yield from _not_shown(expect.text, played.documents)
    for part in played.parties:
        for difference in _differs(part):
            yield f"{part.name}: {difference}"


def _differs(part: PartPlayed) -> Iterator[str]:
    yield from _judged(part.expected.verdicts, part.verdicts)
    yield from _unsaid("rule", part.expected.says, part.says)
    for name in part.expected.problems.keys() - part.refused.keys():
        yield f"question {name}: the answer was taken, but should not be"
    yield from _unsaid("question", part.expected.problems, part.refused)
    yield from _not_shown(part.expected.text, part.documents)


def _judged(expected: Mapping[str, str], verdicts: Mapping[str, str]) -> Iterator[str]:
    for rule, outcome in expected.items():
        came = verdicts.get(rule, "absent")
        if came != outcome:
            yield f"rule {rule}: expected {outcome}, came to {came}"


def _unsaid(what: str, expected: Mapping[str, Sequence[str]], sentences: Mapping[str, str]) -> Iterator[str]:
    """What verdicts, remarks or problems should say and do not."""
    for name, strings in expected.items():
        said = sentences.get(name, "")
        yield from (
            f"{what} {name}: “{said}” does not say “{want}”"
            for want in strings
            if _bare(want) not in _bare(said)
        )


def _not_shown(expected: Mapping[str, Sequence[str]], documents: Mapping[str, Any]) -> Iterator[str]:
    for name, strings in expected.items():
        text = documents.get(name, {}).get("text")
        if text is None:
            yield f"document {name}: its text is expected, but it is not in the packet"
            continue
        yield from (f"document {name}: does not show “{want}”" for want in strings if _bare(want) not in text)


def pdf_text(content: bytes) -> str:
    """The text of all pages without any whitespace. pdfium reads a hyphen that a word breaks at as U+FFFE."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        texts = []
        for number in range(len(document)):
            page = document[number]
            texts.append(page.get_textpage().get_text_bounded())
            page.close()
        return _bare("".join(texts).replace("\ufffe", "-"))
    finally:
        document.close()


def sheet_text(content: bytes) -> str:
    """The text of all cells of a spreadsheet, row by row, without any whitespace."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
    return _bare("".join(strings.itertext("{*}t")))


def _bare(text: str) -> str:
    return "".join(text.split())


def _report(path: Path, played: Played, as_json: bool) -> Iterator[str]:
    if as_json:
        report = {
            "case": str(path),
            "title": played.case.title,
            "programme": played.programme.id,
            "conclusion": played.conclusion,
            "submittable": played.submittable,
            "verdicts": played.verdicts,
            "says": played.says,
            "remarks": {name: said for name, said in played.remarks.items() if said},
            "documents": _files(played.documents),
            "parties": [_reported(part) for part in played.parties],
            "differences": played.differences,
        }
        yield json.dumps(report, ensure_ascii=False)
        return
    yield f"══ {played.case.title}（{played.programme.title}）"
    yield from played.transcript
    yield f"══ conclusion: {played.conclusion}{'' if played.submittable else ', not yet submittable'}"
    yield from (f"   {rule}: {outcome}: {played.says[rule]}" for rule, outcome in played.verdicts.items())
    yield from (f"   remark on {name}: {said}" for name, said in played.remarks.items() if said)
    yield from (
        f"   {document['file']} ({document['pages']} pages)" for document in played.documents.values()
    )
    for part in played.parties:
        yield f"   ── {part.name}"
        yield from (f"   {rule}: {outcome}: {part.says[rule]}" for rule, outcome in part.verdicts.items())
        yield from (f"   refused: {name}: {said}" for name, said in part.refused.items())
        yield from (
            f"   {document['file']} ({document['pages']} pages)" for document in part.documents.values()
        )
    yield from (f"!! {difference}" for difference in played.differences)
    yield f"══ {path}: {'differs' if played.differences else 'as expected'}"


def _reported(part: PartPlayed) -> dict[str, Any]:
    return {
        "name": part.name,
        "verdicts": part.verdicts,
        "refused": part.refused,
        "documents": _files(part.documents),
    }


def _files(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The documents without their text."""
    return {
        name: {key: value for key, value in document.items() if key != "text"}
        for name, document in documents.items()
    }
