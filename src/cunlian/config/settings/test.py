"""Settings of the test suite: fast hashing, console messages, keys that protect nothing, a database of its own.

``CUNLIAN_TEST_DB`` names that database, so that two runs on one machine do not meet in it. SQLite's is a file, not
memory: tests of races need threads and processes that see the same data.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only-" + "0" * 50)
os.environ.setdefault("CUNLIAN_DEMO", "1")

from cunlian.config.settings.base import *  # noqa: F403
from cunlian.config.settings.base import DATABASES

TESTING = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

_name = "test_cunlian_" + os.environ.get("CUNLIAN_TEST_DB", "main")
if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    _name = str(Path(tempfile.gettempdir()) / f"{_name}.sqlite3")
DATABASES["default"]["TEST"] = {"NAME": _name}
