"""The yearly list of who answers: one for a place, a year and a capacity, on a paper.

Its lines are a proposal until it is published; then each stands for a duty that runs. What the list of the year before had
and this one has not ends on the same day, so that nothing is left without a name in between.
"""
