"""Giving an instruction: the form, and before it goes what its receivers already carry."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import DayField
from cunlian.desk.cases.choices import by_unit, keyed
from cunlian.desk.cases.forms import words
from cunlian.desk.instructions.detail import Known, known
from cunlian.desk.instructions.receivers import areas_for, offices_for, villages_for, villages_in
from cunlian.desk.pages import DeskRequest
from cunlian.instructions.actions import send_instruction
from cunlian.instructions.actions.send import over_limit, profiles_of
from cunlian.instructions.completeness import Order, missing
from cunlian.instructions.limits import Load, loads_at, rule_of, village_code
from cunlian.instructions.models import InstructionRule, Measure, Origin, Return
from cunlian.instructions.receivers import Receiver, resolve
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, require
from cunlian.kernel.ids import uuid7
from cunlian.kernel.refusals import Refusal
from cunlian.organisations.models import Post, Posting
from cunlian.places.models import District, VillageProfile
from cunlian.ui.forms import either

REFUSED = 422


def _line(label: Any, most: int, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, help_text=hint)


def _boxes(label: Any, hint: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple({"class": "choices choices-long"})
    return forms.MultipleChoiceField(label=label, required=False, widget=widget, help_text=hint)


class OrderForm(forms.Form):
    """The fields of ``Order``. What it needs is said by ``completeness.missing``, to form and action alike."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    title = _line(_("What is to be done, in one line"), 80)
    text = words(_("What there is to know about it"), required=False, rows=4, most=3000)
    origin_kind = forms.ChoiceField(
        label=_("Where it comes from"), choices=Origin, widget=forms.RadioSelect, required=False, initial="paper"
    )
    origin = _line(_("Paper with its number, or meeting"), 200)
    origin_on = DayField(label=_("Day of the paper or meeting"), required=False)
    basis = _line(
        pgettext_lazy("instruction", "Basis"), 200, _("The rule, plan or law by which the receiver has to do it.")
    )
    measure = forms.ChoiceField(label=_("Measure of a programme"), required=False)
    places = _boxes(
        _("Villages it goes to"),
        _("Villages, areas or posts: at least one in all. It goes straight to the post that answers for the village."),
    )
    areas = _boxes(_("Areas it goes to"), _("One receiver each: the head or the office of the area, not its villages."))
    area_villages = _boxes(_("All villages of an area"), _("Each village of the area is a receiver of its own."))
    posts = _boxes(_("Posts of offices it goes to"), "")
    asked = _line(_("Exactly what is to come back"), 300, _("Ask for nothing the register knows: that is attached."))
    return_kind = forms.ChoiceField(
        label=_("It comes back as"), choices=Return, widget=forms.RadioSelect, required=False, initial="text"
    )
    unit = _line(_("Unit of the number"), 20, _("Only when a number comes back."))
    due_on = DayField(label=_("Due day"), required=False)
    ends_on = DayField(label=_("Ends on"), required=False, help_text=_("After this day nobody has to do it any more."))
    exceed_reason = words(_("Why more than the county's limit"), required=False, rows=2, most=500)
    exceed_reason.widget.attrs["form"] = "order"  # it stands beside what they carry, before the form

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place_of, offices = keyed(villages_for(actor)), offices_for(actor)
        self.post_of = keyed(offices)
        self.area_of = keyed(areas_for(actor))
        measures = Measure.objects.visible_to(actor).current().for_list()
        self.measure_of = keyed(measures)
        lines = [(key, f"{line.programme} · {line}") for key, line in self.measure_of.items()]
        named: dict[str, Any] = {
            "places": [(key, place.short_name) for key, place in self.place_of.items()],
            "areas": [(key, area.name) for key, area in self.area_of.items()],
            "area_villages": [(key, area.name) for key, area in self.area_of.items()],
            "posts": [group for group in by_unit(offices) if group[0]],
            "measure": [("", ""), *lines],
        }
        for name, offered in named.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        for name in ("measure", "areas", "area_villages"):
            if not (lines if name == "measure" else self.area_of):
                del self.fields[name]
        either(self, "places", "areas", "area_villages", "posts")
        for name, sentence in missing(Order()).items():  # needed, and said to be: villages, areas or posts, any will do
            if name != "places":
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = str(sentence)

    def clean(self) -> dict[str, Any]:
        for name, sentence in missing(self.order).items():
            if name not in self.errors:
                self.add_error(name, str(sentence))
        return self.cleaned_data

    @property
    def order(self) -> Order:
        said = {k: v for k, v in self.cleaned_data.items() if k not in ("key", "seen", "exceed_reason")}
        whole = [self.area_of[key] for key in said.pop("area_villages", None) or ()]
        chosen = [self.place_of[key] for key in said.get("places") or ()]
        said["places"] = tuple(dict.fromkeys([*chosen, *villages_in(whole, self.place_of.values())]))
        said["areas"] = tuple(self.area_of[key] for key in said.get("areas") or ())
        said["posts"] = tuple(self.post_of[key] for key in said.get("posts") or ())
        said["measure"] = self.measure_of.get(said.get("measure") or "")
        return Order(**said)


@dataclass(frozen=True)
class Line:
    """One receiver as the giver sees it before sending. ``holder``: who sits there, "" when the post is vacant."""

    receiver: Receiver
    holder: str
    load: Load
    query: str
    over: bool
    known: list[Known]
    profile: VillageProfile | None

    @property
    def carried(self) -> str:
        return ngettext("%(n)s open", "%(n)s open", self.load.open) % {"n": self.load.open}

    @property
    def mine(self) -> str:
        return ngettext("%(n)s of them yours", "%(n)s of them yours", self.load.mine) % {"n": self.load.mine}


@dataclass(frozen=True)
class Preview:
    """What the giver is shown before it goes. ``token``: the receivers it was shown for."""

    lines: list[Line]
    rule: InstructionRule | None
    may_exceed: bool

    @property
    def over(self) -> bool:
        return any(line.over for line in self.lines)

    @property
    def token(self) -> str:
        keys = sorted(f"{line.receiver.where.pk}{line.receiver.post and line.receiver.post.pk}" for line in self.lines)
        return hashlib.sha256("".join(keys).encode()).hexdigest()[:16]

    @property
    def faults(self) -> list[Any]:
        return [line.receiver.fault for line in self.lines if line.receiver.fault]


def _holders(posts: list[Post]) -> dict[UUID, str]:
    rows = Posting.objects.on(clock.today()).filter(post__in=posts).select_related("person")
    return {row.post_id: row.person.name for row in rows}


def preview(order: Order, actor: Actor) -> Preview:
    """What each receiver carries, as far as the giver may see it, who stands between, what is attached."""
    giver = Post.objects.visible_to(actor).select_related("organisation", "place").get(pk=actor.post_id)  # type: ignore[misc]
    receivers = resolve(giver, actor, order.places, order.posts, clock.today(), order.areas)
    posts = [one.post for one in receivers if one.post]
    loads = loads_at([one.place for one in receivers], posts, giver, actor)
    holders, profiles = _holders(posts), profiles_of(receivers)
    rule = rule_of(District.current().root)
    over = over_limit(receivers, giver, rule)
    lines = []
    for one in receivers:
        village = village_code(one.place)
        key = village or str(one.post.pk if one.post else "")
        profile = profiles.get(village)
        lines.append(
            Line(
                one, holders.get(one.post.pk, "") if one.post else "", loads.get(key, Load()),
                f"village={village}" if village else f"post={key}", bool(village) and village in over, known(profile),
                profile,
            )
        )  # fmt: skip
    return Preview(lines, rule, rule is not None and giver in rule.may_exceed.all())


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """First press: what they carry. The press beside that, for the same receivers: it goes. ``look``: it is only looked at."""
    require(request.actor, "instructions.send")
    form = OrderForm(request.POST or None, actor=request.actor)
    shown = None
    if request.method == "POST" and form.is_valid():
        shown = preview(form.order, request.actor)
        if shown.faults:
            form.add_error("places", shown.faults[0])
        elif "look" not in request.POST and form.cleaned_data["seen"] == shown.token and (sent := _send(request, form)):
            messages.success(request, _now("It is on its way. Whoever stands between is informed."))
            return redirect(f"{reverse('desk:instructions')}?instruction={sent}")
    context = {
        "title": _now("Give an instruction"), "form": form, "preview": None if form.errors and not shown else shown,
        "list_url": reverse("desk:instructions"), "draft": "instruction",
    }  # fmt: skip
    return render(request, "desk/instructions/new.html", context, status=REFUSED if form.errors else 200)


def _send(request: DeskRequest, form: OrderForm) -> UUID | None:
    """The key of what was sent; None when it was refused, and the form says why."""
    said = form.cleaned_data
    try:
        sent = send_instruction(form.order, by=request.actor, exceed_reason=said["exceed_reason"], key=said["key"])
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, f"{refusal.sentence} {refusal.rule}")
        return None
    return sent.pk
