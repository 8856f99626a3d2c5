#!/usr/bin/env bash
# Babel 2.18.0: `parse_time` reads what `format_time` has written for Chinese as twelve hours earlier. In CLDR the times of
# zh_TW and zh_HK are told in twelve hours with a word before them (下午3:30); of that word the parser only knows “pm”, in
# Latin letters and whatever the language, and takes 3:30 for what is left. The locale and its format are handed over and
# used for the order of the figures alone. (python-babel/babel#1338, open, is about noon and midnight in English.)
#
# Valid input: every full hour, written and read with the same locale and format. Seen: of the 24 hours of zh_TW and zh_HK
# twelve come back wrong, each without an error: 下午3:00 as 03:00, and midnight (午夜12:00, 上午12:00) as noon; zh_CN, which
# counts to 24, comes back whole. Fails when that changes. Here Babel is used for catalogues only, and a time that a
# messenger writes behind a date is set aside (`forms/dates.py`).
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install babel==2.18.0
"$here/venv/bin/python" - <<'PY'
from datetime import time

from babel.dates import format_time, parse_time


def wrong(locale: str) -> dict[str, time]:
    """What is written of an hour, and what is read, where that is another one."""
    written = {hour: format_time(time(hour), "short", locale=locale) for hour in range(24)}
    read = {hour: parse_time(text, locale=locale, format="short") for hour, text in written.items()}
    return {written[hour]: each for hour, each in read.items() if each != time(hour)}


for locale in ("zh_CN", "zh_TW", "zh_Hant_HK"):
    print(locale, *(f"{text} → {each:%H:%M}" for text, each in wrong(locale).items()))
assert not wrong("zh_CN")
assert len(wrong("zh_TW")) == len(wrong("zh_Hant_HK")) == 12, "the word before the time is read now"
assert wrong("zh_TW")["下午3:00"] == time(3)
PY
echo "as described: Babel 2.18.0 reads the afternoon as the morning in Chinese"
