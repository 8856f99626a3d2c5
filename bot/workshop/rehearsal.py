"""`jiangjian rehearse`: a case file played through the real conversation, its packet compared with what it expects."""

from __future__ import annotations

import asyncio
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
from lxml import etree

from bot.house import wiring
from bot.house.failure import Failure
from bot.house.settings import Settings
from bot.workshop.player import Player
from dialogs.asking import remarks_text
from dialogs.verdicts import verdict_text
from forms.casefile import CaseFile, read_case
from forms.library import Library
from forms.loader import DefinitionError
from forms.packet import BUNDLE, PACKET
from forms.printing.renderer import RenderFailed
from forms.printing.workers import Workers
from forms.programme import Programme


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
        kept = stack.enter_context(wiring.database(f"sqlite:///{directory / 'rehearsal.sqlite'}"))
        here = settings.model_copy(update={"data": directory})
        conversation = wiring.conversation(here, library, kept, crew, lambda: case.now)
        player = Player(conversation, kept, programme, case, path.parent)
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
        for card in player.screen.cards:
            try:
                printed = await conversation.document(player.channel, player.address, card.document)
            except (LookupError, RenderFailed) as error:
                played.differences.append(f"document {card.document}: could not be printed ({error})")
                continue
            file = await asyncio.to_thread(_write, out / printed.filename, printed.content)
            if card.document in (PACKET, BUNDLE):
                continue
            text = await asyncio.to_thread(pdf_text if printed.pages else sheet_text, printed.content)
            played.documents[card.document] = {"file": str(file), "pages": printed.pages, "text": text}
    played.differences += compare(played)
    return played


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
    for rule, outcome in expect.verdicts.items():
        came = played.verdicts.get(rule, "absent")
        if came != outcome:
            yield f"rule {rule}: expected {outcome}, came to {came}"
    yield from _unsaid(played)
    if expect.documents is not None:
        wanted, got = set(expect.documents), set(played.documents)
        yield from (f"document {name}: expected, but not in the packet" for name in sorted(wanted - got))
        yield from (f"document {name}: in the packet, but not expected" for name in sorted(got - wanted))
    for name, strings in expect.text.items():
        text = played.documents.get(name, {}).get("text")
        if text is None:
            yield f"document {name}: its text is expected, but it is not in the packet"
            continue
        yield from (f"document {name}: does not show “{want}”" for want in strings if _bare(want) not in text)


def _unsaid(played: Played) -> Iterator[str]:
    """What verdicts and remarks should say and do not."""
    for rule, strings in played.case.expect.says.items():
        said = played.says.get(rule, "")
        yield from (
            f"rule {rule}: “{said}” does not say “{want}”"
            for want in strings
            if _bare(want) not in _bare(said)
        )
    for name, strings in played.case.expect.remarks.items():
        said = played.remarks.get(name, "")
        if said and not strings:
            yield f"question {name}: expected no remark, but there is “{said}”"
        yield from (
            f"question {name}: “{said}” does not remark “{want}”"
            for want in strings
            if _bare(want) not in _bare(said)
        )


def pdf_text(content: bytes) -> str:
    """The text of all pages without any whitespace."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        texts = []
        for number in range(len(document)):
            page = document[number]
            texts.append(page.get_textpage().get_text_bounded())
            page.close()
        return _bare("".join(texts))
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
        documents = {
            name: {key: value for key, value in document.items() if key != "text"}
            for name, document in played.documents.items()
        }
        report = {
            "case": str(path),
            "title": played.case.title,
            "programme": played.programme.id,
            "conclusion": played.conclusion,
            "submittable": played.submittable,
            "verdicts": played.verdicts,
            "says": played.says,
            "remarks": {name: said for name, said in played.remarks.items() if said},
            "documents": documents,
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
    yield from (f"!! {difference}" for difference in played.differences)
    yield f"══ {path}: {'differs' if played.differences else 'as expected'}"
