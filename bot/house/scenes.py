"""What surrounds a turn: read from the archive and handed to the engine."""

from __future__ import annotations

from datetime import datetime

from bot.house.archive import Archive
from bot.house.company import ALONE, company
from bot.house.desk.receiving import Receiving
from bot.house.links import Links
from dialogs.company import Invited
from dialogs.interview import Brief, Earlier, Interview
from dialogs.precheck import precheck
from dialogs.roles import role_of
from dialogs.scene import Scene
from dialogs.story import Telling, telling
from dialogs.view import View
from dialogs.words import Words
from forms.kinds.options import OptionsQuestion
from forms.message import Message, say
from forms.printing.faces import Faces
from storage import interviews
from storage.interviews import Speaker
from storage.unit import Unit


class Scenes:
    """Makes the scene of whoever speaks. To be called within `Archive.run`.

    Without `receiving` no case is looked for at offices. `retention` is for how many days they keep what is finished;
    `links` tell who answers for all of it.
    """

    def __init__(
        self,
        archive: Archive,
        faces: Faces,
        receiving: Receiving | None = None,
        retention: int = 730,
        links: Links | None = None,
    ) -> None:
        self._links = links or Links("")
        self._retention = retention
        self._receiving = receiving
        self._archive = archive
        self._faces = faces

    def of(self, unit: Unit, speaker: Speaker | None, now: datetime) -> Scene:
        """The clock, the programmes on offer, and what else the speaker has here."""
        earlier: tuple[Earlier, ...] = ()
        if speaker and speaker.others:
            applications = (
                (name, self._archive.pinned(unit, s.digest), s)
                for name, s in interviews.others(unit, speaker)
            )
            earlier = tuple(
                Earlier(name, programme, state) for name, programme, state in applications if programme
            )
        others = ALONE
        if speaker:
            others = company(unit, self._archive.pinned(unit, speaker.state.digest), speaker, now)
        scene = Scene(
            now,
            self._archive.library.offered,
            others.parts,
            tuple(self._brief(unit, each, speaker.state.locale, now) for each in earlier) if speaker else (),
            self._faces,
            parties=others.parties,
            invited=others.invited,
            identities=others.identities,
            amendments=others.amendments,
            unreminded=bool(speaker and speaker.unreminded),
            earlier=tuple(each for each in earlier if role_of(each.state.role).leads),
            common=self._archive.library.common,
            seated=bool(speaker and speaker.seated),
            retention=self._retention,
            operator=self._links.operator,
            contact=self._links.contact,
        )
        if speaker is None or speaker.case is None or self._receiving is None:
            return scene
        return self._receiving.seen(unit, speaker, scene, self._archive.pinned(unit, speaker.state.digest))

    def _brief(self, unit: Unit, earlier: Earlier, locale: str, now: datetime) -> Brief:
        """One of the speaker's other applications; where it is about somebody else, by their name."""
        words, state = Words(locale, earlier.programme), earlier.state
        name, standing = str(state.answers.get("name", "")), _standing(state)
        if not role_of(state.role).leads:
            there = company(unit, earlier.programme, interviews.by_id(unit, earlier.interview), now)
            name, standing = (there.invited.about if there.invited else ""), _part(state, there.invited)
        return Brief(earlier.interview, words.text(earlier.programme.title), name, words(standing))

    def explanations(self, unit: Unit, speaker: Speaker | None, question: str) -> dict[str, str]:
        """What the options of a question mean, by label, in the speaker's language."""
        programme = self._archive.pinned(unit, speaker.state.digest) if speaker else None
        if speaker is None or programme is None:
            return {}
        asked = programme.form(speaker.state.role).questions.get(question)
        words = Words(speaker.state.locale, programme)
        options = asked.offered if isinstance(asked, OptionsQuestion) else ()
        return {words(each.shown): words(each.explain) for each in options if each.explain}

    def story(self, unit: Unit, speaker: Speaker | None, before: str, now: datetime) -> Telling | None:
        """The page of the story that ends before a question; None while there is no form to fill in."""
        if speaker is None:
            return None
        scene = self.of(unit, speaker, now)
        form = self._archive.pinned(unit, speaker.state.digest)
        if form is None and speaker.state.fitting:
            form = precheck(speaker.state, scene).form
        return telling(View(form, speaker.state, scene), before) if form else None


def _standing(state: Interview) -> Message:
    if state.finished_at:
        return say("已生成材料")
    return say("练习") if state.practice else say("填写中")


def _part(state: Interview, invited: Invited | None) -> Message:
    """How far a part in somebody else's application is."""
    if invited and invited.ended:
        return say("不再算数")
    return say("已完成") if state.finished_at else say("正在写")
