"""Mentoring at the desk, and with it reserve cadres, cultivation and studies."""

from cunlian.ui.states import add_states

add_states("mentoring", {"running": "open", "completed": "ok", "broken_off": "off"})
add_states("cultivation", {"proposed": "new", "growing": "open", "ready": "wait", "ended": "ok"})
add_states("study", {"won_over": "new", "enrolled": "open", "graduated": "ok", "left": "off"})
add_states("plan", {"draft": "new", "running": "open", "closed": "ok"})
