"""What a definition can get wrong although it loads: names, branches, papers, prints, cases, translations.

Each module beside this one holds a few checks of one sort; `CHECKS` lists them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from forms.lint import (
    branches,
    casefiles,
    fillings,
    names,
    papers,
    participants,
    prints,
    stages,
    statements,
    todo,
    translations,
    trials,
    windows,
)
from forms.lint.desk import Desk, Finding
from forms.loader import SHARED, Source, assemble
from forms.programme import Programme

__all__ = ["CHECKS", "Finding", "lint"]

CHECKS: tuple[Callable[[Desk], Iterator[Finding]], ...] = (
    names.unknown_names,
    names.unknown_figures,
    names.unknown_peers,
    names.clashes,
    names.rules_without_a_clause,
    branches.unknown_options,
    branches.unreachable,
    branches.words_run_together,
    branches.doubled_options,
    branches.routes_to_nowhere,
    branches.receivers_that_nobody_is,
    participants.unknown_names,
    participants.half_a_word,
    participants.without_a_form,
    statements.half_a_statement,
    statements.files_at_a_desk,
    statements.unknown_names,
    papers.unknown_questions,
    papers.unknown_steps,
    windows.reminders_of_nothing,
    stages.half_a_stage,
    stages.out_of_order,
    stages.open_without_a_point,
    stages.shared_quotas,
    papers.limits_without_a_measure,
    papers.sensitive_questions,
    papers.unused_questions,
    prints.missing_templates,
    prints.hidden_macros,
    prints.missing_sheets,
    prints.doubled_filenames,
    prints.unreadable_templates,
    prints.unknown_names,
    fillings.cells_that_nothing_fills,
    fillings.prints_that_fail,
    trials.rules_that_fail,
    trials.rules_never_decided,
    casefiles.unreadable_or_unknown,
    translations.missing,
    todo.unchecked,
)


def lint(programme: Programme, source: Source, cases: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Everything found in a programme that loads, by file and line. `cases` are its case files' texts."""
    own = {name: text for name, text in source.files.items() if not name.startswith(f"{SHARED}/")}
    desk = Desk(programme, assemble(source), cases or {}, own)
    findings = [finding for check in CHECKS for finding in check(desk)]
    return tuple(
        sorted(dict.fromkeys(findings), key=lambda finding: (finding.file, finding.line, finding.reason))
    )
