"""Lists: true totals, pages and sorting by plain links, a sentence where there is nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.kernel import clock
from cunlian.kernel.models import CalendarDay
from cunlian.ui.tables import ListTable, NumberColumn, page_of


class Villages(ListTable):
    rows_name = ngettext_lazy("%(n)s village", "%(n)s villages", "total")
    exports = ("csv",)
    name = Column(linkify=lambda record: f"/v/{record['name']}/")
    people = NumberColumn(verbose_name="People")

    class Meta(ListTable.Meta):
        empty_text = "Villages stand here. There are none; import the list."


def draw(
    query: str = "",
    rows: int = 120,
    size: int | None = 50,
    prefix: str = "",
    data: list[dict[str, Any]] | None = None,
) -> tuple[Villages, BeautifulSoup]:
    request: HttpRequest = RequestFactory().get(f"/list/{query}")
    data = data or [{"name": f"v{n:03d}", "people": n} for n in range(rows)]
    table = page_of(request, Villages(data, prefix=prefix), size=size)
    with translation.override("en"):
        html = render_to_string("ui/table.html", {"table": table}, request)
    return table, BeautifulSoup(html, "html.parser")


def test_the_total_is_of_all_pages_not_of_this_one() -> None:
    table, page = draw("?page=3")
    assert table.total == 120
    assert "120 villages" in page.get_text()
    assert len(page.select("tbody tr")) == 20


def test_pages_are_links_that_keep_the_filters() -> None:
    _table, page = draw("?q=stone&page=2")
    assert [a["href"] for a in page.select("nav a[rel=next]")] == ["?q=stone&page=3"]
    assert page.select_one("nav [aria-current=page]").get_text() == "2"  # type: ignore[union-attr]


def test_a_page_that_does_not_exist_shows_the_last_one() -> None:
    table, _page = draw("?page=99")
    assert table.page.number == 3


@pytest.mark.parametrize(("asked", "rows"), [("20", 20), ("100000", 200), ("0", 25), ("-5", 1), ("many", 50), ("", 50)])
def test_an_address_asks_for_a_page_of_sensible_size_at_most(asked: str, rows: int) -> None:
    _table, page = draw(f"?per_page={asked}", rows=250)
    assert len(page.select("tbody tr")) == rows


def test_a_sheet_that_is_printed_holds_all_rows() -> None:
    _table, page = draw("?page=2", size=None)
    assert len(page.select("tbody tr")) == 120 and not page.select("nav")


def test_two_lists_of_one_page_keep_their_words_of_the_address_apart() -> None:
    _table, page = draw("?page=2&unsent-page=3", prefix="unsent-")
    assert len(page.select("tbody tr")) == 20
    links = [str(link["href"]) for link in page.select("a[rel=prev], thead a, .out a")]
    assert [sorted(link[1:].split("&")) for link in links] == [
        ["page=2", "unsent-sort=name"], ["page=2", "unsent-sort=people"],
        ["page=2", "unsent-page=2"], ["page=2", "unsent-export=csv"],
    ]  # fmt: skip


def test_one_row_is_counted_in_the_singular_and_many_with_separators() -> None:
    table, page = draw(rows=1)
    assert "1 village" in page.get_text() and "villages" not in page.get_text()
    assert table.text_of(12345) == "12,345 villages"


def test_cells_with_nothing_in_them_are_told_apart() -> None:
    data: list[dict[str, Any]] = [{"name": "a", "people": None}, {"name": "b", "people": 1234}]
    _table, page = draw(data=data)
    assert [cell.get_text() for cell in page.select("td.none")] == ["—"]
    assert "1,234" in page.get_text()


def test_sorting_is_a_link_and_is_announced() -> None:
    _table, page = draw("?sort=-people&page=2&q=x")
    assert page.select_one("th[aria-sort]")["aria-sort"] == "descending"  # type: ignore[index]
    links = [a["href"] for a in page.select("thead a")]
    assert links[0] == "?sort=name&q=x" or set(links[0][1:].split("&")) == {"sort=name", "q=x"}


def test_the_first_column_is_the_link_and_cells_carry_their_label() -> None:
    _table, page = draw()
    first = page.select_one("tbody td")
    assert first is not None and first.select_one("a[href='/v/v000/']")
    assert page.select("tbody td")[1]["data-label"] == "People"


def test_exports_keep_filters_and_leave_out_the_page() -> None:
    _table, page = draw("?q=x&page=2")
    assert [a["href"] for a in page.select(".out a")] == ["?q=x&export=csv"]


def test_an_empty_list_says_what_it_is_for() -> None:
    _table, page = draw(rows=0)
    assert "import the list" in page.get_text()
    assert page.select("table") == []


def test_one_page_has_no_links_to_pages() -> None:
    _table, page = draw(rows=3)
    assert page.select("nav") == []
    assert "3 villages" in page.get_text()


@pytest.mark.django_db
def test_saying_how_late_costs_the_same_queries_for_one_row_and_for_many() -> None:
    def queries(rows: int) -> int:
        late = [clock.now() - timedelta(days=40 + n) for n in range(rows)]
        context = Context({"late": late, "request": RequestFactory().get("/")})
        with CaptureQueriesContext(connection) as seen, translation.override("en"):
            text = Template("{% for at in late %}{% due at %} {% endfor %}").render(context)
        assert text.count("working days late") == rows
        return len(seen)

    assert queries(1) == queries(9)


class Days(ListTable):
    rows_name = ngettext_lazy("%(n)s day", "%(n)s days", "total")
    count_to = 3
    day = Column()

    class Meta(ListTable.Meta):
        model = CalendarDay
        fields = ("day",)


def days(query: str, count: int) -> tuple[Days, str]:
    first = date(2026, 1, 1)
    CalendarDay.objects.bulk_create(
        CalendarDay(day=first + timedelta(days=n), is_working=True, source="test") for n in range(count)
    )
    request: HttpRequest = RequestFactory().get(f"/list/{query}")
    table = page_of(request, Days(CalendarDay.objects.order_by("-day")), size=2)
    return table, render_to_string("ui/table.html", {"table": table, "request": request}, request=request)


@pytest.mark.django_db
def test_a_long_list_says_that_there_are_more_and_counts_them_when_asked() -> None:
    table, page = days("?page=2&who=me", 5)
    assert table.total_text == "more than 3 days"
    assert [row.get_cell("day") for row in table.paginated_rows] == [date(2026, 1, 3), date(2026, 1, 2)]
    link = BeautifulSoup(page, "html.parser").find("a", string="Count them all")
    assert link and "count=all" in str(link["href"]) and "who=me" in str(link["href"])
    CalendarDay.objects.all().delete()
    assert days("?count=all&page=3", 5)[0].total_text == "5 days"


@pytest.mark.django_db
def test_a_list_as_long_as_is_counted_has_a_true_total() -> None:
    assert days("", 3)[0].total_text == "3 days"
