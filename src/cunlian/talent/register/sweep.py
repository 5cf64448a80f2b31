"""What time does to entries: after a year they are asked about, then they rest, then they go; so do unanswered questions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.records import change, lock
from cunlian.people.models import Person
from cunlian.talent.models import TalentEntry
from cunlian.talent.register.actions.entries import AGAIN, rest_entry
from cunlian.talent.register.actions.leaving import hand_on_entry
from cunlian.talent.register.holdings import remove_entries
from cunlian.talent.register.promises import REFRESH, owe, owe_again
from cunlian.talent.register.querysets import agreed
from cunlian.talent.register.states import HELD, State

AT_ONCE = 500
# How long a question may stay unanswered, and an entry may rest, before it is erased (个人信息保护法 Art. 19).
UNANSWERED = timedelta(days=60)
RESTING = timedelta(days=365)


@transaction.atomic
def _ask(entry: TalentEntry) -> bool:
    entry = lock(entry)
    if entry.state != State.LISTED or (entry.promise and entry.promise.settled_at is None):
        return False
    change(entry, promise=owe(REFRESH, entry))
    log.record(SYSTEM, "talent.refresh_asked", entry)
    return True


@transaction.atomic
def _remove(entry: TalentEntry) -> bool:
    log.record(SYSTEM, "talent.removed", entry)
    remove_entries([entry], "time_over")
    return True


@transaction.atomic
def _owe_again(entry: TalentEntry) -> bool:
    entry = lock(entry)
    owe_again(entry)
    log.record(SYSTEM, "talent.owed_again", entry)
    return True


def keep_fresh(now: datetime) -> int:
    """Hand on what is owed to whoever moved to another village, and take it up again for whoever came back; ask about what
    nobody confirmed for a year; let rest what nobody confirmed in the time given; erase what nobody answered, what rested
    for a year, the memory of who declined a year ago, and the entries of the dead. How many entries it touched."""
    today = clock.day_of(now)
    rows = TalentEntry.objects.select_related("person__place", "promise").order_by("entered_on", "pk")
    listed = rows.living().filter(state=State.LISTED)
    late = listed.filter(promise__promise_kind=REFRESH, promise__settled_at=None, promise__due_at__lt=now)
    done = sum(bool(rest_entry(entry, by=SYSTEM)) for entry in list(late[:AT_ONCE]))
    due = listed.unconfirmed_since(today).filter(person__place__isnull=False)
    due = due.exclude(promise__promise_kind=REFRESH, promise__settled_at__isnull=True, promise__isnull=False)
    done += sum(bool(hand_on_entry(entry, by=SYSTEM)) for entry in list(rows.owed_elsewhere()[:AT_ONCE]))
    done += sum(_owe_again(entry) for entry in list(rows.owed_nothing()[:AT_ONCE]))
    done += sum(_ask(entry) for entry in list(due[:AT_ONCE]))
    over = (
        rows.filter(state=State.ASKED, entered_on__lte=today - UNANSWERED)
        | rows.filter(state=State.RESTING, rests_since__lte=today - RESTING)
        | rows.filter(state=State.DECLINED, entered_on__lte=today - AGAIN)
    )
    # Without a consent it is hidden already; this is for what the retention job does not know, as after an undone merge.
    over |= rows.filter(state__in=sorted(HELD)).exclude(agreed())
    over |= rows.filter(person__gone_because=Person.Gone.DIED)
    return done + sum(_remove(entry) for entry in list(over[:AT_ONCE]))
