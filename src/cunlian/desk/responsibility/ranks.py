"""What the ranks of the chain are called here: the county's own word, else the usual one."""

from __future__ import annotations

from cunlian.desk.receipts import district
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Rank


def rank_names() -> dict[str, Text]:
    """By rank. Of the department in charge the county has no other name."""
    served = district()
    return {rank.value: (served.title_of(rank.value) if served else "") or rank.label for rank in Rank}
