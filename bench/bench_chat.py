"""How often the proposals for pasted chat messages are right, on a labelled set: top 1 and top 3, beside two baselines.

The set (tests/cases/data/chat.csv) was written for this project; the messages are invented. Baselines in the same run:
the most frequent item for every message, and the first village of the list.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cunlian.config.settings.test")

import django

django.setup()

from cunlian.cases.models import Category  # noqa: E402
from cunlian.cases.pasted import propose  # noqa: E402
from cunlian.demo.hengkou.lists import ROOT, rows  # noqa: E402
from cunlian.places.names import short_name_of  # noqa: E402
from cunlian.places.sources import read_national  # noqa: E402

SET = Path(__file__).parents[1] / "tests" / "cases" / "data" / "chat.csv"


def categories() -> list[Category]:
    return [
        Category(code=row["code"], name=row["name"], words=row["words"], parent_id=None if len(row["code"]) == 2 else 1)
        for row in rows("categories.csv")
    ]


def villages() -> list[Any]:
    return [
        SimpleNamespace(code=row.code, short_name=short_name_of(row.name))
        for row in read_national(ROOT)
        if len(row.code) == 12
    ]


def measure() -> dict[str, tuple[int, int]]:
    """Hits and messages by what is measured."""
    items, places, hits = categories(), villages(), Counter[str]()
    with SET.open(encoding="utf-8", newline="") as file:
        messages = list(csv.DictReader(file))
    usual = Counter(row["category"] for row in messages).most_common(1)[0][0]
    for row in messages:
        found = propose(row["message"], places, items)
        codes, names = [one.code for one in found.categories], [one.short_name for one in found.places]
        hits["category, first"] += codes[:1] == [row["category"]]
        hits["category, first three"] += row["category"] in codes
        hits["village, first"] += names[:1] == [row["village"]]
        hits["village, first three"] += row["village"] in names
        hits["name"] += found.name == row["name"]
        hits["phone"] += found.phone == row["phone"]
        hits["baseline: most frequent category"] += usual == row["category"]
        hits["baseline: first village"] += places[0].short_name == row["village"]
    return {what: (hits[what], len(messages)) for what in hits}


def main() -> None:
    for what, (right, total) in measure().items():
        print(f"{what:<36} {right:>3} / {total}  {right / total:6.1%}")


if __name__ == "__main__":
    main()
