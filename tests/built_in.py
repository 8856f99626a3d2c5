"""The programmes that come with 匠荐, read once for all tests of a process: reading them takes a second."""

from __future__ import annotations

from functools import cache

from forms.library import Library


@cache
def built_in() -> Library:
    return Library.open()
