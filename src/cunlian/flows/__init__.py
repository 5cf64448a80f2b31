"""The few steps that change two domains in one transaction, and ``wiring.py``, the table of reactions."""
