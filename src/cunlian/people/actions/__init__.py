"""What is done with persons and households, by topic."""

from cunlian.people.actions.duplicates import keep_apart, merge_persons, undo_merge
from cunlian.people.actions.households import (
    arrange_household,
    end_household,
    join_households,
    name_head,
    print_cards,
    register_house,
    register_household,
    set_house_use,
    split_household,
    undo_join,
)
from cunlian.people.actions.looking import find_persons, reveal_contact
from cunlian.people.actions.moving import come_home, go_away, move_out, move_person, note_death
from cunlian.people.actions.persons import (
    correct_person,
    enter_with_code,
    erase_person,
    link_account,
    meet_person,
    note_reporter,
    register_person,
)

__all__ = [
    "arrange_household",
    "come_home",
    "correct_person",
    "end_household",
    "enter_with_code",
    "erase_person",
    "find_persons",
    "go_away",
    "join_households",
    "keep_apart",
    "link_account",
    "meet_person",
    "merge_persons",
    "move_out",
    "move_person",
    "name_head",
    "note_death",
    "note_reporter",
    "print_cards",
    "register_house",
    "register_household",
    "register_person",
    "reveal_contact",
    "set_house_use",
    "split_household",
    "undo_join",
    "undo_merge",
]
