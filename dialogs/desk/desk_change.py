"""What a turn did at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.desk.deeds import Deed
from dialogs.desk.desk_state import Desk
from dialogs.turn import Say


@dataclass(frozen=True)
class DeskChange:
    """The desk after a turn, what is done, and what is said once. Where a deed is refused, the desk stays as it was."""

    desk: Desk
    deeds: tuple[Deed, ...] = ()
    said: tuple[Say, ...] = ()
    echo: str = ""
