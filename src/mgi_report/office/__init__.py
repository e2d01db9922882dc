"""Office files that come back, read by a reader of our own that trusts nothing in them.

`package` opens what is zipped, `workbook` reads sheets, `remarks` is what is said beside them.
"""
