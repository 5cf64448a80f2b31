"""Fields say what is wrong beside themselves; refusals of actions land there too."""

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.ui.forms import either, submit


class ReportForm(forms.Form):
    phone = forms.CharField(label="Telephone", help_text="Only the post can call.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    level = forms.ChoiceField(label="Level", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    village = forms.ChoiceField(label="Village", choices=[("", "—"), ("1", "Qipan")])
    agree = forms.BooleanField(label="You may call", required=False)


@pytest.fixture
def wrong() -> BeautifulSoup:
    form = ReportForm({"level": "c"})
    form.is_valid()
    with translation.override("en"):
        html = render_to_string("ui/errors.html", {"form": form}) + "".join(str(f.as_field_group()) for f in form)
    return BeautifulSoup(html, "html.parser")


def one(page: BeautifulSoup, css: str) -> Tag:
    found = page.select_one(css)
    assert found is not None, css
    return found


def test_the_error_stands_under_its_field_and_is_wired_to_it(wrong: BeautifulSoup) -> None:
    field = one(wrong, "input[name=phone]")
    assert field["aria-invalid"] == "true"
    hint, error = str(field["aria-describedby"]).split()
    assert "Only the post can call." in one(wrong, f"#{hint}").get_text()
    assert "▲" in one(wrong, f"#{error}").get_text() and "Please fill this in." in one(wrong, f"#{error}").get_text()
    assert one(wrong, f"#{error}").parent is field.parent


def test_label_hint_and_field_come_in_this_order(wrong: BeautifulSoup) -> None:
    box = one(wrong, "input[name=phone]").parent
    assert box is not None
    assert [child.name for child in box.find_all(recursive=False)] == ["label", "p", "input", "div"]


def test_the_list_of_errors_takes_focus_and_leads_to_the_fields(wrong: BeautifulSoup) -> None:
    box = one(wrong, ".wrongs")
    assert box["tabindex"] == "-1" and box.has_attr("autofocus") and box["role"] == "alert"
    targets = [str(a["href"])[1:] for a in box.select("a")]
    assert targets[0] == "id_phone" and all(wrong.find(id=target) for target in targets)


@pytest.mark.parametrize("label", ["What burdens you?", "什么事加重了您的负担？", "Telephone", "电话："])
def test_the_list_of_errors_does_not_repeat_the_mark_a_label_ends_with(label: str) -> None:
    form = forms.Form({})
    form.fields["text"] = forms.CharField(label=label)
    with translation.override("en"):
        page = BeautifulSoup(render_to_string("ui/errors.html", {"form": form}), "html.parser")

    assert one(page, ".wrongs li").get_text() == f"{label.rstrip('?？：')}: Please fill this in."


def test_only_what_may_be_left_out_says_so(wrong: BeautifulSoup) -> None:
    assert "(optional)" in one(wrong, "label[for=id_note]").get_text()
    assert "(optional)" not in one(wrong, "label[for=id_phone]").get_text()
    assert "(optional)" not in one(wrong, "label[for=id_agree]").get_text()


def test_of_fields_of_which_one_is_needed_none_is_called_optional() -> None:
    form = forms.Form()
    for name in ("person", "unit", "note"):
        form.fields[name] = forms.CharField(required=False)
    either(form, "person", "unit", "absent")
    with translation.override("en"):
        page = BeautifulSoup("".join(str(f.as_field_group()) for f in form), "html.parser")

    said = [label["for"] for label in page.select("label") if label.select_one(".opt")]
    assert said == ["id_note"]


def test_inputs_wear_the_classes_of_the_house(wrong: BeautifulSoup) -> None:
    assert one(wrong, "input[name=phone]")["class"] == ["form-control"]
    assert one(wrong, "select[name=village]")["class"] == ["form-select"]
    assert one(wrong, "input[name=agree]")["class"] == ["form-check-input"]
    assert all(box["class"] == ["form-check-input"] for box in wrong.select("input[type=radio]"))
    assert one(wrong, "fieldset legend").get_text().strip().startswith("Level")


def test_a_refusal_is_put_on_the_field_it_names() -> None:
    form = ReportForm({"phone": "139", "level": "a", "village": "1"})

    def refuse(**values: object) -> str:
        raise Invalid("This number has 3 digits.", field="phone")

    assert submit(form, refuse) is None
    assert form.errors["phone"] == ["This number has 3 digits."]


def test_a_refusal_about_nothing_in_the_form_stands_above_it() -> None:
    form = ReportForm({"phone": "139", "level": "a", "village": "1"})

    def refuse(**values: object) -> str:
        raise Conflict("Somebody was faster.", field="state", rule="Rule 7.")

    assert submit(form, refuse) is None
    assert form.non_field_errors() == ["Somebody was faster. Rule 7."]


def test_a_form_that_is_not_filled_in_calls_nothing() -> None:
    called: list[object] = []
    assert submit(ReportForm({}), lambda **values: called.append(values)) is None
    assert called == []


def test_a_good_form_hands_its_values_to_the_action() -> None:
    form = ReportForm({"phone": "139", "level": "a", "village": "1"})
    assert submit(form, lambda **values: values["phone"]) == "139"


def test_a_number_out_of_range_is_refused_in_our_words() -> None:
    with translation.override("zh-hans"):
        field = forms.IntegerField(min_value=1, max_value=60)
        for value, said in (("-2", "请填不小于 1 的数。"), ("61", "请填不大于 60 的数。")):
            with pytest.raises(forms.ValidationError, match=said):
                field.clean(value)


@pytest.mark.parametrize(("required", "said"), [(True, "Please choose"), (False, "—")])
def test_a_select_with_nothing_chosen_says_so(required: bool, said: str) -> None:
    class Choosing(forms.Form):
        first = forms.ChoiceField(choices=[("", "---------"), ("1", "Qipan")], required=required)
        second = forms.ChoiceField(choices=[("", ""), ("1", "Qipan")], required=required)
        third = forms.ChoiceField(choices=[("", "any village"), ("1", "Qipan")], required=required)

    with translation.override("en"):
        page = BeautifulSoup("".join(str(field) for field in Choosing()), "html.parser")
    empty = [option.get_text() for option in page.select('option[value=""]')]
    assert empty == [said, said, "any village"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.DateField(), "2026-02-30", "There is no such day"),
        (forms.DateField(), "0206-11-30", "check the year: it says 206"),
        (forms.DateField(), "9999-12-31", "check the year"),
        (forms.IntegerField(), "99999999999999999999", "Write 2147483647 or less"),
        (forms.IntegerField(min_value=1), "0", "Write 1 or more"),
        (forms.IntegerField(), "1.5", "Please write a whole number"),
    ],
)
def test_what_is_no_day_and_no_number_is_asked_for_again_in_our_words(
    field: forms.Field, value: str, words: str
) -> None:
    with translation.override("en"), pytest.raises(forms.ValidationError, match=words):
        field.clean(value)
