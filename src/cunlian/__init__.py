"""Cunlian (村联): one fact entered once, everything else derived from it. See ARCHITECTURE.md."""
