"""Every word a reader sees is English in the code and Chinese in the catalogue nearest to it."""

from __future__ import annotations

import re

from tests.consistency.code import PACKAGE, report, texts
from tests.consistency.pages import templates, visible
from tools import messages

CHINESE = re.compile(r"[㐀-鿿]")
# Where Chinese is the matter itself, not a text of ours: what is read, not what is said.
MATTER = {
    "cases/pasted.py": "how names and places are said in a chat",
    "cases/similar.py": "which words say nothing about likeness",
    "kernel/days.py": "how Chinese writes days",
    "kernel/numerals.py": "which characters are numbers",
    "people/contact.py": "between which characters a space only pads a name",
    "people/imports/cells.py": "how lists write relations, gender and groups",
    "people/imports/fields.py": "column titles of lists that are read",
    "places/map_service.py": "ranks the national list keeps without a name of their own",
    "places/names.py": "how official names are shortened and spelt",
    "places/points.py": "column titles of sheets that are read",
    "places/sources.py": "column titles of lists that are read",
    "talent/register/words.py": "how people write distances",
    "ui/formats.py": "how Chinese writes spoken times, money and land",
}
# Words that are the same in every language.
NAMES = frozenset({"CSV", "XLSX", "PDF", "JSON", "API", "SMS", "WeCom", "OpenAPI", "QR", "km", "id", "min", "max", "n"})


def test_no_chinese_stands_in_python() -> None:
    faults = [
        f"{module.at(node)} {str(node.value)[:40]!r}"
        for module, node in texts()
        if CHINESE.search(str(node.value))
        and module.package != "demo"
        and module.path.relative_to(PACKAGE).as_posix() not in MATTER
    ]
    report(faults, "Write English and translate it in the catalogue (or name the file in MATTER and say why):")


def test_no_chinese_stands_in_templates_and_scripts() -> None:
    faults = [
        f"{path}:{line} {words[:40]}" for path in templates() for line, words in visible(path) if CHINESE.search(words)
    ]
    for path in PACKAGE.rglob("static/**/*.js"):
        code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
        faults += [f"{path} {found}" for found in CHINESE.findall(code)[:1]]
    report(faults, "Write English and translate it; a script gets its words from data attributes of the page:")


def test_every_visible_word_is_translated() -> None:
    faults = [
        f"{path.relative_to(PACKAGE)}:{line} “{words[:60]}”"
        for path in templates()
        for line, words in visible(path)
        if set(re.findall(r"[A-Za-z]+", words)) - NAMES
    ]
    report(faults, "Put it into {% translate %} or {% blocktranslate %}:")


def lines_with(pattern: str) -> list[str]:
    """Where in the product's Python a line matches."""
    return [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in PACKAGE.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_no_translated_text_is_put_together_before_it_is_translated() -> None:
    faults = lines_with(r"\b(?:_|n?p?gettext(?:_lazy)?)\(\s*f['\"]")
    report(faults, "Translate the text with its placeholders, then fill them in:")


def test_no_text_is_translated_inside_another_where_the_catalogues_do_not_find_it() -> None:
    faults = lines_with(r"\bf(['\"]).*\{(?:_|_now|_lazy|n?p?gettext(?:_lazy)?)\(")
    report(faults, "Translate the text in a line of its own, then put it into the f-string:")


def test_every_text_has_its_chinese() -> None:
    report(list(messages.problems()), "The catalogues are not complete (tools/messages.py --check):")
