"""Partners at the desk: calls, applications for their reviewers, agreements; research results and teaching bases."""
