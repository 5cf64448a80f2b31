"""Who reacts to what: (verb, name of the reaction, function). This is all that happens by itself."""

from cunlian.flows.data_requests import tell_wisher
from cunlian.flows.notify import tell_asker, tell_ladder, tell_moved, tell_reporter
from cunlian.flows.talent import tell_named
from cunlian.flows.tell_instructions import tell_doer, tell_giver, tell_informed
from cunlian.flows.tell_talent import tell_applicant, tell_comer, tell_goer_along, tell_mentor
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
    ("cases.unmerged", "tell_reporter", tell_reporter),
    ("cases.extension_refused", "tell_asker", tell_asker),
    ("people.request_fulfilled", "tell_wisher", tell_wisher),
    ("people.request_refused", "tell_wisher", tell_wisher),
    ("instructions.sent", "tell_doer", tell_doer),
    ("instructions.sent", "tell_informed", tell_informed),
    ("instructions.redirected", "tell_doer", tell_doer),
    ("instructions.upheld", "tell_doer", tell_doer),
    ("instructions.supervised", "tell_doer", tell_doer),
    ("instructions.sent_back", "tell_doer", tell_doer),
    ("instructions.returned", "tell_giver", tell_giver),
    ("instructions.extension_asked", "tell_giver", tell_giver),
    ("instructions.completed", "tell_giver", tell_giver),
    ("talent.recommended", "tell_named", tell_named),
    ("talent.refresh_asked", "tell_named", tell_named),
    ("coming_home.begun", "tell_comer", tell_comer),
    ("coming_home.begun_for", "tell_comer", tell_comer),
    ("coming_home.support_decided", "tell_comer", tell_comer),
    ("coming_home.stopped", "tell_comer", tell_comer),
    ("coming_home.stopped", "tell_goer_along", tell_goer_along),
    ("mentoring.mentoring_broken_off", "tell_mentor", tell_mentor),
    ("partners.applied", "tell_applicant", tell_applicant),
    ("partners.applied_for", "tell_applicant", tell_applicant),
    ("partners.taken", "tell_applicant", tell_applicant),
    ("partners.not_taken", "tell_applicant", tell_applicant),
    ("promises.late", "tell_ladder", tell_ladder),
    ("promises.moved", "tell_moved", tell_moved),
)
