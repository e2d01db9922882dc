"""A use: many profiles are built at once, each by one process, and what became of each is kept.

`batch.running` hands profiles to `batch.workers`; `batch.journal` remembers what is done, so that a
batch that was stopped goes on from there.
"""
