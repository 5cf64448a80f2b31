"""The week of a village on one printed sheet for the notice board: public matters only, nothing about a person."""
