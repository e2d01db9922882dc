"""Data collection: the indicators go out as a sheet, and what was found comes back.

`survey` is what a profile asks and has found; `sheet` makes the workbook, `sheet_reader` reads one
that came back, `taking` holds what it says against what is known, `writing` writes it into
indicators.yml and touches nothing else.
"""
