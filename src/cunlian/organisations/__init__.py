"""Units, posts, postings and duties: who answers for which place, household or matter, on any day."""
