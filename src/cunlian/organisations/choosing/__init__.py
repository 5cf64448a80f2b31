"""Choosing the two committees of a village: who stands, which papers they hand in, the county offices' joint review, what the
paper of the vote says, and the term that follows.

The election itself stays on paper, with the village (村民委员会组织法 Art. 14–18). Papers and opinions are for reviewers
alone.
"""
