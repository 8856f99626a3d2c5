#!/usr/bin/env bash
# icalendar 7.3.2: a text with a backslash before a capital N is written with a line break in its place, and the N is gone.
# RFC 5545 (3.3.11): in a TEXT value a backslash is written as two, and \N stands for a line break in the file only; what is
# handed to `add` is the text itself, and every other backslash of it is written as two.
#
# Valid input: places of files as offices name them, a share \\NAS\工匠 and a folder D:\Nanning\2026, in the properties that
# hold text; read again by the same library and by vobject. Seen: both read “\⏎AS\工匠” and “D:⏎anning\2026”; D:\nanning, in
# small letters, comes through whole, and so does each text where vobject writes it. Fails when that changes. Nothing here
# writes calendars yet; an entry for a meeting, with the place of its papers, has to be written by other means.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install icalendar==7.3.2 vobject==0.9.9
"$here/venv/bin/python" - <<'PY'
from datetime import date, datetime, timezone

import icalendar
import vobject

SMALL, SHARE, FOLDER = r"D:\nanning\2026", r"\\NAS\工匠", r"D:\Nanning\2026"


def written(text: str) -> str:
    made, event = icalendar.Calendar(), icalendar.Event()
    made.add("prodid", "-//example//")
    made.add("version", "2.0")
    for name, value in {"uid": "1", "dtstamp": datetime(2026, 1, 1, tzinfo=timezone.utc), "dtstart": date(2026, 5, 1)}.items():
        event.add(name, value)
    for name in ("summary", "location", "description"):
        event.add(name, text)
    made.add_component(event)
    return made.to_ical().decode()


def by_itself(content: str) -> set[str]:
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(event[name]) for name in ("summary", "location", "description")}


def by_another(content: str) -> set[str]:
    event = vobject.readOne(content).vevent
    return {event.summary.value, event.location.value, event.description.value}


for text in (SMALL, SHARE, FOLDER):
    content = written(text)
    print(f"{text}: {by_itself(content)} by icalendar, {by_another(content)} by vobject")
    assert by_itself(content) == by_another(content)
    told = text if text == SMALL else text.replace(r"\N", "\n")
    assert by_itself(content) == {told}, "another text is written now"
    other = vobject.iCalendar()
    other.add("vevent").add("summary").value = text
    (event,) = icalendar.Calendar.from_ical(other.serialize()).walk("VEVENT")
    assert str(event["summary"]) == text, "vobject writes it, or icalendar reads it, otherwise now"
PY
echo "as described: icalendar 7.3.2 writes a line break for a backslash and a capital N"
