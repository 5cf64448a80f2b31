"""The keeper of the catalogues: what it finds, keeps, drops and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import messages

PAGE = """
{% extends "ui/desk.html" %}
  <p title="{% translate "Hello" %}">{% translate "Bye" context "greeting" %}
{% blocktranslate trimmed count n=n with who=who %}
  One lamp of {{ who }}
{% plural %}
  {{ n }} lamps of {{ who }}
{% endblocktranslate %}{{ x|default:_("None yet") }}
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    pages = tmp_path / "desk/cases/templates/desk/cases"
    pages.mkdir(parents=True)
    (pages / "list.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "kernel").mkdir()
    (tmp_path / "kernel/x.py").write_text(
        'a = _("Open")\nb = ngettext("%(n)s day", "%(n)s days", n)\n', encoding="utf-8"
    )
    return tmp_path


def bring_up_to_date(package: Path) -> None:
    for owner, texts in messages.wanted(package).items():
        messages.update(owner, texts)


def translate(package: Path, **answers: str) -> None:
    """Fill in one answer by the English it answers, spaces written as underscores."""
    for path in package.rglob("django.po"):
        text = path.read_text(encoding="utf-8")
        for english, chinese in answers.items():
            text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{chinese}"')
        path.write_text(text, encoding="utf-8")


def test_templates_and_code_are_read(package: Path) -> None:
    found = messages.wanted(package)
    assert set(found[package / "desk/cases"]) == {
        (None, "Hello"), ("greeting", "Bye"), (None, "One lamp of %(who)s"), (None, "None yet"),
    }  # fmt: skip
    assert found[package / "kernel"][(None, "%(n)s day")] == ("%(n)s day", "%(n)s days")


def test_the_nearest_catalogue_owns_a_text(package: Path) -> None:
    (package / "kernel/models/locale").mkdir(parents=True)
    assert messages.owner_of(package / "kernel/models/case.py", package) == package / "kernel/models"
    assert messages.owner_of(package / "kernel/log.py", package) == package / "kernel"
    assert messages.owner_of(package / "desk/cases/forms.py", package) == package / "desk/cases"
    assert messages.owner_of(package / "desk/urls.py", package) == package / "desk"


def test_translations_are_kept_and_what_the_code_lost_is_dropped(package: Path) -> None:
    bring_up_to_date(package)
    translate(package, Open="未了结")
    (package / "kernel/x.py").write_text('a = _("Open")\nc = _("New")\n', encoding="utf-8")
    bring_up_to_date(package)
    assert {key[1]: entry.string for key, entry in messages.entries(package / "kernel").items()} == {
        "Open": "未了结",
        "New": "",
    }


def test_bringing_up_to_date_twice_changes_nothing(package: Path) -> None:
    bring_up_to_date(package)
    owner = package / "kernel"
    assert not messages.update(owner, messages.wanted(package)[owner])


def test_what_is_missing_stale_or_untranslated_is_named(package: Path) -> None:
    bring_up_to_date(package)
    (package / "kernel/x.py").write_text('c = _("New")\n', encoding="utf-8")
    said = "\n".join(messages.problems(package))
    assert "“New” is not in the catalogue" in said
    assert "“Open” is no longer in the code" in said
    assert "“Hello” has no Chinese" in said


def test_a_lost_placeholder_is_named(package: Path) -> None:
    (package / "kernel/x.py").write_text('a = _("Due %(day)s")\n', encoding="utf-8")
    bring_up_to_date(package)
    translate(package, **{"Due %(day)s": "截止 %(date)s"})
    assert any("%(date)s" in fault for fault in messages.problems(package))


def test_one_text_translated_in_two_ways_is_named(package: Path) -> None:
    (package / "ui").mkdir()
    (package / "ui/y.py").write_text('a = _("Open")\n', encoding="utf-8")
    bring_up_to_date(package)
    for owner, answer in (("kernel", "未了结"), ("ui", "打开")):
        path = package / owner / messages.PO
        path.write_text(
            path.read_text("utf-8").replace('msgid "Open"\nmsgstr ""', f'msgid "Open"\nmsgstr "{answer}"'), "utf-8"
        )
    assert any("translated in two ways" in fault for fault in messages.problems(package))


def test_a_compiled_catalogue_answers_and_goes_with_its_source(package: Path) -> None:
    bring_up_to_date(package)
    translate(package, Open="未了结")
    assert messages.compile_all(package) == 2
    compiled = package / "kernel" / messages.PO.with_suffix(".mo")
    assert "未了结".encode() in compiled.read_bytes()
    (package / "kernel" / messages.PO).unlink()
    messages.compile_all(package)
    assert not compiled.exists()
