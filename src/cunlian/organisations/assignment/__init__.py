"""Proposing who takes what: for the draft of a yearly list a solver shares places, groups, lanes, grids or households out
among posts. People see the proposal beside the lines there are, change it, and confirm it; then it is lines of the draft.
"""
