"""Django's SQLite backend, whose writers wait in a queue.

SQLite lets a writer who finds the file locked sleep and ask again, for longer each time, so that one who came early may be
overtaken for a second and more (https://sqlite.org/c3ref/busy_timeout.html). Here a transaction waits for its turn (see
``turns``) and only then asks SQLite, where programs other than Cunlian are left.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from cunlian.config.sqlite.turns import Turns


@cache
def turns_of(name: str) -> Turns:
    return Turns(name)


class DatabaseWrapper(base.DatabaseWrapper):
    """A transaction begins when it is this connection's turn, and passes the turn on when it ends in whatever way.

    Raises OperationalError as SQLite does, after the same ``timeout``, when no turn comes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_turn = False

    @property
    def _turn(self) -> Turns:
        return turns_of(str(self.settings_dict["NAME"]))

    def _start_transaction_under_autocommit(self) -> None:
        if not self._turn.acquire(self.settings_dict["OPTIONS"].get("timeout", 5)):
            raise OperationalError("database is locked")
        self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._pass_on()
            raise

    def _pass_on(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turn.release()

    def _commit(self) -> None:
        # One that fails is rolled back by whoever asked for it, and passes its turn on then.
        super()._commit()  # type: ignore[misc]
        self._pass_on()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._pass_on()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._pass_on()
