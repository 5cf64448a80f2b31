"""How often numbers may be guessed. Each try takes one of a fixed number of slots, each slot a row that only one
request can add, so that a hundred tries at the same moment are counted as a hundred.

A right answer gives its slots back: whoever knows their numbers is never counted. Slots are kept in the cache shared by
all processes, under a digest of what is guessed and of the address it is guessed from.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.ids import read_receipt
from cunlian.kernel.refusals import TooMany
from cunlian.kernel.secrets import blind
from cunlian.ui import formats

# (what, within, how many). Four digits are ten thousand: 40 a day make it half a year to go through half of them.
PER_RECEIPT = ((timedelta(minutes=10), 10), (timedelta(days=1), 40))
PER_ADDRESS = ((timedelta(minutes=10), 30),)


def address_of(request: HttpRequest) -> str:
    """The network address that asks; behind our own proxy the one it names last."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and forwarded:
        return str(forwarded.rsplit(",", 1)[-1].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


def _take(who: str, within: timedelta, most: int) -> str:
    """The name of the slot taken, or TooMany with the time to come back."""
    seconds = int(within.total_seconds())
    window = int(clock.now().timestamp()) // seconds
    for slot in range(most):
        name = f"guess:{who}:{seconds}:{window}:{slot}"
        if cache.add(name, 1, timeout=seconds):
            return name
    free = datetime.fromtimestamp((window + 1) * seconds, UTC)
    raise TooMany(
        _("That was tried too often. You can try again from %(time)s, or call the office with your receipt.")
        % {"time": formats.due(free)},
        field="receipt",
    )


def take_guess(request: HttpRequest, receipt: str) -> list[str]:
    """Count one guess at ``receipt`` from this address. TooMany before anything is compared."""
    limits = [(f"a{blind(f'guess:{address_of(request)}')[:32]}", *limit) for limit in PER_ADDRESS]
    if number := read_receipt(receipt):
        limits += [(f"r{blind(f'guess:{number}')[:32]}", *limit) for limit in PER_RECEIPT]
    return [_take(who, within, most) for who, within, most in limits]


def give_back(slots: list[str]) -> None:
    cache.delete_many(slots)
