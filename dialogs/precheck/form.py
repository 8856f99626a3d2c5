"""The pre-check as a programme that the engine can walk, in the words of those on offer."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.precheck.items import WHETHER, Item, bare
from dialogs.scene import Scene
from dialogs.words import LOCALES, catalogue
from forms.message import say
from forms.programme import Form, Office, Programme, Section
from forms.window import Window

_TITLE = say("哪个项目适合我？")
_SECTION = say("先看看")


def form_of(items: Sequence[Item], scene: Scene, running: Sequence[Programme]) -> Programme:
    """The items as one form, with the office of the first programme that is still `running`."""
    section = Section(id="check", title=_SECTION.text, questions=tuple(item.question for item in items))
    whose = (*running, *scene.offered)
    return Programme(
        id="precheck",
        title=_TITLE.text,
        notice="",
        issued=Window().today(scene.now),
        summary="",
        office=whose[0].office if whose else Office(name=""),
        routes=(),
        forms=(Form(id="precheck", title=_TITLE.text, sections=(section,)),),
        rules=(),
        documents=(),
        translations={locale: _translations(scene.offered, locale) for locale in LOCALES if locale != "zh"},
    )


def _translations(programmes: Sequence[Programme], locale: str) -> dict[str, str]:
    sentences = dict(catalogue(locale))
    for programme in reversed(programmes):  # the first one's words are asked
        texts = programme.translations.get(locale, {})
        sentences.update(texts)
        sentences.update((bare(label), text) for label, text in texts.items() if label.startswith(WHETHER))
    return sentences
