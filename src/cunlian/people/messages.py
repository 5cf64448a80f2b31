"""What happened to persons and households, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("people.household_registered", _("Household registered"), _("registered the household"), icon="home-plus")
add_verb("people.cards_printed", _("Door cards printed"), _("printed the cards of the doors"), icon="qrcode")
add_verb("people.person_registered", _("Person registered"), _("registered the person"), icon="user-plus")
add_verb("people.person_moved", _("Person moved"), _("moved the person to another household"), icon="home-move")
add_verb("people.person_corrected", _("File corrected"), _("corrected the person's file"), icon="pencil")
add_verb("people.household_arranged", _("Household changed"), _("changed the household"), icon="home-edit")
add_verb("people.household_split", _("Household split"), _("split the household"), icon="arrows-split")
add_verb("people.households_joined", _("Households joined"), _("joined the household to another"), icon="arrow-merge")
add_verb("people.household_ended", _("Household ended"), _("ended the household"), icon="home-off")
add_verb("people.head_named", _("Head named"), _("named the head of the household"), icon="user-star")
add_verb("people.house_registered", _("House registered"), _("registered the house"), icon="building-cottage")
add_verb("people.house_use_set", _("Use of house"), _("entered how the house is used"), icon="building-cottage")
add_verb("people.moved_out", _("Moved out"), _("entered that the person moved out"), icon="user-minus")
add_verb("people.death_noted", _("Died"), _("entered that the person died"), icon="user-minus")
add_verb("people.went_away", _("Went away"), _("entered that the person is away"), icon="plane-departure")
add_verb("people.wishes_said", _("Wishes said"), _("said what to ask them about while away"), icon="message-2")
add_verb("people.came_home", _("Home again"), _("entered that the person is at home"), icon="home-check")
add_verb("people.found", _("Looked for"), _("found the person by phone or identity number"), icon="search")
add_verb("people.persons_merged", _("Files merged"), _("found two files to be of one person"), icon="git-merge")
add_verb(
    "people.merge_undone", _("Merge undone"), _("found the two merged files to be of two persons"), icon="git-fork"
)
add_verb(
    "people.join_undone",
    _("Joining undone"),
    _("parted the joined households again"),
    icon="arrows-split",
)
add_verb("people.kept_apart", _("Kept apart"), _("found two files to be of two persons"), icon="users")
add_verb("people.account_linked", _("Account joined"), _("joined an account to the person"), icon="link")
add_verb("people.contact_revealed", _("Full contact looked at"), _("looked at the full name and phone"), icon="eye")
add_verb("people.person_erased", _("File erased"), _("erased the person's file"), icon="eraser")
