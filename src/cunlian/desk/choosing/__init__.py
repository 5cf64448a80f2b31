"""Choosing the two committees of villages: the choices, their candidates, the joint review, the count, the sheets to print."""
