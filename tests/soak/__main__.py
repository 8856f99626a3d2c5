"""The long trials, one after the other: `make soak`.

Each is a module of this package that can be run on its own, `python -m tests.soak.NAME`; it prints its figures and
ends with another code than 0 on a fault.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py") if path.stem != "people")
    faults = []
    for name in names:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"{__package__}.{name}"], check=False).returncode:
            faults.append(name)
    print(f"== {len(names) - len(faults)} of {len(names)} without a fault", *faults)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
