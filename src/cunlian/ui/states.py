"""The shape of every state: one of six, told apart without colour.

○ ``new`` not yet begun · ◐ ``open`` somebody is at it · ◌ ``wait`` waits for another · ◇ ``back`` sent back, refused ·
● ``ok`` done and shown to be · ▬ ``off`` ended without. A domain's door adds its own kind with ``add_states``.
"""

from __future__ import annotations

from collections.abc import Mapping

SHAPES = ("new", "open", "wait", "back", "ok", "off")
_kinds: dict[str, dict[str, str]] = {}


def add_states(kind: str, shapes: Mapping[str, str]) -> None:
    """Give each state code of ``kind`` its shape. ValueError for a shape that does not exist."""
    for code, shape in shapes.items():
        if shape not in SHAPES:
            raise ValueError(f"{kind}.{code} has no shape called {shape}")
    _kinds.setdefault(kind, {}).update({str(code): shape for code, shape in shapes.items()})


def shape_of(code: str, kind: str = "case") -> str:
    """The shape; ``new`` for a state nobody has given one."""
    return _kinds.get(kind, {}).get(str(code), "new")


add_states(
    "case",
    {
        "reported": "new",
        "accepted": "open",
        "dispatched": "open",
        "in_progress": "open",
        "answered": "wait",
        "returned": "back",
        "rejected": "back",
        "confirmed": "ok",
        "vouched": "ok",
        "elapsed": "off",
        "handed_over": "off",
        "merged": "off",
        "withdrawn": "off",
    },
)
add_states("promise", {"open": "open", "paused": "wait", "kept": "ok", "released": "off"})
add_states("job", {"waiting": "new", "running": "open", "done": "ok", "failed": "back"})
add_states("message", {"waiting": "new", "sent": "ok", "failed": "back"})
add_states("outbox", {"waiting": "new", "done": "ok", "failed": "back"})
add_states(
    "dispute",
    {
        "applied": "new",
        "found": "new",
        "consented": "open",
        "accepted": "open",
        "in_mediation": "open",
        "agreed": "wait",
        "confirmed": "wait",
        "performed": "ok",
        "breached": "back",
        "failed": "off",
        "withdrawn": "off",
    },
)
add_states(
    "homecoming",
    {
        "interested": "new",
        "talked": "open",
        "support": "wait",
        "home": "ok",
        "stayed": "ok",
        "left": "off",
        "stopped": "off",
    },
)
add_states("partner_call", {"draft": "new", "open": "open", "closed": "off"})
add_states(
    "partner_application",
    {"sent": "new", "taken": "wait", "agreed": "ok", "not_taken": "back", "withdrawn": "off"},
)
add_states("partnership", {"running": "open", "renewed": "ok", "ended": "off"})
