"""Templates are used, parse, protect their forms, and take from builtins what builtins give."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.template import TemplateDoesNotExist, engines
from django.template.loaders.app_directories import get_app_template_dirs

from tests.consistency.code import PACKAGE, modules, report, texts
from tests.consistency.pages import name_of, templates

# Found by Django and by no name in our code.
BY_DJANGO = frozenset({"404.html", "403.html", "400.html", "500.html", "403_csrf.html"})
BUILTIN = re.compile(r"{%\s*load\b[^%]*\b(i18n|static|partials|ui)\b[^%]*%}")


def _replaces_another(name: str) -> bool:
    """Does a package we build on have a page of that name, which ours stands in for?"""
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    return any((folder / name).exists() for folder in folders if PACKAGE not in folder.parents)


def _pattern(text: ast.JoinedStr) -> re.Pattern[str]:
    """What an f-string such as f"ui/components/{kind}.html" may say."""
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in text.values]
    return re.compile("".join(parts))


def test_every_template_is_used() -> None:
    said = {str(node.value).partition("#")[0] for _module, node in texts()}
    patterns = [
        _pattern(node) for module in modules() for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr)
    ]
    for path in templates():
        said |= {
            word.partition("#")[0]
            for word in re.findall(r"""["']([\w/.#-]+\.html[\w#-]*)["']""", path.read_text("utf-8"))
        }
    stem = {text.removesuffix(".html") for text in said}
    faults = [
        name
        for name in map(name_of, templates())
        if name not in said
        and name.removesuffix(".html") not in stem
        and name not in BY_DJANGO
        and not _replaces_another(name)
        and not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    report(faults, "Nothing names this template; remove it:")


def test_every_template_parses() -> None:
    faults = []
    for path in templates():
        try:
            engines["django"].get_template(name_of(path))
        except TemplateDoesNotExist as error:
            faults.append(f"{name_of(path)}: there is no {error}")
        except Exception as error:  # whatever a broken tag raises, the file is what matters here
            faults.append(f"{name_of(path)}: {error}")
    report(faults, "This template cannot be read:")


def test_every_form_that_posts_carries_the_token() -> None:
    faults = []
    for path in templates():
        for form in re.findall(r"<form\b.*?</form>", path.read_text("utf-8"), re.S | re.I):
            head = form[: form.index(">")]
            if re.search(r"method=[\"']?post", head, re.I) and "csrf_token" not in form:
                faults.append(name_of(path))
    report(faults, "A form that posts holds {% csrf_token %}, for readers without scripts too:")


def test_builtins_are_not_loaded() -> None:
    ours = [path for path in templates() if name_of(path) not in BY_DJANGO]  # those lean on nothing
    report([name_of(path) for path in ours if BUILTIN.search(path.read_text("utf-8"))], "No need to load a builtin:")


def test_no_template_sets_a_colour_or_runs_a_script_of_its_own() -> None:
    """What the content policy (config/middleware.py) forbids, the browser would leave out."""
    ours = re.compile(r"""style="[^"]*#[0-9a-fA-F]{3,6}|\son[a-z]+=["']|<script(?![^>]*\bsrc=)|<style\b|javascript:""")
    faults = [f"{name_of(path)}: {found}" for path in templates() for found in ours.findall(path.read_text("utf-8"))]
    report(faults, "Colours come from tokens.css, behaviour from a file of ui/static:")


def test_a_note_ends_on_the_line_it_begins_on() -> None:
    faults = [
        f"{name_of(path)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "{#" in line.rpartition("#}")[2]
    ]
    report(faults, "Over two lines a note {# … #} is text and stands on the page:")
