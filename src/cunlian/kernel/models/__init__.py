"""Tables of the kernel, by topic.

They carry no foreign key to anything above: a record is (kind, key), a place is its key.
"""

from cunlian.kernel.models.evidence import Attachment, Evidence
from cunlian.kernel.models.log import Activity, CalendarDay, Look, Seal, SealEntry
from cunlian.kernel.models.promises import Promise, PromisePause, PromiseState
from cunlian.kernel.models.threads import ThreadLink
from cunlian.kernel.models.work import Job, Message, OutboxEntry, Press, Tick

__all__ = [
    "Activity",
    "Attachment",
    "CalendarDay",
    "Evidence",
    "Job",
    "Look",
    "Message",
    "OutboxEntry",
    "Press",
    "Promise",
    "PromisePause",
    "PromiseState",
    "Seal",
    "SealEntry",
    "ThreadLink",
    "Tick",
]
