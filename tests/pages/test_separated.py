"""Step 4: photographs in four inks are shown in the colours of a screen."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from tests.pages.html import four_inks, red_square

from mgi_report.pages.separated import in_three_colours


def test_four_inks_become_red_green_and_blue() -> None:
    with Image.open(BytesIO(in_three_colours(four_inks()))) as shown:
        assert shown.mode == "RGB"
        red, green, blue = shown.resize((1, 1)).tobytes()
        assert red > 200
        assert max(green, blue) < 60


def test_a_profile_that_is_none_does_not_matter() -> None:
    file = BytesIO()
    with Image.open(BytesIO(four_inks())) as picture:
        picture.save(file, "JPEG", icc_profile=b"no profile")
    with Image.open(BytesIO(in_three_colours(file.getvalue()))) as shown:
        assert (shown.mode, "icc_profile" in shown.info) == ("RGB", False)


@pytest.mark.parametrize("picture", [red_square(), b"", b"<svg/>"])
def test_other_pictures_stay_as_they_are(picture: bytes) -> None:
    assert in_three_colours(picture) is picture
