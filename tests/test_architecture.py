"""What the design promises of the code as a whole."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("forms", "dialogs", "storage", "bot")
#: Names that stand for one thing on several layers: what a case has in common with others, what is kept of a person,
#: a case's documents, files that arrive, the stages after handing in.
ON_SEVERAL_LAYERS = {
    "__init__",
    "across",
    "attempts",
    "belongings",
    "company",
    "consents",
    "documents",
    "editions",
    "inviting",
    "offices",
    "reminders",
    "seats",
    "stages",
    "statements",
    "uploads",
}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "path", python_files("forms", "dialogs"), ids=lambda path: str(path.relative_to(ROOT))
)
def test_time_is_passed_in(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = (ast.unparse(node.func.value).rsplit(".", 1)[-1], node.func.attr)
            assert called not in CLOCKS, f"{path.relative_to(ROOT)}:{node.lineno} reads the clock"


def test_no_file_grows_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files(*PACKAGES, "tests")
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert not long, "a file that grows past 400 lines is two files"


def test_no_two_modules_of_one_name_do_different_things() -> None:
    counted = Counter(path.stem for path in python_files(*PACKAGES) if path.stem not in ON_SEVERAL_LAYERS)
    assert not [name for name, number in counted.items() if number > 1]


def test_the_tests_mirror_the_packages() -> None:
    for package in PACKAGES:
        assert (ROOT / "tests" / package).is_dir(), f"{package} has no tests"
    for folder in sorted((ROOT / "tests").rglob("*")):
        tested = list(folder.glob("test_*.py")) if folder.is_dir() else []
        inner = folder.relative_to(ROOT / "tests")
        if tested and inner.parts[0] in PACKAGES:
            assert (ROOT / inner).is_dir(), f"tests/{inner} tests nothing"


def test_every_public_module_says_what_it_is_for() -> None:
    silent = [
        path for path in python_files(*PACKAGES) if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not [str(path) for path in silent if "versions" not in path.parts]


def test_no_name_that_says_nothing() -> None:
    banned = ("Manager", "Helper", "Utils", "utils", "helpers")
    for path in python_files(*PACKAGES):
        assert path.stem not in banned
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert not node.name.endswith(banned), f"{path}:{node.lineno} {node.name}"
