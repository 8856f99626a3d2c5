#!/usr/bin/env bash
# lunardate 0.3.0: three months of 1930 to 2099 begin on a day without a new moon: in November 1954 a day late, in September
# 1978 and July 1933 a day early. By GB/T 33661-2017 (section 4) a month begins on the day of Beijing time on which the moon
# is new. All dates of those months are off by one, and one day belongs to another month; in 1933 it is a leap month that
# loses its last. Three more packages (lunar_python, borax, zhdate) have all three right.
#
# Valid input: every day from 1930 to 2099, held against the new moons of PyEphem. Seen: those three (20:30 on 25 November
# 1954; 00:08 on 3 September 1978 and 00:03 on 23 July 1933), and no other. Fails when that changes. Here it means that a
# birthday that somebody of 48 or 72 tells by the moon cannot be converted by a library without looking: the chat asks for
# the solar calendar (`forms/dates.py`), which it had partly taken for it: 八月廿三 was 23 August.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install lunardate==0.3.0 ephem==4.2.1
"$here/venv/bin/python" - <<'PY'
from datetime import date, datetime, timedelta

import ephem
from lunardate import LunarDate

FIRST, LAST, BEIJING = date(1930, 1, 1), date(2099, 12, 31), timedelta(hours=8)

new: dict[date, datetime] = {}
moon = ephem.Date("1929/12/1")
while moon.datetime().date() <= LAST:
    moon = ephem.next_new_moon(moon)
    seen = moon.datetime() + BEIJING
    new[seen.date()] = seen
    moon = ephem.Date(moon + 1)
days = [FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1)]
begun = {day for day in days if LunarDate.from_solar_date(day.year, day.month, day.day).day == 1}
wrong = {}
for day in sorted(begun - new.keys()):
    true = min(new, key=lambda each: abs(each - day))
    wrong[day] = true
    told = LunarDate.from_solar_date(true.year, true.month, true.day)
    print(f"a month begins on {day}; the moon is new on {new[true]:%Y-%m-%d %H:%M} in Beijing, a day that is told as {told}")
print(f"{len(begun)} months, {len(wrong)} without a new moon")
assert wrong == {
    date(1933, 7, 22): date(1933, 7, 23),
    date(1954, 11, 26): date(1954, 11, 25),
    date(1978, 9, 2): date(1978, 9, 3),
}, "other months are wrong now, or none"
PY
echo "as described: lunardate 0.3.0 lets three months begin on another day than the moon"
