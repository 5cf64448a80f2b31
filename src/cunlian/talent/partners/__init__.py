"""Partners from outside: a call (招募令), applications only its reviewers see, agreements, projects and their outcome; and what
villages have of colleges and institutes, research results and teaching bases.
"""
