"""The two committees of every village, and what is handed over when somebody leaves a post."""
