"""Words and numbers that run against the text around them, in pages of either direction."""

import re

import pytest

from mgi_report.pages.composing.isolating import isolated
from mgi_report.pages.composing.ties import JOINER


def shown(words: str, direction: str = "rtl") -> str:
    """Show what is set apart in brackets."""
    html = isolated(f'<html dir="{direction}"><p>{words}</p></html>', ["رقم"])
    html = (
        html.replace(JOINER, "")
        .removeprefix(f'<html dir="{direction}"><p>')
        .removesuffix("</p></html>")
    )
    return re.sub(r'<bdi dir="(?:ltr|rtl)">(.*?)</bdi>', r"[\1]", html)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("و<a>World Bank، 2019أ</a>", "و<a>[World Bank]، 2019أ</a>"),
        ("Smith، John A. ثم", "[Smith]، [John A.] ثم"),
        ("في Washington, D.C. عام 2019.", "في [Washington, D.C.] عام 2019."),
        ("من IOM. ثم", "من [IOM]. ثم"),
        ("بنك World Bank (WB) و", "بنك [World Bank (WB)] و"),
        ("بنك World Bank (2019) و", "بنك [World Bank] (2019) و"),
        (
            "نص On trade (2019), a “good” report: 5% of all (see p. 3). ثم",
            "نص [On trade (2019), a “good” report: 5% of all (see p. 3)]. ثم",
        ),
        ("من (بنك WB) World Bank (WB، بنك)", "من (بنك [WB]) [World Bank] ([WB]، بنك)"),
        ("R&amp;D &lt;x&gt;", "[R&amp;D] &lt;[x]&gt;"),
        ("رقم 01-016/P-RM لسنة 2001", "رقم [01-016/P-RM] لسنة 2001"),
        ("رقم 09-015 و08-2716", "رقم [09-015] و[08-2716]"),
        ("رقم 99-142، من 2016-2020، ص 12-15", "رقم [99-142]، من [2016]-[2020]، ص [12]-[15]"),
        ("هاتف +223 20 22 76 97.", "هاتف [+223 20 22 76 97]."),
        ("978-92-9268-001-5", "[978-92-9268-001-5]"),
        ("مبلغ USD 1,417,000 و EUR 2,500.50", "مبلغ [USD 1,417,000] و [EUR 2,500.50]"),
        ("بين 1,200-1,500 و10.5-12.5", "بين [1,200]-[1,500] و[10.5]-[12.5]"),
        ("من 10:30-12:30، 900-1,500", "من [10:30]-[12:30]، [900]-[1,500]"),
        ("3,200/4,500، 15-20,000", "[3,200/4,500]، [15]-[20,000]"),
        ("5% من 7.5 % ثم 1,200%", "[5]% من [7.5] % ثم [1,200]%"),
        ("+5%", "[+5]%"),
        ("بلغ −5، و+5 % و±0.5، -3", "بلغ [−5]، و[+5] % و[±0.5]، [-3]"),
        ("كوفيد-19", "كوفيد-19"),
        ("القرار رقم: 3-5، الصفحات 3-5", "القرار رقم: [3-5]، الصفحات [3]-[5]"),
        ("CO₂ وkm² وLGBTQI+ وC++.", "[CO₂] و[km²] و[LGBTQI+] و[C++]."),
        ("من 2019–2023، 12 000 مهاجر", "من 2019–2023، 12 000 مهاجر"),
        ('<i dir="ltr">A B. C</i> IOM', '<i dir="ltr">A B. C</i> [IOM]'),
        ('<a class="address">x.int/a-b</a>', '<a class="address">x.int/a-b</a>'),
    ],
)  # fmt: skip
def test_in_a_text_from_right_to_left(words: str, expected: str) -> None:
    assert shown(words) == expected


def test_in_a_text_from_left_to_right() -> None:
    assert shown("See <a>وزارة الصحة, 2019a</a>", "ltr") == "See <a>[وزارة الصحة], 2019a</a>"
    plain = "R&amp;D in 2019, 01-016/P-RM, <br>Smith"
    assert shown(plain, "ltr") == plain
