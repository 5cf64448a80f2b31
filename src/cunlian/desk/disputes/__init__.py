"""Disputes at the desk: the list, one dispute with its moves, the agreement on paper, mediation bodies."""
