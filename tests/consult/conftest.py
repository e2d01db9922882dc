"""What the tests of consultation share: a round is opened once a worker."""

from pathlib import Path

import pytest
from tests.consult.rounds import opened


@pytest.fixture(scope="session")
def round_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a project in which round 1 has been opened, and what is sent in `out`."""
    return opened(tmp_path_factory.getbasetemp() / "round")
