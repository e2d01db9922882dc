"""The text of a profile without pages: HTML, and EPUB, from what the PDF is composed from too.

`reflowing` takes from a composed section what belongs to paper; `addresses` lets its links lead to
where things stand now; `html` makes one page of all, `epub` a book; `style` is the layout's look.
"""
