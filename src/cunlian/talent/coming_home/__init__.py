"""Coming home: interest, talk, support, a firm or a post, and a look in after 3, 12 and 24 months; the same path for somebody
from elsewhere whom a village brings in. The gatherings of those away, from which paths begin.
"""
