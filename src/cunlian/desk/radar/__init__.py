"""Whether somebody answers everywhere: the gap radar, the rules of coverage, the five levels, the five matters of areas, and
which posts carry more than the county wants."""
