"""Consents, circumstances and wishes about data, as the desk handles them: on paper, on behalf, by named posts."""
