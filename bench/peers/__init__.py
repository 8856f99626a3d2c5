"""What the benchmarks compare with, and what they measure against.

The interview is that of `bench.turns`, said again here so that a peer's process carries nothing of ours.
"""

QUESTIONS = 40


def pressed(number: int) -> bool:
    """15 of the 40 questions are answered by a button."""
    return number % 8 in (2, 5, 7)
