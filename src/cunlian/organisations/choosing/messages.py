"""What happened to choices, for the timeline. Nothing here tells what an office thinks of anybody."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("organisations.choice_opened", _("Choice opened"), _("opened the choice"), icon="plus", public=True)
add_verb("organisations.candidate_proposed", _("Candidate entered"), _("entered a candidate"), icon="user-plus")
add_verb("organisations.candidate_withdrawn", _("Candidate withdrawn"), _("noted a withdrawal"), icon="user-minus")
add_verb("organisations.paper_handed_in", _("Paper handed in"), _("took in a paper"), icon="file-check")
add_verb("organisations.choice_step", _("Step done"), _("noted a step"), icon="check", public=True)
add_verb("organisations.review_begun", _("Joint review begun"), _("sent it to the joint review"), icon="send")
add_verb("organisations.opinion_given", _("Opinion given"), _("gave the opinion of an office"), icon="message-2")
add_verb("organisations.paper_opened", _("Paper opened"), _("opened a paper of a candidate"), icon="eye")
add_verb("organisations.review_closed", _("Joint review closed"), _("closed the joint review"), icon="circle-check")
add_verb("organisations.choice_reopened", _("Back to preparing"), _("took it back to preparing"), icon="arrow-back-up")
add_verb("organisations.roll_printed", _("Roll printed"), _("printed the roll of voters"), icon="printer")
add_verb("organisations.count_entered", _("Count entered"), _("entered the count"), icon="clipboard-data", public=True)
add_verb(
    "organisations.voted_again", _("Voted again"), _("set another day for open seats"), icon="refresh", public=True
)
add_verb("organisations.choice_settled", _("Term begun"), _("began the term"), icon="flag", public=True)
add_verb(
    "organisations.choice_called_off", _("Choice called off"), _("called the choice off"), icon="circle-x", public=True
)
add_verb("organisations.papers_forgotten", _("Papers erased"), _("erased the papers of candidates"), icon="trash")
