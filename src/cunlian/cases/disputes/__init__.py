"""Disputes: people's mediation (人民调解) by a body of three to nine villagers, women among them.

Free, voluntary, never against a clear refusal, never in the way of a court (人民调解法 Art. 3, 4, 17). What is said there
stays with the mediators (Art. 15): everybody else in the territory knows the fact, its state and its days.
"""
