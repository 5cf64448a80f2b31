"""The register of skills at the desk: the list, one entry, entering and recommending, searching, advisory groups, the tree."""
