"""Messages say how to install what is missing, from a folder as from a wheel."""

import sys

from mgi_report.extras import how_to_install


def test_the_command_names_the_packages() -> None:
    begin, _, packages = how_to_install("preview").partition(" -m pip install ")
    assert begin == sys.executable
    assert "'starlette>=1' 'uvicorn>=0.35'" in packages
    assert "opendataloader" not in packages
    assert "mgi-report" not in packages
