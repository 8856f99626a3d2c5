"""What a plan can name wrongly is found, and a sound one has no findings."""

from __future__ import annotations

import pytest

from forms.loader import Source
from tests.forms.definitions import tiny
from tests.forms.test_lint import found


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ("{id: seal, title: 盖章, days: 3, clause: 估计}", ""),
        (
            "{id: seal, title: 盖章, days: years, question: union, when: union, done: not union, clause: 五}",
            "",
        ),
        (
            "{id: seal, title: 盖章, days: 3, before: ofice, clause: 估计}",
            "names “ofice”, which is not there",
        ),
        ("{id: seal, title: 盖章, days: 3, before: seal, clause: 估计}", "stands in front of it"),
        ("{id: seal, title: 盖章, days: yaers, clause: 五}", "“days” of “seal” names “yaers”"),
        (
            "{id: seal, title: 盖章, days: 3, question: onion, clause: 估计}",
            "“question” of “seal” names “onion”",
        ),
        ("{id: seal, title: 盖章, days: 3, when: onion, clause: 估计}", "reads “onion”"),
        ("{id: seal, title: 盖章, days: 3, done: onion, clause: 估计}", "reads “onion”"),
        ('{id: seal, title: 盖章, days: 3, clause: " "}', "“seal” has no clause"),
    ],
)
def test_the_steps_of_a_plan_name_what_is_there(step: str, why: str) -> None:
    files = tiny().files
    source = Source({**files, "programme.yaml": files["programme.yaml"] + f"plan:\n  - {step}\n"})
    reasons = [finding.reason for finding in found(source)]
    assert (len(reasons), why in "".join(reasons)) == (bool(why), True), reasons
