"""Step 1, load: a translation is held against its original.

Where to look, to change

- which passage stands for which, and how both are compared: `passages`, `pairing`, `comparing`,
  `amounts`, `order`, `invariants`, `figures`
- what is kept of both in translation.yml: `record`; what has changed since: `aligning`,
  `changes`, `in_step`
- what is still in the words of the original: `copied`
- words of sources in another language: `overlay`; which files are missing: `wholeness`
"""
