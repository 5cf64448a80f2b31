"""Training: a course, its sessions, who attended, the certificates.

Sessions, person-times and persons are three figures and are never mixed. A session whose names nobody keeps has a declared
number of person-times and no persons. Who holds no post is kept by name only with their consent.
"""
