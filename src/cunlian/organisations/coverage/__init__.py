"""Whether somebody answers everywhere: rules of coverage as data, what is missing and since when, who carries too much, and
the five matters of each area.

Everything here is read from dated rows (duties, postings, terms, leaves, stand-ins); nobody types a gap.
"""
