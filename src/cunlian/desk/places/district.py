"""What the county calls the ranks of its chain, which modules it uses, and where one of them is switched off."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods
from django_tables2 import Column

from cunlian.desk.acting import REFUSED
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.tables import work_links
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations.models import RANK_OF_LEVEL, Rank
from cunlian.organisations.querysets import of_own_county
from cunlian.places.actions.districts import LONGEST_TITLE, arrange_district
from cunlian.places.models import District, Level, ModuleSwitch, Place
from cunlian.places.modules import MODULES
from cunlian.ui.forms import submit
from cunlian.ui.tables import ListTable, WorkColumn
from cunlian.ui.templatetags.ui import day_tag

ARRANGE = "places.arrange_district"


def ranks_here(district: District) -> list[Rank]:
    """The ranks of this district's chain from the door upwards: none above its root."""
    above = {RANK_OF_LEVEL[level] for level in Level if level < district.root.level}
    return [rank for rank in Rank if rank not in above | {Rank.DEPARTMENT}]


class SettingsForm(forms.Form):
    """A field a rank, named by it, and the modules in use."""

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rank in ranks_here(district):
            self.fields[rank.value] = forms.CharField(
                label=rank.label, required=False, max_length=LONGEST_TITLE, initial=district.title_of(rank.value)
            )
        self.fields["modules"] = forms.MultipleChoiceField(
            label=_lazy("Modules in use"), choices=list(MODULES.items()), widget=forms.CheckboxSelectMultiple,
            initial=[code for code in MODULES if district.uses(code)],
            error_messages={"required": _lazy("Choose at least one of the modules.")},
            help_text=_lazy("What is off here is off in every village. What was taken in before stays and is finished."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """As the action takes it: titles together. A title here keeps the name of its rank for what is refused."""
        values = dict(self.cleaned_data)
        modules = values.pop("modules", [])
        return {"titles": values, "modules": modules}


class SwitchTable(ListTable):
    """Villages (or a town) where a module is switched off today."""

    rows_name = ngettext_lazy("%(n)s module switched off", "%(n)s modules switched off", "total")

    place = Column(verbose_name=_lazy("Where"), order_by=("place__code",))
    module = Column(verbose_name=_lazy("Module"))
    off_from = Column(verbose_name=_lazy("Off from"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = ModuleSwitch
        fields = ("place", "module", "off_from", "works")
        empty_text = _lazy("Villages that do without a module stand here. All use all modules of the district.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def render_place(self, value: Place) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:place", args=[value.code]), value)

    def render_module(self, value: str) -> str:
        return str(MODULES.get(value, value))

    def render_off_from(self, value: date) -> SafeString | str:
        return day_tag(value, year=True)

    def render_works(self, record: ModuleSwitch) -> SafeString | str:
        if record.place.level != Level.VILLAGE or not may(self.actor, "places.switch_module", record.place):
            return ""
        url = reverse("desk:place_work", args=[record.place.code, "module"])
        return work_links((f"{url}?module={record.module}&on=on", _("Switch it on again")))


def _switches(actor: Actor, query: QueryDict) -> SwitchTable:
    require(actor, ARRANGE, District.current())
    off = ModuleSwitch.objects.filter(
        Q(off_to=None) | Q(off_to__gt=clock.today()), of_own_county(actor), place__ends_on=None
    )
    return SwitchTable(off.select_related("place").order_by("place__code", "module"), actor=actor)


SWITCHES = add_list("module-switches", _lazy("Where a module is switched off"), _switches)


@require_http_methods(("GET", "POST"))
@SWITCHES.exported
def settings(request: DeskRequest) -> HttpResponse:
    """The words and the modules of the district, and the villages that do without one."""
    known = District.current()
    require(request.actor, ARRANGE, known)
    form = SettingsForm(request.POST or None, district=known)
    if submit(form, lambda **said: arrange_district(known, by=request.actor, **said)) if form.is_bound else None:
        messages.success(request, _("The settings of the district are saved."))
        return redirect("desk:district_settings")
    context = {
        "title": _("Settings of the district"), "form": form, "district": known, "table": SWITCHES.page(request),
        "may_set": may(request.actor, "places.set_district", known),
        "crumbs": [(_("Villages and areas"), reverse("desk:places")), (_("Settings of the district"), "")],
    }  # fmt: skip
    return render(request, "desk/places/settings.html", context, status=REFUSED if form.errors else 200)
