"""Lists of households and persons brought into the register from spreadsheets: read, checked row by row, taken over at
once, and taken back.

``sheets`` reads a file, ``cells`` what stands in a cell, ``judging`` says what a row means for the register, ``writing`` does
it, ``undoing`` takes it back; ``actions`` are the only way in.
"""
