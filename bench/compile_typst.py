"""Typst as its command line runs it: a new process compiles main.typ of a folder once."""

import sys

import typst

folder = sys.argv[1]
typst.compile(
    f"{folder}/main.typ",
    f"{folder}/typst.pdf",
    root=folder,
    font_paths=[f"{folder}/fonts"],
    ignore_system_fonts=True,
    pdf_standards=["ua-1", "a-3a"],
)
