"""Paste from the chat group: a resident's message becomes a filled-in form; what is proposed, staff check."""
