"""What text looks like in each language: marks, figures, ordinals, calls of notes, order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.projects import mali

from mgi_report.content.loading.wordlists import read_languages
from mgi_report.content.markdown.documents import parse_document
from mgi_report.content.model import Inline, NoteCall, Paragraph, Source, Text
from mgi_report.content.resolving.citing import arrange
from mgi_report.content.resolving.spacing import space_words
from mgi_report.content.shared import Shelf
from mgi_report.content.walk import changing, joined
from mgi_report.content.words import NARROW, NBSP
from mgi_report.diagnostics import Span
from mgi_report.pages.composing.markup import Writer
from mgi_report.pages.composing.ties import JOINER

LANGUAGES = read_languages(Shelf(mali(), "content/mali-2021", "en"), ["en", "fr", "es", "pt", "ar"])


def composed(lang: str, markdown: str) -> str:
    """Compose a paragraph; no-break spaces are shown as _, narrow ones as ^, joiners as +.

    Of the call of a note only its number is left, in brackets.
    """
    labels = sorted({*re.findall(r"\[\^(\d)\]", markdown)})
    notes = "\n\n".join(f"[^{label}]: A note." for label in labels)
    paragraph = parse_document(f"{markdown}\n\n{notes}\n", "x.md").value.blocks[0]
    assert isinstance(paragraph, Paragraph)

    def numbered(kid: Inline) -> tuple[Inline, ...]:
        if isinstance(kid, NoteCall):
            return (replace(kid, number=int(kid.label), repeated=True),)
        return (kid,)

    kids = space_words(joined(changing(numbered)(paragraph.kids)), lang, LANGUAGES)
    html = str(Writer(lang, LANGUAGES).inline(kids))
    html = re.sub(rf'{JOINER}<a class="note-call"[^>]*>(\d)</a>', r"[\1]", html)
    return html.replace(NBSP, "_").replace(NARROW, "^").replace(JOINER, "+")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Pourquoi ? Voici : « oui » ; non !", "Pourquoi^? Voici_: «_oui_»^; non^!"),
        ("Typé sans espace: «oui»; non!", "Typé sans espace_: «_oui_»^; non^!"),
        ("Vraiment?! Ou « Pourquoi?», dit-il.", "Vraiment^?! Ou «_Pourquoi^?_», dit-il."),
        ("(pourquoi?) (?) doubles: anglaises", "(pourquoi^?) (?) doubles_: anglaises"),
        ("dit : “quoi?” et l’«*axe*»:", "dit_: “quoi^?” et l’«_<em>axe</em>_»_:"),
        ("*Fin*? *Fin?* *Fin ?*", "<em>Fin</em>^? <em>Fin^?</em> <em>Fin^?</em>"),
        ("Mot?[^1] mot[^1]: mot", "Mot[1]^? mot[1]_: mot"),
        ("à 10:30, 1:4, COM:2, a=b;c", "à 10:30, 1:4, COM:2, a=b;c"),
        ("[ici?](https://x.int/?a)", '<a href="https://x.int/?a">ici^?</a>'),
        ("<https://x.int/a:>", '<a class="address" href="https://x.int/a:">x.int/\u200ba:</a>'),
        ("15% en 2019, (3,5%)", "15_% en 2019, (3,5_%)"),
        ("[Why? So: yes!]{lang=en} Et?", '<span lang="en">Why? So: yes!</span> Et^?'),
        ("*Avant*; après", "<em>Avant</em>^; après"),
        ("12 000 migrants, 1 417 000 francs", "12^000 migrants, 1^417^000_francs"),
        ("15 % en 2019", "15_% en 2019"),
        ("n° 04-058 du 5 août", "n°_04-+058 du 5_août"),
        ("les États-Unis, vis-à-vis", "les États-+Unis, vis-à-vis"),
        ("le 1er mars", 'le 1<span class="raised">er</span>_mars'),
        ("la 106e session", 'la 106<span class="raised">e</span> session'),
        ("le XXe siècle", 'le XX<span class="raised">e</span> siècle'),
        ("Le même, ce 2 euros", "Le même, ce 2_euros"),
    ],
)  # fmt: skip
def test_french(markdown: str, expected: str) -> None:
    assert composed("fr", markdown) == expected


@pytest.mark.parametrize(
    ("lang", "markdown", "expected"),
    [
        ("es", "el 6 de octubre de 2008", "el 6_de_octubre de 2008"),
        ("es", "núm. 31, artículo 6", "núm._31, artículo_6"),
        ("es", "El 15 % de 148 300 habitantes", "El 15_% de 148^300 habitantes"),
        ("es", "el 15 por ciento", "el 15_por_ciento"),
        ("es", "el 1.er año", 'el 1.<span class="raised">er</span> año'),
        ("es", "El 15% y 3,5 %.", "El 15_% y 3,5_%."),
        ("pt", "Os 15%, os 20 por cento", "Os 15%, os 20_por_cento"),
        ("en", "End 15 per cent, 5 per day", "End 15_per_cent, 5_per day"),
        ("fr", "Les 15 pour cent", "Les 15_pour_cent"),
        ("es", "unas 2 140 personas, 12 000 pesos", "unas 2140 personas, 12^000 pesos"),
        ("es", "2 350 000 dólares", "2^350^000_dólares"),
        ("es", "desde 2018", "desde_2018"),
        ("pt", "recém-chegados", "recém-+chegados"),
        ("pt", "2 140 pessoas", "2^140 pessoas"),
        ("pt", "em 1º de março de 2021", "em 1º_de_março de 2021"),
        ("pt", "Lei nº 31, artigo 6", "Lei nº_31, artigo_6"),
        ("ar", "القانون رقم 12", "القانون رقم_12"),
        ("ar", "19 أيار/مايو 2011", "19_أيار/+مايو 2011"),
        ("ar", "11 تشرين الثاني/نوفمبر 2024", "11_تشرين_الثاني/+نوفمبر 2024"),
        ("ar", "منذ عام 2018", "منذ عام_2018"),
        ("ar", "نحو 4 في المائة", "نحو 4_في_المائة"),
        ("en", "Pourquoi ? 12 000 – no; 1er", "Pourquoi ? 12_000_– no; 1er"),
    ],
)
def test_other_languages(lang: str, markdown: str, expected: str) -> None:
    assert composed(lang, markdown) == expected


def test_a_column_groups_its_figures_in_one_way() -> None:
    table = "| Año | Alumnos | Personas |\n|---|---|---|\n| 2002 | 2 400 | 7 100 |\n"
    table += "| 2012 | 7 100 | 12 000 |\n"
    html = str(Writer("es", LANGUAGES).write(parse_document(table, "x.md").value.blocks))
    cells = re.findall(r"<td>(.*?)</td>", html.replace(NARROW, "^"))
    assert cells == ["2400", "7^100", "7100", "12^000"]


def test_words_keep_to_their_own_language_inside_another() -> None:
    english = composed("en", "See [Loi n° 04-058 : entrée ; séjour]{lang=fr} ; and so on")
    assert english == ('See <span lang="fr">Loi n°_04-+058_: entrée^; séjour</span> ; and so on')
    arabic = composed("ar", "انظر [No. 7 of 6 May]{lang=en}")
    assert arabic == 'انظر <span lang="en" dir="ltr">No._7 of 6_May</span>'
    inside = composed("en", "See [رقم 7]{lang=ar}")
    assert inside == 'See <span lang="ar" dir="rtl">رقم_7</span>'


@pytest.mark.parametrize(
    ("lang", "written", "expected"),
    [
        ("en", "A word[^1]. Next", "A word.[1] Next"),
        ("en", "A word.[^1] Next", "A word.[1] Next"),
        ("en", "A word[^1][^2], next", "A word,[1][2] next"),
        ("en", "In 2019[^1] it was", "In 2019[1] it was"),
        ("fr", "Un mot.[^1] Ensuite", "Un mot[1]. Ensuite"),
        ("fr", "Un mot ;[^1][^2] ensuite", "Un mot[1][2]^; ensuite"),
        ("fr", "À Washington D.C.[^1] ensuite", "À Washington D.C.[1] ensuite"),
        ("es", "Una palabra,[^1] luego", "Una palabra[1], luego"),
        ("ar", "كلمة،[^1] ثم", "كلمة[1]، ثم"),
        ("ar", "وأيضاً.[^1] بلغت 15%.[^2]", "وأيضاً[1]. بلغت 15%[2]."),
        ("fr", "*Plan d’action.*[^1]", "<em>Plan d’action</em>[1]."),
        ("fr", "*Plan d’action*.[^1]", "<em>Plan d’action</em>[1]."),
        ("fr", "**Un [lien.](https://x.int)**[^1]", '<strong>Un <a href="https://x.int">lien</a></strong>[1].'),
        ("fr", "l’axe 3.[^1] l’annexe A.[^2]", "l’axe_3[1]. l’annexe A[2]."),
        ("fr", "à Kayes, p. ex.,[^1] et la S. A.[^2]", "à Kayes, p._ex.[1], et la S._A.[2]"),
        ("fr", "la cible 10.7.[^1] Puis", "la cible_10.7[1]. Puis"),
        ("fr", "des points…[^1] etc.[^2]", "des points[1]… etc.[2]"),
        ("fr", "Mme, M.,[^1] etc.,[^2] (p.)[^3]", "Mme, M.[1], etc.[2], (p.)[3]"),
        ("en", "*A plan*[^1]. Some…[^2] or[^3]…", "<em>A plan</em>.[1] Some…[2] or…[3]"),
        ("en", "A *plan[^1]*, then", "A <em>plan,[1]</em> then"),
    ],
)  # fmt: skip
def test_the_call_of_a_note_stands_where_its_language_has_it(
    lang: str, written: str, expected: str
) -> None:
    assert composed(lang, written) == expected


@pytest.mark.parametrize(
    ("lang", "authors"),
    [
        ("fr", ["Ecole", "École", "Économie", "Œuvre", "Ofpra"]),
        ("es", ["Nación", "Nube", "Ñandú", "Oficina"]),
        ("ar", ["حكومة زارينيا", "شبكة المهاجرين", "المكتب الوطني", "وزارة"]),
    ],
)
def test_sources_are_in_the_order_of_the_language(lang: str, authors: list[str]) -> None:
    span = Span("sources.yml")
    sources = [
        Source(name, name, (Text("x", span),), span, year=2020) for name in reversed(authors)
    ]
    assert [source.author for source in arrange(sources, LANGUAGES[lang])] == authors


def test_sources_of_one_year_have_letters_of_the_language() -> None:
    span = Span("sources.yml")
    sources = [Source(key, "وزارة", (Text("x", span),), span, year=2020) for key in "ab"]
    assert [source.letter for source in arrange(sources, LANGUAGES["ar"])] == ["أ", "ب"]
