"""Who reacts to what: (verb, name of the reaction, function). This is all that happens by itself."""

from cunlian.flows.notify import tell_asker, tell_ladder, tell_moved, tell_reporter
from cunlian.kernel.outbox import Reaction

REACTIONS: tuple[tuple[str, str, Reaction], ...] = (
    ("cases.reported", "tell_reporter", tell_reporter),
    ("cases.reported_for", "tell_reporter", tell_reporter),
    ("cases.dispatched", "tell_reporter", tell_reporter),
    ("cases.rejected", "tell_reporter", tell_reporter),
    ("cases.extension_granted", "tell_reporter", tell_reporter),
    ("cases.answered", "tell_reporter", tell_reporter),
    ("cases.vouched", "tell_reporter", tell_reporter),
    ("cases.elapsed", "tell_reporter", tell_reporter),
    ("cases.reopened", "tell_reporter", tell_reporter),
    ("cases.merged", "tell_reporter", tell_reporter),
    ("cases.extension_refused", "tell_asker", tell_asker),
    ("promises.late", "tell_ladder", tell_ladder),
    ("promises.moved", "tell_moved", tell_moved),
)
