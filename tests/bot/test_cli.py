"""Every command as people start it: a process of its own, its output and its exit code."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.forms.definitions import FILES

JIANGJIAN = Path(sys.executable).parent / "jiangjian"


def jiangjian(*words: str | Path, **settings: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [JIANGJIAN, *words],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def environment(**settings: str | Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("JIANGJIAN_") or "FONTS" in name
    }
    return kept | {f"JIANGJIAN_{name.upper()}": str(value) for name, value in settings.items()}


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a failed command said: one line on stderr, no traceback."""
    assert done.returncode != 0
    lines = done.stderr.strip().split("\n")
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("jiangjian: ")
    assert "unexpected" not in lines[0], lines[0]
    return lines[0]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A directory with one further programme."""
    for name, text in FILES.items():
        path = tmp_path / "shelf" / (name if name.startswith("_") else f"tiny-2026/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "shelf"


def test_help_needs_nothing_heavy() -> None:
    heavy = "weasyprint sqlalchemy aiohttp aiogram av"
    asked = f"import sys, bot.__main__; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_names_every_command() -> None:
    done = jiangjian("--help")
    assert done.returncode == 0
    for command in (
        "run",
        "work",
        "talk",
        "programmes",
        "check",
        "new",
        "compare",
        "preview",
        "schema",
        "rehearse",
    ):
        assert f"\n  {command}" in done.stdout
    assert jiangjian().stdout == done.stdout


def test_programmes_says_until_when_each_is_open(shelf: Path) -> None:
    for name, window in {
        "open-2026": "{closes: 2126-06-30, clause: 五}",
        "early-2026": "{opens: 2126-06-30, clause: 五}",
        "unset-2026": "{}",
        "shut-2026": "{closes: 2020-01-31, clause: 五}",
    }.items():
        for file in FILES:
            if not file.startswith("_"):
                path = shelf / name / file
                path.parent.mkdir(parents=True, exist_ok=True)
                text = (
                    FILES[file].replace("tiny-2026", name).replace("{closes: 2026-06-30, clause: 五}", window)
                )
                path.write_text(text, "utf-8")
    done = jiangjian("--programmes", shelf, "programmes")
    assert done.returncode == 0
    assert done.stderr == ""
    states = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert "open until 2126-06-30" in states["open-2026"]
    assert "opens 2126-06-30" in states["early-2026"]
    assert "window not set" in states["unset-2026"]
    assert "closed 2020-01-31" in states["shut-2026"]
    assert "小城工匠" in states["open-2026"]
    assert "nanning-2026" in states


def test_further_programmes_come_from_the_environment_too(shelf: Path) -> None:
    assert "tiny-2026" in jiangjian("programmes", programmes=shelf).stdout


def test_a_broken_programme_is_told_and_the_others_run(shelf: Path) -> None:
    rules = shelf / "tiny-2026" / "rules.yaml"
    rules.write_text(FILES["rules.yaml"].replace("met:", "mte:", 1), "utf-8")
    done = jiangjian("programmes", programmes=shelf)
    assert done.returncode == 0
    assert "nanning-2026" in done.stdout
    assert done.stderr == f"left out: {rules}:6: unknown key “mte” (“met”?)\n"


def test_check_finds_what_is_wrong(shelf: Path) -> None:
    home = shelf / "tiny-2026"
    done = jiangjian("check", home)
    assert one_sentence(done).startswith("jiangjian: problems found: ")
    assert f"{home}/programme.yaml:2: no en translation of “小城工匠”" in done.stdout
    by_id = jiangjian("--programmes", shelf, "check", "tiny-2026")
    assert by_id.stdout == done.stdout


def test_check_finds_nothing_in_a_sound_programme(shelf: Path) -> None:
    home = shelf / "tiny-2026"
    missing = [
        line.split("“", 1)[1].rsplit("”", 1)[0] for line in jiangjian("check", home).stdout.splitlines()
    ]
    (home / "locale").mkdir()
    entries = (
        f'msgid "{text}"\nmsgstr "{"{{ figures.years }}" * ("figures" in text) or "x"}"\n\n'
        for text in missing
    )
    (home / "locale" / "en.po").write_text("".join(entries), "utf-8")
    done = jiangjian("check", home)
    assert done.stdout == "nothing wrong in tiny-2026\n"
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["frobnicate"], "No such command"),
        (["run", "--fast"], "No such option"),
        (["check", "no-such"], "neither a programme nor a directory"),
        (["talk", "no-such"], "there is no programme “no-such”"),
        (["rehearse", "case.yaml"], "--out"),
        (["rehearse", "no-such.yaml", "--out", "x"], "no-such.yaml: no such file"),
        (["office", "import", "no-such.yaml"], "no-such.yaml: no such file"),
        (["office", "invite", "x", "--role", "boss", "--name", "x"], "'--role': 'boss' is not one of"),
        (["new", "guilin"], "there is a programme “guilin” already"),
        (["--programmes", "/no/such", "programmes"], "/no/such"),
    ],
)
def test_every_failure_is_one_sentence(words: list[str], why: str) -> None:
    assert why in one_sentence(jiangjian(*words))


@pytest.mark.parametrize("group", ["keys", "office", "recover"])
def test_a_group_of_commands_alone_shows_its_help_as_it_is_laid_out(group: str) -> None:
    done = jiangjian(group)
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: ") and len(done.stderr.splitlines()) > 5


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"port": "eighty"}, "JIANGJIAN_PORT=eighty"),
        ({"port": "80000"}, "JIANGJIAN_PORT=80000"),
        ({"public_url": "example.org"}, "must begin with http"),
        ({"workers": "0"}, "JIANGJIAN_WORKERS=0"),
        ({"database": "nonsense"}, "database URL"),
        ({"database": "sqlite:////proc/none/x.sqlite", "port": "0"}, "/proc/none"),
        ({"host": "no.such.host.invalid"}, "cannot listen on no.such.host.invalid"),
    ],
)
def test_settings_that_cannot_be_used_are_named(settings: dict[str, str], why: str, tmp_path: Path) -> None:
    defaults = {"data": tmp_path / "var", "port": "0"}
    assert why in one_sentence(jiangjian("run", **(defaults | settings)))


def test_hands_beside_one_process_that_does_all_of_it_are_refused(tmp_path: Path) -> None:
    assert "set JIANGJIAN_DATABASE to PostgreSQL" in one_sentence(jiangjian("work", data=tmp_path / "var"))


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = jiangjian("run", data=tmp_path / "var", port=str(port))
    assert f"127.0.0.1:{port} is in use already" in one_sentence(done)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_opens_the_web_chat_and_stops_when_told(number: signal.Signals, tmp_path: Path) -> None:
    settings = environment(data=tmp_path / "var", port="0", workers="1")
    with subprocess.Popen(
        [JIANGJIAN, "run"], env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        line = run.stdout.readline()
        assert line.startswith("匠荐 is open at http://localhost:"), run.stderr and run.stderr.read()
        with urllib.request.urlopen(line.split()[4], timeout=20) as page:
            assert page.status == 200
        offered = run.stdout.readline()
        run.send_signal(number)
        rest, complaints = run.communicate(timeout=30)
    assert run.returncode == 0
    assert offered.startswith("nobody has begun here: a demo in one press")
    assert rest == ""
    assert complaints.startswith("warning: the master key lies beside what it opens (")
    assert complaints.count("\n") == 1
    assert (tmp_path / "var" / "jiangjian.sqlite").exists()


def test_catalogues_are_compared_and_can_be_brought_up_to_date() -> None:
    from bot.workshop import catalogues

    said = catalogues.extracted()
    assert "说一声" not in said
    assert any("匠荐" in sentence for sentence in said)
    assert all(file.endswith(".py") for file in said.values())


def test_json_is_one_object_for_each_case(tmp_path: Path) -> None:
    from forms.library import BUILT_IN

    case = next((BUILT_IN / "nanning-2026" / "cases").glob("*.yaml"))
    done = jiangjian("rehearse", case, "--out", tmp_path, "--json")
    told = json.loads(done.stdout)
    judged = {"conclusion", "submittable", "verdicts", "says", "remarks"}
    assert set(told) == {"case", "title", "programme", *judged, "documents", "parties", "differences"}
