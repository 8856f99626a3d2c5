"""5,000 people wander through the programmes; the quick way and the full way show the same. `python -m tests.soak.walks`"""

from __future__ import annotations

import sys
import traceback
from concurrent.futures import ProcessPoolExecutor

from tests.dialogs.walking import Walk

WALKS = 5000


def gone(seed: int) -> tuple[int, bool, str]:
    """How many turns one walk had, whether it came to the packet, and its fault, "" where the two ways are one."""
    walk = Walk(seed)
    try:
        walk.goes()
    except Exception:
        return walk.turns, walk.finished, f"walk {seed}, turn {walk.turns}\n{traceback.format_exc(limit=-3)}"
    return walk.turns, walk.finished, ""


def main() -> int:
    """As the module says; an argument is another number of walks."""
    walks = int(sys.argv[1]) if sys.argv[1:] else WALKS
    with ProcessPoolExecutor() as people:
        told = list(people.map(gone, range(walks), chunksize=10))
    faults = [fault for _, _, fault in told if fault]
    finished = sum(done for _, done, _ in told)
    print(
        f"{walks} walks of {sum(turns for turns, _, _ in told)} turns, {finished} to the packet",
        *faults,
        sep="\n",
    )
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
