"""What a fault may say of itself in a table that administrators read, and in what the server writes."""

from __future__ import annotations

import logging
import re
import traceback

from cunlian.kernel.refusals import Refusal

_NUMBERS = re.compile(r"\d{4,}")
_ADDRESSES = re.compile(r"\S+@\S+")
_WORDS = re.compile(r"[^\x00-\x7f]+")


def describe(error: BaseException) -> str:
    """Kind, place in our code and first line of a fault, at most 300 characters. Long numbers, addresses and
    whatever is no plain ASCII, as names are, are left out, and so is all after the first line, where databases quote the
    row they refuse: administrators see no personal data."""
    if isinstance(error, Refusal):
        return str(error)[:300]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/cunlian/" in frame.filename and "site-packages" not in frame.filename]
    where = "".join(f" ({frame.filename.rpartition('/cunlian/')[2]}:{frame.lineno})" for frame in (ours or frames)[-1:])
    words = (str(error).splitlines() or [""])[0]
    for personal in (_NUMBERS, _ADDRESSES, _WORDS):
        words = personal.sub("…", words)
    return f"{type(error).__name__}{where}: {words}"[:300]


class PageFault(logging.Formatter):
    """One line for a page that broke: when, which page (its pattern, for an address may name somebody), what and where."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        page = f"{request.method} /{match.route}" if request and match else record.name
        return f"{self.formatTime(record)} {page}: {describe(error) if error else record.levelname}"
