"""Instructions at the desk: given, worked on, settled; the county's limit; programmes and how far they are."""

from cunlian.ui.states import add_states

add_states(
    "instruction",
    {
        "sent": "new",
        "signed": "open",
        "extension_asked": "wait",
        "returned": "back",
        "done": "wait",
        "checked": "ok",
        "closed": "ok",
        "withdrawn": "off",
        "lapsed": "off",
    },
)
