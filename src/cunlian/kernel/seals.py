"""Seals: the proof that the log is what it was.

Rows of the log are not chained inside the transaction that writes them, for then all writers of a county would queue
for one row. Each minute, and on ``cunlian seal``, every committed row that lies in no seal yet is taken into one: its
number, the digest of the seal before, the Merkle root of its rows (RFC 6962) and their count. Each day's last seal is
published and sent to the auditor; a chain whose head stays in the same database proves nothing against whoever runs
it.

What is proven, and by what:

- a row written past the application has no valid ``mac`` (the key is not in the database) and never enters a seal;
- a row changed, deleted or put in after sealing no longer fits its leaf, its root or the chain;
- whoever has the database *and* the key can recompute all of that, but not the seals in the auditor's hands.

A row deleted within the minute before it was sealed leaves no trace here.

Nothing is lost by looking only at recent rows: ``recorded_at`` is set when the row is built, so a row can become
visible late only by the length of its transaction. The minute's look goes back an hour before the last seal, however
long ago that was; a transaction open for longer, or a clock that jumped, is caught by the look through the whole log
that comes with each day's publication and with ``cunlian seal``, and is named by ``verify`` until then."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, days, log, messages
from cunlian.kernel.models import Activity, Seal, SealEntry
from cunlian.kernel.refusals import Conflict, Invalid

SIZE = 4_000
HORIZON = timedelta(hours=1)
ORIGIN = bytes(32)
ATTEMPTS = 10
BATCH = 2_000

Progress = Callable[[int], None]


def leaf_of(row: Activity) -> bytes:
    return hashlib.sha256(b"\x00" + log.canonical(row) + bytes(row.mac)).digest()


def is_genuine(row: Activity | None) -> bool:
    """Whether the row can be read and was written with one of the county's log keys."""
    try:
        return row is not None and hmac.compare_digest(bytes(row.mac), log.digest(row))
    except (AttributeError, KeyError, TypeError, ValueError):  # a hand wrote something that is no time, no key, no JSON
        return False


def fits(row: Activity, leaf: bytes) -> bool:
    """Whether the row is what was sealed. It takes no key."""
    try:
        return leaf_of(row) == leaf
    except (AttributeError, TypeError, ValueError):
        return False


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """RFC 6962 Merkle tree built leaf by leaf. Holds one hash for each set bit of the count, never the leaves."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.count = 0
        self._peaks: list[bytes] = []
        for leaf in leaves:
            self.add(leaf)

    def add(self, leaf: bytes) -> None:
        peak, size = leaf, self.count
        while size & 1:
            peak, size = _node(self._peaks.pop(), peak), size >> 1
        self._peaks.append(peak)
        self.count += 1

    @property
    def root(self) -> bytes:
        """ValueError for a tree without leaves: there are no empty seals."""
        if not self._peaks:
            raise ValueError("a tree without leaves has no root")
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = _node(peak, root)
        return root


def digest_of(number: int, previous: bytes, root: bytes, count: int) -> bytes:
    """SHA-256 over number and count as 8 bytes, big end first, with the 32 bytes of ``previous`` and ``root``
    between."""
    return hashlib.sha256(number.to_bytes(8) + previous + root + count.to_bytes(8)).digest()


def read(rows: QuerySet[Activity]) -> list[tuple[str, Activity | None]]:
    """Key (32 hex digits) and row of each; None for a row that cannot be read. SQLite lets a hand write anything into
    any column, and one such row must neither stop the sealing of all others nor go unnamed."""
    try:
        return [(row.pk.hex, row) for row in rows.iterator(chunk_size=BATCH)]
    except ValueError:
        keys = rows.annotate(key=Cast("pk", TextField())).values_list("key", flat=True)
        return [(str(key), _read_one(str(key))) for key in keys]


def _read_one(key: str) -> Activity | None:
    try:
        return Activity.objects.get(pk=key)
    except (ValueError, ValidationError):
        return None


def unsealed(key: str = "") -> QuerySet[Activity]:
    """Rows in no seal that follow ``key``, in order of their keys. Over the whole log this is an anti-join of two large
    tables: read it page by page, and narrow it by time where you can."""
    entries = SealEntry.objects.filter(activity_id=OuterRef("pk"))
    rows = Activity.objects.order_by("pk")
    if key:
        # As stored: the key of an unreadable row on SQLite need not be a UUID.
        rows = rows.extra(where=["kernel_activity.id > %s"], params=[key])
    if key and connection.vendor == "postgresql":
        # Said again for the entries: PostgreSQL does not conclude it, and each page would read them from the first.
        entries = entries.filter(activity_id__gt=UUID(key))
    return rows.filter(~Exists(entries))


def seal(limit: int = SIZE, *, full: bool = False, progress: Progress | None = None) -> list[Seal]:
    """Take every committed, genuine row that lies in no seal into seals of at most ``limit`` rows; return those
    written.

    Looks back to an hour before the last seal; ``full`` looks through the whole log. ``progress`` is told the rows
    sealed by each seal. Conflict when others keep sealing the same rows, which is harmless."""
    last = None if full else Seal.objects.order_by("number").last()
    since = min(last.sealed_at, datetime.now(UTC)) - HORIZON if last else None
    written: list[Seal] = []
    key = ""
    while page := read(_since(since, unsealed(key))[:limit]):
        key = page[-1][0]
        leaves = {row.pk: leaf_of(row) for _key, row in page if row and is_genuine(row)}
        sealed = _seal_leaves(leaves)
        if sealed:
            written.append(sealed)
            if progress:
                progress(sealed.count)
    return written


def _since(since: datetime | None, rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.filter(recorded_at__gte=since) if since else rows


Leaves = dict[UUID, bytes]


def _seal_leaves(leaves: Leaves) -> Seal | None:
    """Write one seal. When another sealer was first, leave to it what it took and try again with the rest."""
    for _attempt in range(ATTEMPTS):
        if not leaves:
            return None
        try:
            return _write(leaves)
        except IntegrityError:
            taken = set(SealEntry.objects.filter(activity_id__in=list(leaves)).values_list("activity_id", flat=True))
            leaves = {key: leaf for key, leaf in leaves.items() if key not in taken}
    raise Conflict(_("Other processes are sealing the log just now. Nothing is lost; try again in a minute."))


@transaction.atomic
def _write(leaves: Leaves) -> Seal:
    """One seal with its entries, or nothing: the number is unique, so of two sealers at once one fails here."""
    last = Seal.objects.order_by("number").last()
    number, previous = (last.number + 1, bytes(last.digest)) if last else (1, ORIGIN)
    root = Tree(leaves.values()).root
    sealed = Seal.objects.create(
        number=number,
        previous=previous,
        root=root,
        count=len(leaves),
        digest=digest_of(number, previous, root, len(leaves)),
        sealed_at=datetime.now(UTC),  # as recorded_at: not from a clock that demonstrations can set
    )
    entries = [
        SealEntry(activity_id=key, seal=sealed, position=position, leaf=leaf)
        for position, (key, leaf) in enumerate(leaves.items())
    ]
    SealEntry.objects.bulk_create(entries, batch_size=BATCH)
    return sealed


def line_of(sealed: Seal) -> str:
    """A seal as published: one line of JSON. Files of such lines are what ``verify`` compares with."""
    return json.dumps({"number": sealed.number, "digest": bytes(sealed.digest).hex()})


def published_seals() -> QuerySet[Seal]:
    """For the public page, newest first."""
    return Seal.objects.filter(published_at__isnull=False).order_by("-number")


def publish_due() -> list[Seal]:
    """Publish every past day whose last seal is not published yet, after a look through the whole log for rows the
    minutes passed over. The worker calls this each minute; on all but the first of a day it finds nothing to do."""
    published = published_seals().first()
    due = Seal.objects.filter(number__gt=published.number if published else 0, sealed_at__lt=clock.at(clock.today()))
    by_day = due.annotate(day=TruncDate("sealed_at", tzinfo=clock.SHANGHAI)).order_by("day")
    days = list(by_day.values_list("day", flat=True).distinct())
    if days:
        seal(full=True)
    return [sealed for day in days if (sealed := publish_day(day))]


@transaction.atomic
def publish_day(day: date) -> Seal | None:
    """Publish the last seal of a Shanghai day that is over and send it to the auditor; None if the day has none. Doing
    it again changes nothing."""
    if day >= clock.today():
        raise Invalid(_("The day is not over. Its last seal can be published tomorrow."), field="day")
    start, end = clock.bounds(day)
    sealed = Seal.objects.filter(sealed_at__gte=start, sealed_at__lt=end).order_by("number").last()
    if sealed is None or sealed.published_at:
        return sealed
    sealed.published_at = clock.now()
    sealed.save(update_fields=["published_at"])
    if settings.AUDITOR_EMAIL:
        messages.queue(
            f"seal:{sealed.number}",
            "email",
            settings.AUDITOR_EMAIL,
            _("Seal %(number)s of %(day)s") % {"number": sealed.number, "day": days.day(day, year=True)},
            _(
                "This is the last seal of the day over the activity log. Please keep it: “cunlian verify --seals FILE” "
                "compares a file of such lines with the log."
            )
            + "\n\n"
            + line_of(sealed),
        )
    return sealed
