"""Talent a hollow village still has, at home or away: registers, coming home, partners, mentoring and training."""
