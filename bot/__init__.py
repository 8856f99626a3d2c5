"""Where the conversation meets people: web chat, terminal, Telegram, command line."""

import sys

# structlog loads rich wherever it is installed (typer brings it along), for tracebacks that we never show: 70 modules.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # Python's own way to say that there is none
