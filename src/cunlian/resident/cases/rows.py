"""A request in one line, and in full, as the person concerned reads it: posts, days, the one step now possible."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cunlian.cases.messages import PAUSE_REASONS
from cunlian.cases.models import Case, Petition, Remark
from cunlian.cases.published import shown_with
from cunlian.cases.receipts import Held, phone_of, shown
from cunlian.cases.rules import NEIGHBOUR, PROXY, available_moves
from cunlian.cases.states import ENDED, HELD, OPEN, State
from cunlian.cases.timeline import Step, steps
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Attachment
from cunlian.kernel.secrets import mask_phone
from cunlian.organisations.models import Post
from cunlian.places.models import District
from cunlian.ui import formats
from cunlian.ui.pieces import WayStep

SPOKEN_BY = {NEIGHBOUR: _lazy("a neighbour"), PROXY: _lazy("somebody wrote it for you")}
BY_PERSON = frozenset(
    f"cases.{verb}"
    for verb in ("reported", "reported_for", "words_added", "reopened", "confirmed", "withdrawn", "pictures_refused")
)


@dataclass(frozen=True)
class Row:
    receipt: str
    shown: str
    title: str
    place: str
    state: str
    state_label: str
    line: str


def title_for(held: Held) -> str:
    """The person's own words; to somebody who joined, the category: they never read what another wrote."""
    case = held.case
    if held.is_own and case.title:
        return case.title
    return str(case.category) if case.category else _("A request from %(place)s") % {"place": case.place}


def post_name(post: Post | None) -> str:
    return f"{post.organisation.name} {post.title}" if post else ""


def lead_of(case: Case) -> Case:
    """The case in which the work goes on: itself, or the one it was joined with."""
    return case.merged_into or case


def line_of(case: Case) -> str:
    """Who has it, and by when, in one sentence."""
    case = lead_of(case)
    if case.state in ENDED:
        return str(State(case.state).label)
    if case.state == State.ANSWERED and case.window_ends_at:
        return _("Answered. Please tell us by %(day)s whether it is fixed.") % {"day": formats.day(case.window_ends_at)}
    if case.holder is None:
        return _("Waiting for somebody to take it on. The dispatch desk has been told.")
    values = {"post": post_name(case.holder), "day": formats.day(case.promise.due_at)}
    if case.promise.state == "paused":
        return _("With %(post)s. The clock stands.") % values
    if case.promise.due_at < clock.now():
        return _("With %(post)s. An answer was due on %(day)s and is late.") % values
    return _("With %(post)s. You get an answer by %(day)s.") % values


def row_of(held: Held, district: District) -> Row:
    case = held.case
    return Row(
        held.receipt, shown(held.receipt, district.receipt_mark), title_for(held), str(case.place),
        lead_of(case).state, str(State(lead_of(case).state).label),
        _("You said that it is fixed.") if held.is_own and case.state == State.CONFIRMED else line_of(case),
    )  # fmt: skip


# --- one request in full ---


def _doer(step: Step) -> str:
    if step.post:
        return post_name(step.post)
    if step.behalf in SPOKEN_BY:
        return str(SPOKEN_BY[step.behalf])
    return "" if step.verb.code in BY_PERSON else _("system")


def _note(step: Step, own: bool) -> str:
    """When, by which post, to which, why. The answer itself stands above, so its words are not said twice."""
    hidden = step.verb.code == "cases.answered" or (not own and step.verb.code in BY_PERSON)
    words = "" if hidden else step.words
    reason = str(PAUSE_REASONS.get(step.detail, "")) if step.verb.code == "cases.paused" else ""
    to = _("to %(post)s") % {"post": post_name(step.to)} if step.to else ""
    parts = [formats.moment(step.happened_at), _doer(step), to, reason, words]
    return " ".join(part for part in parts if part)


def _label(step: Step, own: bool) -> str:
    if own and step.verb.code == "cases.reported":
        return _("You reported it")
    if own and step.verb.code == "cases.confirmed" and not step.post:
        return _("You say it is fixed")
    return str(step.verb.label)


def _ahead(case: Case) -> list[WayStep]:
    """The step now waited for and those still to come."""
    by = _("answer due by %(day)s") % {"day": formats.day(case.promise.due_at)}
    if case.state in (State.REPORTED, State.RETURNED):
        first = [WayStep(_("Waiting to be taken on"), "now", by), WayStep(_("Work and answer"), "later")]
    elif case.state in HELD:
        first = [WayStep(_("Work goes on"), "now", " ".join(filter(None, [post_name(case.holder), by])))]
    elif case.state == State.ANSWERED and case.window_ends_at:
        until = _("Waiting for you, until %(day)s") % {"day": formats.day(case.window_ends_at)}
        return [WayStep(_("You say whether it is fixed"), "now", until), WayStep(_("Closed"), "later")]
    else:
        return []
    return [*first, WayStep(_("You say whether it is fixed"), "later"), WayStep(_("Closed"), "later")]


def way_of(held: Held) -> list[WayStep]:
    """Done, now and later, oldest first."""
    done = [
        WayStep(_label(step, held.is_own), "done", _note(step, held.is_own)) for step in steps(held.case, public=True)
    ]
    return done + _ahead(lead_of(held.case))


@dataclass(frozen=True)
class Detail:
    """All a page about one request shows."""

    held: Held
    row: Row
    lead: Case
    answer: Remark | None
    holder: str
    office_phone: str
    due: str
    due_note: str
    phone: str
    way: list[WayStep]
    photos: list[Attachment]
    own_photos: list[Attachment]
    moves: frozenset[str] = frozenset()
    as_neighbour: frozenset[str] = frozenset()

    @property
    def asks(self) -> bool:
        """Whether it is the person's turn now."""
        return "confirm" in self.moves

    @property
    def worked_on_again(self) -> bool:
        """Whether the answer shown is the one before: it was not fixed, and work goes on."""
        return self.lead.state in OPEN

    @property
    def until(self) -> str:
        """Until when the person may say whether it is fixed: 7月15日 星期三 晚 8 点."""
        ends = self.lead.window_ends_at
        return f"{formats.day(ends, weekday=True)} {formats.spoken_time(ends)}" if ends else ""

    @property
    def pictures_refused(self) -> bool:
        return any(photo.refused_at for photo in self.own_photos)

    @property
    def petition(self) -> Petition | None:
        return getattr(self.held.case, "petition", None)

    @property
    def neighbour_may_look(self) -> bool:
        category = self.held.case.category
        return category is not None and category.is_public_matter and not self.held.case.confidential


def _due_note(case: Case) -> str:
    promise = case.promise
    if case.answered_at:
        early = clock.working_days_between(clock.day_of(case.answered_at), clock.day_of(promise.due_at))
        day = formats.day(case.answered_at)
        if early > 0:
            return _("answered on %(day)s, %(days)s working days early") % {"day": day, "days": early}
        return _("answered on %(day)s") % {"day": day}
    if promise.state == "paused":
        pause = next((pause for pause in promise.pauses.all() if pause.ended_at is None), None)
        why = PAUSE_REASONS.get(pause.reason, "") if pause else ""
        return _("the clock stands: %(why)s") % {"why": why}
    if promise.state == "open" and promise.due_at < clock.now():
        return formats.late_by(clock.working_days_between(clock.day_of(promise.due_at), clock.today()))
    if promise.provisional:
        return _("may move by some days once the list of holidays is out")
    return ""


def photos_of(held: Held) -> list[Attachment]:
    """Pictures its holder may open: those shown to everybody, and what they sent themselves. Not what staff keep with it."""
    sent = Attachment.objects.about(held.case).filter(by_post_id=None, blurred_from=None, evidence__width__isnull=False)
    return [*shown_with(lead_of(held.case)), *(sent if held.is_own else ())]


def detail_of(held: Held, actor: Actor, district: District) -> Detail:
    """Constant queries: the record, its words, its steps and the posts in them."""
    lead = lead_of(held.case)
    phone = phone_of(held)
    answers = [r for r in lead.remarks.all() if r.public and r.remark_kind == Remark.RemarkKind.ANSWER]
    moves = frozenset(move.name for move in available_moves(held.case, actor)) if held.is_own else frozenset()
    # Who joined it, or whose request was joined into it, is a neighbour of the request in which the work goes on.
    beside = not held.is_own or lead != held.case
    neighbour = {"vouch", "reopen"} & {move.name for move in available_moves(lead, actor)} if beside else set()
    unit = lead.holder.organisation if lead.holder else None
    photos = photos_of(held)
    return Detail(
        held=held, row=row_of(held, district), lead=lead, answer=answers[-1] if answers else None,
        holder=post_name(lead.holder), office_phone=(unit.phone if unit else "") or district.office_phone,
        due=formats.day(lead.promise.due_at) if lead.promise else "", due_note=_due_note(lead),
        phone=mask_phone(phone) if phone else "", way=way_of(held), moves=moves, as_neighbour=frozenset(neighbour),
        photos=[photo for photo in photos if photo.blurred_from_id],
        own_photos=[photo for photo in photos if not photo.blurred_from_id],
    )  # fmt: skip
