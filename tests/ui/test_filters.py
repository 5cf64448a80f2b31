"""Filters live in the URL; what cannot be read filters to nothing and says so, never to everything."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_filters import BooleanFilter, DateFilter

from cunlian.kernel.models import CalendarDay
from cunlian.ui.filters import ListFilter

pytestmark = pytest.mark.django_db


class Days(ListFilter):
    day = DateFilter(label="Day")
    is_working = BooleanFilter(label="Worked")


def two_days(query: str) -> Days:
    CalendarDay.objects.create(day=date(2026, 10, 1), is_working=False, source="test")
    CalendarDay.objects.create(day=date(2026, 10, 10), is_working=True, source="test")
    return Days(RequestFactory().get(f"/{query}").GET, queryset=CalendarDay.objects.order_by("day"))


def test_the_url_filters() -> None:
    found = two_days("?day=2026-10-10")
    assert [row.is_working for row in found.qs] == [True]
    assert found.active


def test_without_a_filter_everything_is_shown() -> None:
    found = two_days("")
    assert found.qs.count() == 2
    assert not found.active


def test_what_cannot_be_read_shows_nothing_and_the_reason() -> None:
    found = two_days("?day=the-tenth")
    assert found.qs.count() == 0
    assert found.form.errors["day"]


def test_the_form_is_a_get_that_keeps_the_sorting_and_offers_to_clear() -> None:
    found = two_days("?day=2026-10-10&sort=-day")
    with translation.override("en"):
        html = render_to_string("ui/filter.html", {"filter": found}, RequestFactory().get("/days/?sort=-day"))
    form = BeautifulSoup(html, "html.parser").form
    assert form is not None and form["method"] == "get"
    assert form.select_one("input[name=sort]")["value"] == "-day"  # type: ignore[index]
    assert form.select_one("a[href='/days/']") and form.select_one("label[for=id_day]")
