"""Benchmarks: each ``bench_*.py`` prints what it measured with the machine and set-up beside it (``cunlian bench``)."""
