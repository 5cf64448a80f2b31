"""The register of local skills (能人库): who can do what, entered by the person or on somebody's recommendation.

Nothing in it is usable before the person's consent is on record; staff find by skill and distance, the public sees the skill
and the village. An entry nobody confirmed for a year is asked about, and then rests.
"""
