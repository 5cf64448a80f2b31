"""Invented data for the components page. Nothing here is about anybody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_filters import CharFilter, ChoiceFilter
from django_tables2 import Column, TemplateColumn

from cunlian.kernel import clock
from cunlian.kernel.models import Promise, PromisePause
from cunlian.kernel.refusals import Conflict
from cunlian.ui.filters import ListFilter
from cunlian.ui.navigation import Choice, Scope
from cunlian.ui.pieces import Bar, Chart, Goal, MoveButton, Series, ThreadStep, TimelineEntry, WayStep
from cunlian.ui.tables import ListTable, NumberColumn, page_of

NOW = datetime(2026, 7, 9, 10, 20, tzinfo=clock.SHANGHAI)


def _at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=clock.SHANGHAI)


# One of each shape, in the order of the legend.
STATES: list[tuple[str, LazyText]] = [
    ("reported", _("Waiting to be taken on")),
    ("in_progress", _("Being handled")),
    ("answered", _("Answered, waiting to hear if it is fixed")),
    ("returned", _("Not ours, sent back")),
    ("confirmed", _("Confirmed by the person who reported it")),
    ("elapsed", _("No reply within the window")),
]


class SampleTable(ListTable):
    """A list as the desk draws it."""

    rows_name = ngettext_lazy("%(n)s request", "%(n)s requests", "total")
    exports = ("xlsx", "csv")

    title = Column(verbose_name=_("Matter"), linkify=lambda record: "#")
    place = Column(verbose_name=_("Village"))
    state = TemplateColumn("{% state record.state record.label %}", verbose_name=_("State"))
    due_at = TemplateColumn("{% due record.due_at %}", verbose_name=_("Due"))
    joined = NumberColumn(verbose_name=_("Joined by"))

    class Meta(ListTable.Meta):
        order_by = "due_at"


class SampleFilter(ListFilter):
    """The filters above the list."""

    q = CharFilter(label=_("Words, receipt number"))
    state = ChoiceFilter(label=_("State"), choices=STATES)


class SampleForm(forms.Form):
    """Every kind of input."""

    what = forms.CharField(
        label=_("What has happened"), widget=forms.Textarea, help_text=_("As you would tell it on the phone.")
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("Only the post that handles it can call you."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    village = forms.ChoiceField(label=_("Village"), choices=[("", "—"), ("1", _("Qipan")), ("2", _("Yuling"))])
    level = forms.ChoiceField(
        label=_("How urgent"),
        widget=forms.RadioSelect,
        choices=[("normal", _("It can wait some days")), ("urgent", _("It should be today"))],
        initial="normal",
    )
    photo = forms.FileField(label=_("Photo"), required=False, help_text=_("Where it was taken is removed from it."))
    call_back = forms.BooleanField(label=_("You may call me in the evening"), required=False)


def rows() -> list[dict[str, Any]]:
    """Enough for one page of the list, in every shape of state."""
    keys = ("title", "place", "state", "label", "due_at", "joined")
    values = [
        (_("No light on the village square at night"), _("Qipan"), *STATES[1], _at(7, 8, 17, 30), 3),
        (_("Old-age allowance not received since May"), _("Jiahe"), *STATES[1], _at(7, 9, 17, 30), 0),
        (_("Broken well cover on the way to school"), _("Qipan"), *STATES[0], _at(7, 10, 12), 1),
        (_("Passing place on the village road has sunk"), _("Qipan"), *STATES[3], _at(7, 14, 17, 30), 0),
        (_("Square fitness equipment repaired"), _("Yuanhe"), *STATES[2], _at(7, 13, 17, 30), 2),
        (_("Irrigation canal has burst, about 6 metres"), _("Qipan"), *STATES[4], _at(7, 13, 17, 30), 4),
        (_("Septic tank emptied"), _("Jiahe"), *STATES[5], _at(7, 15, 17, 30), 0),
    ]
    return [dict(zip(keys, row, strict=True)) for row in values]


def _promise(made: datetime, first: datetime, due: datetime, *pauses: tuple[datetime, datetime | None]) -> Promise:
    promise = Promise(
        promise_kind="sample",
        made_at=made,
        first_due_at=first,
        due_at=due,
        working_days=7,
        state="paused" if any(end is None for _start, end in pauses) else "open",
    )
    made_pauses = [
        PromisePause(promise=promise, reason=str(_("bad weather")), started_at=a, ended_at=b) for a, b in pauses
    ]
    promise._prefetched_objects_cache = {"pauses": made_pauses}  # type: ignore[attr-defined]
    return promise


def promises() -> list[Promise]:
    usual = _at(7, 9, 17, 30)
    return [
        _promise(
            _at(6, 30), usual, _at(7, 13, 17, 30), (_at(7, 3, 7, 35), _at(7, 4, 0)), (_at(7, 6, 8), _at(7, 6, 23))
        ),
        _promise(_at(6, 26), _at(7, 7, 17, 30), _at(7, 7, 17, 30)),
        _promise(_at(7, 1), _at(7, 10, 17, 30), _at(7, 10, 17, 30), (_at(7, 8, 9), None)),
        _promise(_at(6, 1), _at(7, 14, 17, 30), _at(7, 14, 17, 30)),
    ]


def entries() -> list[TimelineEntry]:
    return [
        TimelineEntry(
            _at(7, 8, 16, 20),
            _("Water officer of the township"),
            _("added progress"),
            icon="message-plus",
            words=str(_("The digger comes on Saturday morning; sandbags until then.")),
            note=_("the reporter sees this"),
        ),
        TimelineEntry(_at(7, 7, 0), _("System"), _("let the clock go on"), icon="player-play"),
        TimelineEntry(
            _at(7, 3, 7, 35),
            _("Water officer of the township"),
            _("paused the clock: bad weather"),
            icon="player-pause",
        ),
        TimelineEntry(
            _at(6, 30, 9, 40), _("Grid worker Qipan-03"), _("joined it with another"), icon="git-merge", url="#"
        ),
        TimelineEntry(_at(6, 30, 9, 5), _("Grid worker Qipan-03"), _("took it on"), icon="inbox"),
    ]


def steps() -> list[ThreadStep]:
    return [
        ThreadStep(_("night talk, item 7"), _("“The canal is cracking”"), day=date(2026, 6, 8), url="#"),
        ThreadStep(_("request"), "26073849217", "here", date(2026, 6, 30), note=_("this one")),
        ThreadStep(_("needed"), _("40 m³ of stone, digger for 2 days"), day=date(2026, 7, 6), url="#"),
        ThreadStep(
            _("matched"), _("Yuling lends the digger"), day=date(2026, 7, 8), url="#", note=_("both have agreed")
        ),
        ThreadStep(_("not yet"), _("Project: repair the canal"), "next", act=_("Propose it as a project"), act_url="#"),
    ]


def way() -> list[WayStep]:
    return [
        WayStep(_("You reported it"), "done", _("by telephone, written down by the village office")),
        WayStep(_("Taken on"), "done", _("grid worker Qipan-02")),
        WayStep(_("Done and answered"), "done", _("street lamp post")),
        WayStep(_("You confirm"), "now", _("waiting for you until 15 July")),
        WayStep(_("Closed"), "later"),
    ]


def buttons() -> list[MoveButton]:
    return [
        MoveButton(_("Done, write the answer"), "#", "primary", icon="check"),
        MoveButton(_("Add progress"), "#", icon="message-plus"),
        MoveButton(_("Pause the clock"), "#", icon="player-pause"),
        MoveButton(
            _("Close"),
            style="normal",
            reason=_("It cannot be closed yet: answer first, then ask the person to confirm."),
        ),
        MoveButton(_("Not ours"), "#", "quiet"),
        MoveButton(_("Join with another"), "#", "quiet"),
        MoveButton(_("Split off a part"), "#", "quiet"),
        MoveButton(_("Withdraw"), "#", "quiet"),
    ]


def chart() -> Chart:
    got = (198, 205, 187, 193, 171, 176, 142, 208, 219, 231, 238, 70)
    in_time = (176, 184, 168, 176, 157, 161, 131, 191, 201, 213, 158, 12)
    late = (22, 21, 19, 17, 14, 15, 11, 17, 18, 16, 14, 1)
    waiting = tuple(a - b - c for a, b, c in zip(got, in_time, late, strict=True))
    return Chart(
        title=_("Taken on month by month, and answered in time or not"),
        sentence=_(
            "Taken on each month from August to July: between 142 and 238, most answered in time; 57 of July's 70 wait."
        ),
        lead=_("By the month it was taken on; each counted once"),
        corner="2025–2026",
        columns=[str(month) for month in (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7)],
        series=[
            Series(_("in time"), in_time, ["#"] * 12, "k1"),
            Series(_("late"), late, ["#"] * 12, "k2"),
            Series(_("not answered yet"), waiting, ["#"] * 12, "k0"),
        ],
        more=[Series(_("taken on"), got, ["#"] * 12)],
    )


def bars() -> list[Bar]:
    return [
        Bar(_("Confirmed by the person"), 871, "#"),
        Bar(_("Confirmed by a neighbour"), 92, "#", "k3"),
        Bar(_("No reply within the window"), 135, "#", "k0"),
        Bar(_("Being handled"), 169, "#", "k3"),
        Bar(_("Late, not answered"), 17, "#", "k2"),
    ]


def wrong_form() -> SampleForm:
    form = SampleForm({"what": "", "phone": "139", "level": "normal"})
    form.is_valid()
    form.add_error("phone", _("This number has 3 digits; a mobile number has 11."))
    return form


def context(request: HttpRequest) -> dict[str, Any]:
    """All that the pages of components show."""
    return {
        "title": _("Components"),
        "crumbs": [(_("Requests"), "#"), (_("Qipan"), "#"), ("26073849217", "")],
        "nav_counts": {"desk:home": 12},
        "scope": Scope(_("Hengkou"), [Choice(_("Hengkou"), "#", current=True), Choice(_("Qipan"), "#")]),
        "table": page_of(request, SampleTable(rows() * 3), size=7),
        "filter": SampleFilter(request.GET, queryset=Promise.objects.none()),
        "empty_table": page_of(
            request, SampleTable([], empty_text=_("Requests that wait for you stand here. There are none now."))
        ),
        "form": wrong_form(),
        "fresh_form": SampleForm(),
        "promises": promises(),
        "entries": entries(),
        "steps": steps(),
        "way": way(),
        "buttons": buttons(),
        "chart": chart(),
        "bars": bars(),
        "goals": [
            Goal(_("Answered in time"), 92.1, 95, "92.1%", "#", _("target 95%, end of the year")),
            Goal(_("Grids with somebody responsible"), 98.7, 100, "98.7%", "#", _("target 100%, every day")),
        ],
        "states": STATES,
        "refusal": Conflict(
            _("Somebody else changed this first. Reload the page to see it."),
            rule=_("County rules on handling, Art. 7"),
        ),
        "back": "#",
        "money_fen": 334_600_000 * 10,
        "land": 50_000,
        "now": NOW,
        "tomorrow": _at(7, 10, 12),
        "next_week": _at(7, 13, 17, 30),
        "yesterday": _at(7, 8, 17, 30),
        "last_year": date(2025, 12, 31),
        "printed_at": NOW,
    }
