"""What happened to skills, entries, searches and advisory groups, for the timeline."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("talent.skill_added", _("Skill added"), _("added a skill to the tree"), icon="tag")
add_verb("talent.skill_ended", _("Skill taken off"), _("took a skill off the tree"), icon="tag-off")
add_verb("talent.skills_taken_over", _("Tree taken over"), _("took over the usual tree of skills"), icon="tags")
add_verb("talent.entered", _("Skills entered"), _("entered the person's skills"), icon="tools")
add_verb("talent.recommended", _("Recommended"), _("recommended the person for the register"), icon="user-star")
add_verb("talent.accepted", _("Person agreed"), _("entered that the person agrees"), icon="circle-check")
add_verb("talent.declined", _("Person declined"), _("entered that the person declines"), icon="circle-x")
add_verb("talent.changed", _("Skills changed"), _("changed the person's skills"), icon="pencil")
add_verb("talent.confirmed", _("Entry confirmed"), _("entered that it still holds"), icon="refresh")
add_verb("talent.verified", _("Skills verified"), _("verified skills"), icon="rosette-discount-check")
add_verb("talent.left_unverified", _("Not verified"), _("looked at skills that cannot be verified now"), icon="eye")
add_verb(
    "talent.refresh_asked", _("Asked whether it still holds"), _("asked whether the entry still holds"), icon="help"
)
add_verb("talent.rested", _("Entry rests"), _("let the entry rest, as nobody confirmed it"), icon="zzz")
add_verb("talent.let_go", _("Owed no more"), _("ended what was owed, as the person left"), icon="user-minus")
add_verb("talent.handed_on", _("Handed on"), _("handed what was owed to the village they moved to"), icon="arrow-right")
add_verb("talent.owed_again", _("Owed again"), _("took up again what is owed, as the person is back"), icon="user-plus")
add_verb("talent.removed", _("Entry erased"), _("erased an entry whose time was over"), icon="eraser")
add_verb("talent.searched", _("Searched for skills"), _("searched the register of skills"), icon="search")
add_verb("talent.opened", _("Entry opened"), _("looked at name and phone of an entry"), icon="eye")
add_verb("talent.group_founded", _("Advisory group set up"), _("set up the advisory group"), icon="users-plus")
add_verb("talent.group_ended", _("Advisory group ended"), _("ended the advisory group"), icon="users-minus")
add_verb("talent.member_seated", _("Member named"), _("named a member of the advisory group"), icon="user-plus")
add_verb("talent.member_unseated", _("Member left"), _("ended a member's seat"), icon="user-minus")
