"""The chain downward: instructions go straight to the post that does the work and come back with their record.

An instruction names paper or meeting, giver, basis, receivers, what is to come back, due day and end; without these it is
not sent. Every receiver has a copy of their own. A programme is a plan with its measures, told by figures, never typed.
"""
