"""Training at the desk: courses, who must attend and who has, sessions, who came, certificates."""

from cunlian.ui.states import add_states

add_states("course", {"planned": "new", "running": "open", "closed": "ok", "cancelled": "off"})
add_states("session", {"planned": "new", "held": "ok", "cancelled": "off"})
