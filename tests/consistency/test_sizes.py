"""Files and functions stay within the budgets (tools/sizes.py)."""

from tests.consistency.code import report
from tools.sizes import too_long


def test_no_file_or_function_is_past_its_budget() -> None:
    report(too_long(), "Split it by topic:")
