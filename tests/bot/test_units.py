"""What operators copy from docs/: units that systemd takes, variables that are read, figures and events that there are."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from bot import serving
from bot.__main__ import app
from bot.house.measures import REGISTRY
from bot.house.settings import PREFIX, Settings
from bot.telegram import running

DOCS = Path(__file__).parents[2] / "docs"
UNITS = sorted((DOCS / "systemd").glob("*.service")) + sorted((DOCS / "systemd").glob("*.timer"))
COMMAND = "/opt/jiangjian/.venv/bin/jiangjian"
#: Read by their names alone, not as settings; the last one by bin/setup.
OTHERS = {"JIANGJIAN_DEBUG", "JIANGJIAN_FONTS", "JIANGJIAN_FONT_SOURCES"}


def variables() -> set[str]:
    fields = Settings.model_fields.items()
    return OTHERS | {str(field.validation_alias or PREFIX + name.upper()) for name, field in fields}


def figures() -> set[str]:
    told = set()
    for family in REGISTRY.collect():
        told |= {family.name, f"{family.name}_total" if family.type == "counter" else family.name}
        told |= {f"{family.name}_bucket"} if family.type == "histogram" else set()
    return told


def test_systemd_finds_nothing_wrong_in_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed: the units are not verified")
    stands = tmp_path / "jiangjian"
    stands.write_text("#!/bin/sh\n")
    stands.chmod(0o755)
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace(COMMAND, str(stands)), "utf-8")
    copies = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(
        [analyze, "verify", "--man=no", *copies], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "jiangjian" in line]
    assert ours == []
    assert done.returncode == 0, done.stderr

    broken = tmp_path / "jiangjian-broken.service"
    broken.write_text((tmp_path / "jiangjian.service").read_text("utf-8").replace("ExecStart=", "ExecBegin="))
    done = subprocess.run(
        [analyze, "verify", "--man=no", broken], capture_output=True, text=True, check=False
    )
    assert "ExecBegin" in done.stderr, "and it would find it"


def test_every_timer_has_its_service() -> None:
    names = {unit.name for unit in UNITS}
    assert {name.replace(".timer", ".service") for name in names if name.endswith(".timer")} <= names


@pytest.mark.parametrize(
    "unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name
)
def test_what_a_unit_runs_is_a_command_with_its_options(unit: Path) -> None:
    [line] = re.findall(r"^ExecStart=(.*)$", unit.read_text("utf-8"), re.MULTILINE)
    words = line.split()
    assert words[0] == COMMAND
    told = CliRunner().invoke(app, [words[1], "--help"])
    assert told.exit_code == 0, "there is such a command"
    assert all(word in told.output for word in words[2:] if word.startswith("--"))


def test_the_service_has_time_to_stop_before_it_is_killed() -> None:
    told = (DOCS / "systemd" / "jiangjian.service").read_text("utf-8")
    [given] = re.findall(r"^TimeoutStopSec=(\d+)$", told, re.MULTILINE)
    behind_a_proxy = Settings(proxies=1)
    takes = behind_a_proxy.draining + running._TURNS + running._WORDS + serving._PATIENCE
    assert takes + 20 <= int(given), "and some for the database and the processes that print"
    [more] = re.findall(r"`TimeoutStopSec` is (\d+) seconds more", (DOCS / "operating.md").read_text("utf-8"))
    assert takes - behind_a_proxy.draining < int(more) <= int(given) - behind_a_proxy.draining


def test_every_variable_that_is_written_down_is_read() -> None:
    written = "".join(path.read_text("utf-8") for path in [*DOCS.glob("*.md"), *(DOCS / "systemd").iterdir()])
    named = set(re.findall(r"\bJIANGJIAN_[A-Z_]+\b", written))
    assert named <= variables(), "docs name variables that nobody reads"


def test_every_variable_that_is_read_is_written_down() -> None:
    written = (DOCS / "operating.md").read_text("utf-8")
    lacking = {name for name in variables() if f"`{name}`" not in written}
    assert not lacking


def test_every_figure_that_is_written_down_is_there_and_the_other_way_round() -> None:
    told = (DOCS / "watching.md").read_text("utf-8")
    written = set(re.findall(r"`(jiangjian_[a-z_]+)", told))
    assert written <= figures()
    lacking = {family.name for family in REGISTRY.collect()} - {
        name.removesuffix("_total") for name in written
    }
    assert not lacking


def test_every_event_that_is_written_down_is_logged() -> None:
    told = (DOCS / "watching.md").read_text("utf-8")
    events = set(re.findall(r"`([a-z]+\.[a-z_]+)`", told))
    code = "".join(path.read_text("utf-8") for path in (DOCS.parent / "bot").rglob("*.py"))
    code += "".join(path.read_text("utf-8") for path in (DOCS.parent / "storage").rglob("*.py"))
    assert len(events) > 15
    assert {event for event in events if f'"{event}"' not in code} == set()


def test_every_alert_asks_for_figures_that_there_are() -> None:
    read = YAML(typ="safe").load((DOCS / "examples" / "alerts.yaml").read_text("utf-8"))
    rules = [rule for group in read["groups"] for rule in group["rules"]]
    assert len(rules) > 5
    for rule in rules:
        asked = set(re.findall(r"\bjiangjian_[a-z_]+\b", rule["expr"]))
        assert asked <= figures(), rule["alert"]
        assert rule["labels"]["severity"] in ("page", "ticket") and rule["annotations"]["summary"]


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
