"""What happens to a case, as labels and sentences. The sentence follows the name of the post that did it."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

for code, label, sentence, icon, public in (
    ("reported", _("Reported"), _("reported it"), "message-report", True),
    ("reported_for", _("Entered for somebody"), _("entered it for the person"), "message-report", True),
    ("accepted", _("Taken on"), _("took it on"), "inbox", True),
    ("rejected", _("Not taken on"), _("did not take it on"), "circle-x", True),
    ("dispatched", _("Passed on"), _("passed it on"), "arrow-forward-up", True),
    ("started", _("Work started"), _("started work"), "player-play", True),
    ("returned", _("Sent back"), _("sent it back as not theirs"), "arrow-back-up", False),
    ("progressed", _("Progress"), _("added progress"), "message-plus", True),
    ("extension_asked", _("More time asked for"), _("asked for more time"), "clock-plus", True),
    ("extension_granted", _("More time granted"), _("granted more time"), "clock-check", True),
    ("extension_refused", _("More time refused"), _("refused more time"), "clock-x", False),
    ("paused", _("Clock paused"), _("paused the clock"), "player-pause", True),
    ("resumed", _("Clock resumed"), _("resumed the clock"), "player-play", True),
    ("answered", _("Answered"), _("answered"), "message-check", True),
    ("confirmed", _("Confirmed"), _("confirmed that it is fixed"), "check", True),
    ("vouched", _("Confirmed by a neighbour"), _("recorded that a neighbour says it is fixed"), "users", True),
    ("elapsed", _("No reply in the window"), _("closed it: no reply within the window"), "hourglass", True),
    ("reopened", _("Opened again"), _("asked to do it again"), "refresh", True),
    ("merged", _("Joined"), _("joined it with another"), "git-merge", True),
    ("unmerged", _("Separated"), _("separated it again"), "git-branch", True),
    ("split", _("Part split off"), _("split off a part"), "git-branch", False),
    ("joined", _("Joined by somebody else"), _("joined this request"), "users-plus", False),
    ("handed_over", _("Handed to the petition office"), _("handed it to the petition office"), "building", True),
    ("petition_result", _("Petition result"), _("entered the petition office's result"), "file-check", True),
    ("withdrawn", _("Withdrawn"), _("withdrew it"), "arrow-back", True),
    ("commented", _("Internal note"), _("added an internal note"), "note", False),
    ("words_added", _("Words added"), _("added a word"), "message-plus", True),
    ("file_added", _("Photo or paper added"), _("added a photo or paper"), "paperclip", True),
    ("file_blurred", _("Photo blurred"), _("made part of a photo unreadable"), "blur", False),
    ("pictures_shown", _("Pictures shown"), _("chose pictures to show to everybody"), "eye", True),
    ("pictures_taken_back", _("Pictures taken back"), _("took back the pictures shown"), "eye-off", True),
    ("pictures_refused", _("Pictures refused"), _("does not want the pictures shown"), "eye-off", True),
    ("categorised", _("Category changed"), _("changed category or level"), "tag", False),
    ("category_added", _("Item added"), _("put an item on the list"), "list", False),
    ("category_ended", _("Item ended"), _("took an item off the list"), "list", False),
    ("deadline_set", _("Deadline set"), _("set a deadline"), "clock", False),
    ("template_saved", _("Reply template saved"), _("saved a reply template"), "template", False),
    ("template_removed", _("Reply template removed"), _("removed a reply template"), "template", False),
    ("filter_saved", _("Filter saved"), _("saved a filter"), "filter", False),
    ("filter_removed", _("Filter removed"), _("removed a filter"), "filter-off", False),
):
    add_verb(f"cases.{code}", label, sentence, icon=icon, public=public)

WORK = ("cases.started", "cases.progressed", "cases.answered")
"""Whoever did one of these handled the case."""
PAUSE_REASONS = {
    "materials": _("Waiting for papers from the person"),
    "appraisal": _("Waiting for an outside appraisal"),
    "procedure": _("A legal step runs (hearing, court, tender)"),
    "weather": _("Weather does not allow the work"),
    "season": _("Must wait for the farming season"),
}
REJECT_REASONS = {
    "same": _("The same matter is being handled already"),
    "court": _("It is before a court or an arbitration body"),
    "other_county": _("It belongs to another county; we tell the person where"),
    "unclear": _("It cannot be understood and the person cannot be reached"),
}
