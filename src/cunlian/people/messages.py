"""What happened to persons and households, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("people.household_registered", _("Household registered"), _("registered the household"), icon="home-plus")
add_verb("people.cards_printed", _("Door cards printed"), _("printed the cards of the doors"), icon="qrcode")
add_verb("people.person_registered", _("Person registered"), _("registered the person"), icon="user-plus")
add_verb("people.person_moved", _("Person moved"), _("moved the person to another household"), icon="home-move")
add_verb("people.person_corrected", _("File corrected"), _("corrected the person's file"), icon="pencil")
add_verb("people.account_linked", _("Account joined"), _("joined an account to the person"), icon="link")
add_verb("people.contact_revealed", _("Full contact looked at"), _("looked at the full name and phone"), icon="eye")
add_verb("people.person_erased", _("File erased"), _("erased the person's file"), icon="eraser")
