"""What is done in a worker process with files that people sent, for those who ask for it there.

Each loads the libraries that open files where it runs; who only names it loads none of them.
"""

from __future__ import annotations

from forms.attachment import Attachment
from forms.caps import Caps
from forms.readable import Readable


def inspect(sent: Readable, file: str, name: str, caps: Caps) -> Attachment:
    """As `forms.inspection.inspect`."""
    from forms import inspection

    return inspection.inspect(sent, file, name, caps)


def prepared_photo(file: Readable) -> bytes:
    """As `forms.pictures.prepared_photo`."""
    from forms import pictures

    return pictures.prepared_photo(file)


def prepared_scan(file: Readable, page: int) -> bytes:
    """As `forms.pictures.prepared_scan`."""
    from forms import pictures

    return pictures.prepared_scan(file, page)


def preview(file: Readable) -> bytes:
    """As `forms.pictures.preview`."""
    from forms import pictures

    return pictures.preview(file)
