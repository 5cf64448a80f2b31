"""Keep the Chinese catalogues true to the code, without GNU gettext.

    tools/messages.py                 bring every catalogue up to date (keeps translations, drops what the code lost)
    tools/messages.py --only PATH     the same for one package, e.g. src/cunlian/desk/cases
    tools/messages.py --check         exit 1 and name what is missing, fuzzy, stale or does not fit
    tools/messages.py --compile       write the .mo files Django reads

A string belongs to the catalogue nearest above the file it stands in: one per package of the first level and one per
topic of a door, so that two people at work never edit one file. Entries are sorted and carry no line numbers, so that a
catalogue changes only where its words change. English needs no catalogue: it stands in the code.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "cunlian"
DOORS = ("api", "cli", "desk", "resident")
PO = Path("locale/zh_Hans/LC_MESSAGES/django.po")
HEADER = """\
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
_SHAPES = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
_ALIASES = dict.fromkeys(("_", "_now", "_lazy"))
KEYWORDS = _ALIASES | {name + lazy: shape for name, shape in _SHAPES.items() for lazy in ("", "_lazy")}
_TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(?:n?p?gettext|_)\(\s*{_TEXT}(?:\s*,\s*{_TEXT})*(?:\s*,\s*count)?\s*\)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]  # context and the (first) msgid
Text = str | tuple[str, ...]


def owner_of(path: Path, package: Path = PACKAGE) -> Path:
    """The directory whose catalogue holds the strings of ``path``: the nearest with a ``locale`` or one due by rule."""
    parts = path.relative_to(package).parts
    due = 2 if parts[0] in DOORS and len(parts) > 2 and not parts[1].startswith(("templat", "static", "locale")) else 1
    if len(parts) == 1:
        return package / "config"
    for depth in range(len(parts) - 1, due, -1):
        if package.joinpath(*parts[:depth], "locale").is_dir():
            return package.joinpath(*parts[:depth])
    return package.joinpath(*parts[:due])


def sources(package: Path = PACKAGE) -> Iterator[Path]:
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".html", ".txt") and not {"migrations", "static", "__pycache__"} & set(path.parts):
            if path.suffix == ".py" or "templates" in path.parts:
                yield path


def strings_of(path: Path) -> Iterator[tuple[str | None, Text]]:
    """Every translatable text of a file, as (context, text); plural texts are tuples."""
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        calls = _CALL.findall(templatize(code, origin=str(path)))
        for call in calls:  # one that does not parse is our error, and says so
            ast.parse(call)
        code = "\n".join(calls)
    for _line, text, _comments, context in extract("python", BytesIO(code.encode()), KEYWORDS):
        yield context, text


def wanted(package: Path = PACKAGE) -> dict[Path, dict[Key, Text]]:
    """What each catalogue must hold, by the directory that owns it."""
    found: dict[Path, dict[Key, Text]] = defaultdict(dict)
    for path in sources(package):
        for context, text in strings_of(path):
            key = (context, text if isinstance(text, str) else text[0])
            known = found[owner_of(path, package)]
            if key not in known or isinstance(text, tuple):  # a plural entry answers for its singular too
                known[key] = text
    return found


def catalogue(owner: Path) -> Catalog:
    path = owner / PO
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def entries(owner: Path) -> dict[Key, Message]:
    return {
        (message.context, message.id if isinstance(message.id, str) else message.id[0]): message
        for message in catalogue(owner)
        if message.id
    }


def update(owner: Path, texts: dict[Key, Text]) -> bool:
    """Write the catalogue of ``owner`` so that it holds exactly ``texts``. True if the file changed."""
    path, known = owner / PO, entries(owner)
    fresh = Catalog(locale="zh_Hans")
    for key, text in texts.items():
        old = known.get(key)
        kept = old.string if old and not old.fuzzy else None
        if kept and isinstance(kept, str) != isinstance(text, str):  # singular became plural or back
            kept = (kept,) if isinstance(kept, str) else kept[0]
        fresh.add(text, kept, context=key[0])
    out = BytesIO()
    write_po(out, fresh, width=120, no_location=True, omit_header=True, sort_output=True)
    body = HEADER.encode() + out.getvalue().strip() + b"\n"
    if not texts and path.exists():
        path.unlink()
        return True
    if not texts or (path.exists() and path.read_bytes() == body):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return True


def _forms(text: Text | None) -> list[str]:
    return [text] if isinstance(text, str) else [form for form in text or () if form is not None]


def faults_of(message: Message) -> Iterator[str]:
    """What is wrong with one translated entry, each as the end of a sentence."""
    answers = _forms(message.string)
    if not answers or not all(answers):
        yield "has no Chinese"
        return
    if message.fuzzy:
        yield "is marked fuzzy"
    asked = set(_PLACEHOLDER.findall(_forms(message.id)[-1]))
    for answer in answers:
        given = set(_PLACEHOLDER.findall(answer))
        if given - asked or (asked - given and len(_forms(message.id)) == 1):
            yield f"has {sorted(given) or 'no placeholder'} where the English has {sorted(asked) or 'none'}"
        if re.search(r"[a-z]{4}", _PLACEHOLDER.sub("", _forms(message.id)[0])) and not re.search(r"[㐀-鿿]", answer):
            yield f"is not Chinese but “{answer}”"


def problems(package: Path = PACKAGE) -> Iterator[str]:
    """Every fault of every catalogue, one sentence each."""
    needed = wanted(package)
    owners = set(needed) | {path.parents[3] for path in package.rglob("django.po")}
    said: dict[Key, dict[str, Path]] = defaultdict(dict)
    for owner in sorted(owners):
        name, known = owner.relative_to(package), entries(owner)
        for key in sorted(set(needed.get(owner, {})) - set(known), key=str):
            yield f"{name}: “{key[1]}” is not in the catalogue; run tools/messages.py --only {owner.relative_to(ROOT)}"
        for key in sorted(set(known) - set(needed.get(owner, {})), key=str):
            yield f"{name}: “{key[1]}” is no longer in the code; run tools/messages.py --only {owner.relative_to(ROOT)}"
        for key, message in known.items():
            yield from (f"{name}: “{key[1]}” {fault}" for fault in faults_of(message))
            for answer in _forms(message.string)[:1]:
                said[key].setdefault(answer, name)
    for key, answers in said.items():  # Django reads all catalogues as one: two answers to one text is a coin tossed
        if len(answers) > 1:
            where = ", ".join(f"{path}: “{answer}”" for answer, path in answers.items())
            yield f"“{key[1]}” is translated in two ways ({where}); give one of them a context (pgettext)"


def compile_all(package: Path = PACKAGE) -> int:
    """Write each .mo anew where its .po is younger, drop those without one. Returns how many were written."""
    written = 0
    for mo in package.rglob("django.mo"):
        if not mo.with_suffix(".po").exists():
            mo.unlink()
    for po in sorted(package.rglob("django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        out = BytesIO()
        write_mo(out, catalogue(po.parents[3]))
        half = mo.with_suffix(".mo.new")
        half.write_bytes(out.getvalue())
        half.replace(mo)
        written += 1
    return written


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="name what is missing or wrong; change nothing")
    parser.add_argument("--compile", action="store_true", help="write the .mo files")
    parser.add_argument("--only", type=Path, metavar="PATH", help="update just the catalogue of this package")
    options = parser.parse_args()
    if options.check:
        found = list(problems())
        print("\n".join(found) if found else "Translations are complete.")
        return 1 if found else 0
    if options.compile:
        print(f"{compile_all()} catalogues compiled.")
        return 0
    needed = wanted()
    owners = set(needed) | {path.parents[3] for path in PACKAGE.rglob("django.po")}
    if options.only:
        only = owner_of(options.only.resolve() / "any.py")
        owners &= {only}
    for owner in sorted(owners):
        if update(owner, needed.get(owner, {})):
            print(f"updated {(owner / PO).relative_to(ROOT)}")
        todo = sum(1 for message in entries(owner).values() if not all(_forms(message.string) or [""]))
        if todo:
            print(f"{owner.relative_to(ROOT)}: {todo} texts wait for their Chinese")
    return 0


if __name__ == "__main__":
    sys.exit(main())
