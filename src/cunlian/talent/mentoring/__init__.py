"""Growing people: reserve cadres by plan, mentoring, education upgrades, and the other kinds of cultivation.

Nothing is held about anybody's membership in the Party: posts, and declared numbers with their source.
"""
