"""Write docs/roles.md, the page of who may do what, from the table of permissions the code itself asks.

tools/roles.py            write the page
tools/roles.py --check    exit 1 if the page is not what the code says
"""

from __future__ import annotations

import os
import sys
from itertools import groupby
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "roles.md"
HEAD = """\
# Who may do what

Written by `make roles` from `kernel.access.PERMISSIONS` (each domain's `rules.py`); a test compares the two. ● the role
carries the permission within its territory and dates; ◐ it does so under one more condition, named in the code; ○
everyone may, an account or not, under such a condition. What somebody may *see* is another question: `visible_to` on
the querysets.
"""


def page() -> str:
    """The page as the code has it now. Needs Django set up."""
    from django.utils import translation

    from cunlian.accounts.roles import Role
    from cunlian.kernel.access import PERMISSIONS, Permission

    def mark(permission: Permission, role: Role) -> str:
        if permission.everyone:
            return "○"
        if role not in permission.roles:
            return ""
        return "●" if permission.where is Permission.where else "◐"

    lines = [HEAD]
    with translation.override("en"):
        roles = list(Role)
        rules = sorted(PERMISSIONS.values(), key=lambda rule: rule.name)
        for domain, group in groupby(rules, key=lambda rule: rule.name.split(".")[0]):
            lines.append(f"## {domain}\n")
            lines.append("| permission | " + " | ".join(str(role.label) for role in roles) + " |")
            lines.append("|---|" + ":-:|" * len(roles))
            for permission in group:
                marks = " | ".join(mark(permission, role) for role in roles)
                lines.append(f"| {permission.label} `{permission.name}` | {marks} |")
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cunlian.config.settings.test"
    django.setup()
    fresh = page()
    if "--check" in sys.argv:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == fresh
        print("docs/roles.md says what the code says." if same else "docs/roles.md is out of date; run `make roles`.")
        return 0 if same else 1
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
