"""The foundation without a domain word in it.

Log and seals, moves, access, guards, promises, threads, evidence, clock, outbox and the figure engine. Everything above
imports from here; nothing here knows what a village, a case or a cadre is.
"""
