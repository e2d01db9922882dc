"""`python -m mgi_report` is the command `mgi-report`."""

from mgi_report.cli import main

main()
