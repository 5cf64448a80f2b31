"""Lists as they really are: what can be read is read, what cannot is refused with the cell and how to mend it."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from cunlian.kernel.refusals import Invalid
from cunlian.people.actions import note_death
from cunlian.people.contact import birth_date_of, full_contact
from cunlian.people.imports import cells
from cunlian.people.imports.actions import apply_import, bring_list, order_check
from cunlian.people.imports.sheets import column_letter, open_sheet
from cunlian.people.models import Household, Membership, Person
from cunlian.places.models import Lane, VillagerGroup
from tests.people.imports.conftest import HEADS, Bring, book, faults, id_of, lines, row, table


def test_merged_cells_hold_for_every_row_they_cover(bring: Bring) -> None:
    rows = [["7", "前巷7号", "赵大"], ["", "", "赵二"], ["", "", "赵三"], ["8", "前巷8号", "钱一"]]
    bring.over(book(rows, ("户编号", "户地址", "姓名"), merge=("A2:A4", "B2:B4")))
    assert Membership.objects.filter(household__number="7").count() == 3
    assert Household.objects.get(number="7").address == "前巷7号"


def test_a_head_of_two_rows_under_a_banner_is_understood(bring: Bring) -> None:
    above = [["柳湾村户籍登记表", "", "", ""], ["户编号", "成员信息", "", ""]]
    data = book(
        [["7", "赵大", id_of(), "13912340001"]], ("", "姓名", "身份证号码", "联系电话"), above=above,
        merge=("A1:D1", "A2:A3", "B2:D2"),
    )  # fmt: skip
    batch = bring.over(data)
    assert (batch.heading_row, lines(batch)) == (3, [(4, "new")])
    assert full_contact(Person.objects.get(name="赵大")).phone == "13912340001"


def test_a_list_that_does_not_begin_in_column_a_names_its_own_cells(bring: Bring) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    for line, words in ((3, ("户编号", "姓名", "手机号")), (4, ("7", "赵大", "12"))):
        for column, word in enumerate(words, start=3):
            sheet.cell(line, column, word)
    assert list(faults(bring(_saved(workbook)))) == ["E4"]


def _saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("written", [
    "1956-07-08", "1956/7/8", "1956.7.8", "1956年7月8日", "１９５６年７月８日", "19560708", " 1956-7-8 ",
    "1956-07-08 00:00:00", date(1956, 7, 8), datetime(1956, 7, 8), 20644, 20644.0, "1956 年 7 月 8 日",
])  # fmt: skip
def test_days_are_read_as_they_are_written(bring: Bring, written: Any) -> None:
    bring.over([row(birth=written)])
    assert birth_date_of(Person.objects.get(name="王小川")) == date(1956, 7, 8)


@pytest.mark.parametrize("written", ["1956", "1956年", "1956-07", "1956年7月", "195607", 1956, 1956.0])
def test_a_year_or_month_gives_the_year_and_no_day(bring: Bring, written: Any) -> None:
    bring.over([row(birth=written)])
    person = Person.objects.get(name="王小川")
    assert (person.birth_year, birth_date_of(person)) == (1956, None)


@pytest.mark.parametrize("written", ["七月初八", "1956-13-01", "1956-02-30", "2999-01-01", "1756-01-01", "56-7-8"])
def test_a_day_that_cannot_be_is_refused_in_its_cell(bring: Bring, written: str) -> None:
    assert list(faults(bring([row(birth=written)]))) == ["G2"]


def test_an_old_number_of_15_digits_is_the_same_person_as_the_new_one(bring: Bring) -> None:
    new = id_of()
    old = new[:6] + new[8:17]
    bring.over([row(id_number=old)])
    assert Person.objects.get(name="王小川").has_old_id_number
    assert bring.over([row(id_number=new)]).changed == 1, "the new number takes the place of the old"
    assert full_contact(Person.objects.get(name="王小川")).id_number == new
    assert bring.over([row(id_number=old)]).same == 1, "and is not turned back"


@pytest.mark.parametrize("form", ["{} ", "　{}", "\t{}\n", "'{}", "’{}", "{0:.6}-{0}"])
def test_spaces_around_and_full_width_digits_in_a_number_are_read(bring: Bring, form: str) -> None:
    wide = id_of().translate({ord(digit): 0xFF10 + int(digit) for digit in "0123456789"})
    written = form.format(wide) if "{0" not in form else f" {wide[:6]} {wide[6:14]} {wide[14:]} "
    bring.over([row(" 12 ", " 王小川　", id_number=written, phone="１３９ １２３４ ０００１")])
    person = Person.objects.get(name="王小川")
    assert full_contact(person).id_number == id_of() and person.household and person.household.number == "12"


def test_a_wrong_check_digit_names_the_cell_and_what_is_wrong(bring: Bring) -> None:
    number = id_of()
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    assert "last place" in faults(bring([row(id_number=wrong)]))["E2"]


@pytest.mark.parametrize("written", [1.1e17, 110101199003078515, "1.1E+17", "1.10101199003079E+17", "6.10999E17"])
def test_a_number_the_spreadsheet_rounded_is_refused_with_how_to_mend_it(bring: Bring, written: Any) -> None:
    assert "text" in faults(bring([row(id_number=written)]))["E2"]
    if isinstance(written, str):
        assert "text" in faults(bring(table([row(id_number=written)]), name="名册.csv"))["E2"]


def test_numbers_short_enough_for_a_spreadsheet_are_read(bring: Bring) -> None:
    old = int(id_of()[:6] + id_of()[8:17])
    bring.over([row(12.0, id_number=float(old), phone=13912340001)])  # type: ignore[arg-type]
    person = Person.objects.get(name="王小川")
    assert person.household and person.household.number == "12"
    assert full_contact(person).phone == "13912340001"


def test_what_looks_like_a_formula_in_csv_is_read_or_refused_but_never_kept(bring: Bring) -> None:
    rows = [row(id_number=f'"=""{id_of()}"""'), row("13", "=1+1"), row("14", "@SUM(A1)", id_number="#N/A")]
    batch = bring.over(table(rows), name="名册.csv")
    assert set(faults(batch)) == {"C3", "E4"}
    assert full_contact(Person.objects.get(name="王小川")).id_number == id_of()
    assert not Person.objects.filter(name__startswith="=").exists()


def test_formulas_without_their_results_are_refused_before_anything_is_read_as_empty(bring: Bring) -> None:
    with pytest.raises(Invalid, match="E2"):
        bring([row(id_number="=A1&B1")])


def test_empty_rows_repeated_heads_and_the_example_of_the_template_are_passed_over(bring: Bring) -> None:
    rows = [row("示例", "示例：张三"), row("1", "甲乙"), [""] * 9, ["  "] * 9, list(HEADS), row("2", "丙丁")]
    batch = bring(rows)
    assert lines(batch) == [(3, "new"), (7, "new")]


def test_rows_of_totals_at_the_end_and_between_are_left_out_counted_and_named(bring: Bring) -> None:
    rows = [
        ["1", "甲乙", "一组"], ["第一组小计", "1人", ""], ["", "总 计：", "2人"], ["2", "丙丁", "二组"], ["合计", "合计", "2"],
    ]  # fmt: skip
    batch = bring.over(book(rows, ("户编号", "姓名", "备注"), merge=("A6:B6",)))
    assert lines(batch) == [(2, "new"), (3, "totals"), (4, "totals"), (5, "new"), (6, "totals")]
    assert (batch.new, batch.refused, batch.totals, batch.rows) == (2, 0, 3, 5)
    assert not Household.objects.filter(number__contains="计").exists()


@pytest.mark.parametrize("written", ["小计划", "王小计", "计", "合计办", "会计"])
def test_nobody_is_left_out_for_a_name_that_only_sounds_like_totals(bring: Bring, written: str) -> None:
    assert lines(bring(book([[written, "1"]], ("姓名", "户编号")))) == [(2, "new")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_as_spreadsheets_save_it(bring: Bring, encoding: str) -> None:
    bring.over(table([row(address="前巷12号")], encoding=encoding), name="名册.csv")
    assert Household.objects.get(number="12").address == "前巷12号"


def test_csv_parted_by_tabs_is_read(bring: Bring) -> None:
    assert lines(bring("户编号\t姓名\n12\t王小川\n".encode(), name="a.csv")) == [(2, "new")]


def test_every_fault_of_a_row_is_told_at_once(bring: Bring) -> None:
    batch = bring([row("", "", id_number="61", gender="公", phone="12", relation="邻居", away="也许")])
    assert set(faults(batch)) == {"A2", "C2", "D2", "E2", "F2", "H2", "I2"}


def test_a_number_that_contradicts_birth_or_gender_is_refused_there(bring: Bring) -> None:
    batch = bring([row(id_number=id_of(), birth="1956-07-09"), row(id_number=id_of("19810203"), gender="男")])
    assert set(faults(batch)) == {"G2", "F3"}


def test_one_person_stands_in_a_list_once(bring: Bring) -> None:
    batch = bring([row(id_number=id_of()), row("13", "张三", id_number=id_of()), row("14", "李四"), row("14", "李四")])
    assert set(faults(batch)) == {"E3", "C5"}


def test_a_household_has_one_head_and_one_address(bring: Bring) -> None:
    batch = bring([
        row("7", "赵大", relation="户主", address="前巷7号"), row("7", "赵二", relation="户主"),
        row("7", "赵三", address="后巷7号"), row("7", "赵四", address="前巷7号"),
    ])  # fmt: skip
    assert set(faults(batch)) == {"D3", "B4"}


def test_groups_and_lanes_are_found_by_what_people_call_them(bring: Bring) -> None:
    village = bring.cast.world.village
    group = VillagerGroup.objects.create(village=village, number=3, starts_on=date(2020, 1, 1))
    lane = Lane.objects.create(village=village, name="前巷", starts_on=date(2020, 1, 1))
    heads = ("户编号", "姓名", "村民小组", "巷道", "网格")
    rows = [["1", "甲乙", "第三组", "前巷", "柳湾村一网格"], ["2", "丙丁", 3, "", ""], ["3", "戊己", "九组", "", ""]]
    batch = bring.over(book(rows, heads))
    found = Household.objects.get(number="1")
    assert (found.group, found.lane, found.grid) == (group, lane, bring.cast.world.grid)
    assert Household.objects.get(number="2").group == group
    assert list(faults(batch)) == ["C4"]


def test_the_dead_do_not_come_back_by_a_list(bring: Bring) -> None:
    bring.over([row(id_number=id_of())])
    note_death(Person.objects.get(name="王小川"), by=bring.cast.village_cadre)
    assert list(faults(bring([row(id_number=id_of())]))) == ["C2"]


def test_columns_are_remembered_for_the_next_list_of_the_village(bring: Bring) -> None:
    heads, by = ("编码甲", "户编号", "谁", "姓名"), bring.cast.village_cadre
    data = book([["1", "x", "甲乙", "y"]], heads)
    batch = bring_list(bring.cast.world.village, by=by, name="a.xlsx", data=data)
    assert batch.columns == {"number": 1, "name": 3}
    order_check(batch, by=by, columns={"number": 0, "name": 2})
    again = bring_list(bring.cast.world.village, by=by, name="b.xlsx", data=data)
    assert again.columns == {"number": 0, "name": 2}
    with pytest.raises(Invalid):
        order_check(again, by=by, columns={"number": 0})


def test_columns_have_the_letters_a_person_sees() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_a_hundred_thousand_rows_are_read_without_being_held() -> None:
    heads = "户编号,姓名\n"
    sheet = open_sheet((heads + "\n".join(f"{n},甲乙" for n in range(100_000))).encode())
    assert sum(1 for _row in sheet.rows()) == 100_000


def test_what_is_exported_and_brought_in_again_is_the_same(bring: Bring) -> None:
    assert cells.text("'=HYPERLINK(1)") == "'=HYPERLINK(1)"
    batch = bring([row("5", "'=HYPERLINK(1)")])
    apply_import(batch, by=bring.cast.village_cadre)
    assert not Person.objects.filter(name__startswith="=").exists()
