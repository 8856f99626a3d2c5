"""The long trials, one after the other: `make soak`.

Each is a module of this package that can be run on its own, `python -m tests.soak.NAME`; it prints its figures and
ends with another code than 0 on a fault. `python -m tests.soak --kills 10` kills less often than they do by themselves.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from time import perf_counter

#: The trials that kill.
_KILLING = ("desk", "fronts", "inviting", "orphans", "telegram_kills", "whole_case")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--kills", type=int, help="so many kills in each trial that kills")
    kills = parser.parse_args().kills
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py") if path.stem != "people")
    faults = []
    begun = perf_counter()
    for name in names:
        print(f"== {name}", flush=True)
        since = perf_counter()
        more = ["--kills", str(kills)] if kills and name in _KILLING else []
        if subprocess.run([sys.executable, "-m", f"{__package__}.{name}", *more], check=False).returncode:
            faults.append(name)
        print(f"   {perf_counter() - since:.0f} s", flush=True)
    took = (perf_counter() - begun) / 60
    print(f"== {len(names) - len(faults)} of {len(names)} without a fault in {took:.0f} minutes", *faults)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
