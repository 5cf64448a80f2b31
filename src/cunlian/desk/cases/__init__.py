"""Cases at the desk: the list, one case with its moves, entering for somebody, passing on many, exports."""
