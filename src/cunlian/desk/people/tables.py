"""The lists of the register, each of one day. Names are masked; the page and the file show the same."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy, pgettext, pgettext_lazy
from django_tables2 import Column, TemplateColumn

from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may
from cunlian.people.duplicates import Likeness
from cunlian.people.models import House, HouseholdVersion, HouseUse, Membership, Person, PersonMerge, Relation
from cunlian.people.querysets import READERS
from cunlian.places.names import short_name_of
from cunlian.ui import formats
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import masked


class DatedTable(ListTable):
    """Base: rows of one ``day``. Links keep the day when it is not today."""

    readers = READERS
    count_to = 10_000

    def __init__(self, *args: Any, day: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day or clock.today()

    def link(self, name: str, key: Any) -> str:
        on = "" if self.day == clock.today() else f"?on={self.day.isoformat()}"
        return f"{reverse(name, args=[key])}{on}"

    def linked(self, name: str, key: Any, label: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.link(name, key), label)


class HouseholdTable(DatedTable):
    rows_name = npgettext_lazy("register", "%(n)s household", "%(n)s households", "total")

    number = Column(verbose_name=_("Household"))
    village = Column(verbose_name=_("Village"), order_by=("place__code", "number"))
    group = Column(verbose_name=_("Group"), order_by=("group__number",))
    lane = Column(verbose_name=_("Lane"), order_by=("lane__name",))
    head = Column(verbose_name=_("Head"), empty_values=(), orderable=False)
    members_then = NumberColumn(verbose_name=pgettext_lazy("household", "Members"))
    use_then = Column(verbose_name=_("House"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = HouseholdVersion
        fields = ("number", "village", "group", "lane", "head", "members_then", "use_then")
        empty_text = _("Here stand the households of the village on this day that fit these filters. None does.")

    def render_number(self, record: HouseholdVersion) -> SafeString:
        return self.linked("desk:household", record.household_id, record.number)

    def render_village(self, value: str) -> str:
        return short_name_of(value)

    def render_group(self, value: Any) -> str:
        return group_name(value)

    def render_head(self, record: Any) -> SafeString | str:
        heads = record.household.heads_then
        return masked(name_then(heads[0])) if heads else _now("none named")

    def render_use_then(self, record: Any) -> str:
        return str(HouseUse(record.use_then).label) if record.use_then else "—"


def name_then(row: Membership) -> str:
    """Masked, as it was known on the day the rows were read for."""
    person: Any = row.person
    known = person.versions_then[0] if person.versions_then else person
    return str(known.masked_name)


def group_name(group: Any) -> str:
    return group.name or _now("Group %(number)s") % {"number": group.number}


class PersonTable(DatedTable):
    """Members of households; ``alone``: the members of one, whose village and number stand above the list."""

    rows_name = ngettext_lazy("%(n)s person", "%(n)s persons", "total")

    name = Column(verbose_name=_("Name"), empty_values=(), order_by=("person__name",))
    relation = Column(verbose_name=_("Relation to the head"), empty_values=())
    gender = Column(verbose_name=_("Gender"), empty_values=(), orderable=False)
    birth_year = Column(verbose_name=_("Born in"), empty_values=(), order_by=("person__birth_year",))
    away_then = Column(verbose_name=pgettext_lazy("person", "Where"))
    village = Column(verbose_name=_("Village"), empty_values=(), order_by=("household__place__code",))
    number = Column(verbose_name=_("Household"), empty_values=(), order_by=("household__number",))
    lane = Column(verbose_name=_("Lane"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Membership
        fields = ("name", "relation", "gender", "birth_year", "away_then", "village", "number", "lane")
        empty_text = _("Here stand the members of households on this day that fit these filters. None does.")

    def render_name(self, record: Membership) -> SafeString:
        return self.linked("desk:person", record.person_id, masked(name_then(record)))

    def render_relation(self, record: Membership) -> str:
        return str(Relation(record.relation).label) if record.relation else "—"

    def _known(self, record: Any) -> Any:
        return record.person.versions_then[0] if record.person.versions_then else record.person

    def render_gender(self, record: Membership) -> str:
        known = self._known(record)
        return str(known.get_gender_display()) if known.gender else "—"

    def render_birth_year(self, record: Membership) -> str:
        return str(self._known(record).birth_year or "—")

    def render_away_then(self, value: bool) -> str:
        return pgettext("person", "away") if value else pgettext("person", "at home")

    def _row(self, record: Any) -> Any:
        return record.household.rows_then[0] if record.household.rows_then else None

    def render_village(self, record: Membership) -> str:
        row = self._row(record)
        return short_name_of(row.village) if row else "—"

    def render_number(self, record: Membership) -> SafeString | str:
        row = self._row(record)
        return self.linked("desk:household", record.household_id, row.number) if row else "—"

    def render_lane(self, record: Membership) -> str:
        row = self._row(record)
        return str(row.lane) if row and row.lane else "—"


class OutsideTable(ListTable):
    """Known, and member of no household."""

    rows_name = ngettext_lazy("%(n)s person", "%(n)s persons", "total")
    readers = READERS

    name = Column(verbose_name=_("Name"), empty_values=())
    village = Column(verbose_name=_("Village"), order_by=("place__code",))
    birth_year = Column(verbose_name=_("Born in"))

    class Meta(ListTable.Meta):
        model = Person
        fields = ("name", "village", "birth_year")
        empty_text = _("Whoever reported something or holds a post and is in no household stands here. Nobody does.")

    def render_name(self, record: Person) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:person", args=[record.pk]), masked(record.masked_name))

    def render_birth_year(self, value: int) -> str:
        return str(value)


class HouseTable(DatedTable):
    rows_name = ngettext_lazy("%(n)s house", "%(n)s houses", "total")

    address = Column(verbose_name=_("Address"))
    village = Column(verbose_name=_("Village"), order_by=("place__code", "address"))
    lane = Column(verbose_name=_("Lane"), order_by=("lane__name",))
    use_then = Column(verbose_name=_("Use"))
    households_then = NumberColumn(verbose_name=pgettext_lazy("register", "Households"))

    class Meta(ListTable.Meta):
        model = House
        fields = ("address", "village", "lane", "use_then", "households_then")
        empty_text = _("Here stand the houses of the village on this day that fit these filters. None does.")

    def render_address(self, record: House) -> SafeString:
        return self.linked("desk:house", record.pk, record.address)

    def render_use_then(self, value: str) -> str:
        return str(HouseUse(value).label)


class PairTable(ListTable):
    """Files that may be of one person."""

    rows_name = ngettext_lazy("%(n)s pair", "%(n)s pairs", "total")
    readers = READERS

    first = Column(verbose_name=_("Name"), orderable=False)
    village = Column(verbose_name=_("Village"), accessor="first__village", orderable=False)
    born = Column(verbose_name=_("Born in"), accessor="first__birth_year", orderable=False)
    households = Column(verbose_name=pgettext_lazy("register", "Households"), empty_values=(), orderable=False)
    sure = Column(verbose_name=_("Why"), orderable=False)
    works = WorkColumn()

    class Meta(ListTable.Meta):
        fields: ClassVar[tuple[str, ...]] = ("first", "village", "born", "households", "sure", "works")
        empty_text = _("Files with the same identity number, or the same name, year of birth and village, stand here.")

    def render_first(self, record: Likeness) -> SafeString:
        return format_html('<a href="{}">{}</a>', self._url(record), masked(record.first.masked_name))

    def render_born(self, value: int) -> str:
        return str(value)

    def render_households(self, record: Likeness) -> str:
        numbers = [person.household.number if person.household else "—" for person in record[:2]]
        return " / ".join(numbers)

    def render_sure(self, value: bool) -> str:
        return _now("same identity number") if value else _now("same name, year of birth and village")

    def render_works(self, record: Likeness) -> SafeString:
        return format_html('<a href="{}">{}</a>', self._url(record), _now("Compare"))

    def _url(self, record: Likeness) -> str:
        return reverse("desk:people_pair", args=[record.first.pk, record.second.pk])


class MergeTable(ListTable):
    """Merges, newest first, with what can still be undone."""

    rows_name = ngettext_lazy("%(n)s merge", "%(n)s merges", "total")
    readers = READERS

    gone = Column(verbose_name=_("File that went"), orderable=False)
    kept = Column(verbose_name=_("File kept"), orderable=False)
    village = Column(verbose_name=_("Village"), orderable=False)
    day = TemplateColumn("{% day record.day year=True %}", verbose_name=_("Merged on"), orderable=False)
    undone = Column(verbose_name=_("Undo"), empty_values=(), orderable=False)
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = PersonMerge
        fields = ("gone", "kept", "village", "day", "undone", "works")
        empty_text = _("Files that were found to be of one person and merged stand here.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def render_gone(self, value: Person) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:person", args=[value.pk]), masked(value.masked_name))

    def render_kept(self, value: Person) -> SafeString:
        return self.render_gone(value)

    def render_undone(self, record: PersonMerge) -> str:
        if record.undone_on:
            return _now("undone on %(day)s") % {"day": formats.day(record.undone_on, year=True)}
        if clock.today() > record.undo_until:
            return _now("no longer")
        return _now("can be undone until %(day)s") % {"day": formats.day(record.undo_until, year=True)}

    def render_works(self, record: PersonMerge) -> SafeString | str:
        open_ = record.undone_on is None and clock.today() <= record.undo_until
        if not open_ or not may(self.actor, "people.undo_merge", record):
            return "—"
        return format_html('<a href="{}">{}</a>', reverse("desk:people_unmerge", args=[record.pk]), _now("Undo"))


class PastTable(ListTable):
    """Households a person belonged to, newest first."""

    rows_name = npgettext_lazy("register", "%(n)s household", "%(n)s households", "total")

    number = Column(verbose_name=_("Household"), accessor="household__number", orderable=False)
    relation = Column(verbose_name=_("Relation to the head"), empty_values=(), orderable=False)
    days = Column(verbose_name=_("When"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Membership
        fields = ("number", "relation", "days")
        empty_text = _("This person has belonged to no household.")

    def render_number(self, record: Membership) -> SafeString:
        url = reverse("desk:household", args=[record.household_id])
        return format_html('<a href="{}">{}</a>', url, record.household.number)

    def render_relation(self, record: Membership) -> str:
        return str(Relation(record.relation).label) if record.relation else "—"

    def render_days(self, record: Membership) -> SafeString | str:
        return days_of(record)


def days_of(row: Any) -> str:
    """From when until when a dated row held."""
    if row.ends_on is None:
        return _now("since %(day)s") % {"day": formats.day(row.starts_on, year=True)}
    return formats.span(row.starts_on, row.ends_on)
