"""Bringing lists in: the template, the upload, which column is what, what each row would do, taking over and taking back."""
