"""What a view of the desk is given. That only staff come in is seen to by ``config.middleware.staff_gate``."""

from __future__ import annotations

from django.http import HttpRequest

from cunlian.kernel.access import Actor


class DeskRequest(HttpRequest):
    """A request whose actor ``config.middleware.actor`` has resolved. For annotations only."""

    actor: Actor
