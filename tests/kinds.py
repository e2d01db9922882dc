"""Small profiles of each level, edition and language, in invented places."""

from tests.projects import text_of

from mgi_report.content.yaml import YamlList, YamlMap, YamlText, node_at, parse_yaml
from mgi_report.project import MemoryProject

LEVELS = ("national", "state", "local")
EDITIONS = ("first", "follow-up")
LANGUAGES = ("en", "fr", "es", "pt", "ar")
FOLDER = "content/sample"

# Short name, full name, full name in a sentence, short name behind "of".
PLACES = {
    ("en", "national"): ("Zarinia", "Republic of Zarinia", "the Republic of Zarinia", "of Zarinia"),
    ("en", "state"): ("Sarel", "State of Sarel", "the State of Sarel", "of Sarel"),
    ("en", "local"): ("Alberín", "City of Alberín", "the City of Alberín", "of Alberín"),
    ("fr", "national"): (
        "Zarinia",
        "République de Zarinia",
        "la République de Zarinia",
        "de Zarinia",
    ),
    ("fr", "state"): ("Sarel", "État de Sarel", "l’État de Sarel", "de Sarel"),
    ("fr", "local"): ("Alberín", "Ville d’Alberín", "la Ville d’Alberín", "d’Alberín"),
    ("es", "national"): (
        "Zarinia",
        "República de Zarinia",
        "la República de Zarinia",
        "de Zarinia",
    ),
    ("es", "state"): ("Sarel", "Estado de Sarel", "el Estado de Sarel", "de Sarel"),
    ("es", "local"): ("Alberín", "Municipio de Alberín", "el Municipio de Alberín", "de Alberín"),
    ("pt", "national"): (
        "Zarinia",
        "República de Zarinia",
        "a República de Zarinia",
        "de Zarinia",
    ),
    ("pt", "state"): ("Sarel", "Estado de Sarel", "o Estado de Sarel", "de Sarel"),
    ("pt", "local"): ("Alberín", "Município de Alberín", "o Município de Alberín", "de Alberín"),
    ("ar", "national"): ("زارينيا", "جمهورية زارينيا", "جمهورية زارينيا", "زارينيا"),
    ("ar", "state"): ("ساريل", "ولاية ساريل", "ولاية ساريل", "ساريل"),
    ("ar", "local"): ("ألبيرين", "بلدية ألبيرين", "بلدية ألبيرين", "ألبيرين"),
}


def profile_of(level: str, edition: str, lang: str) -> MemoryProject:
    """Make a profile that has all its sections, with the shared texts of its language.

    Its own texts are made of the domains’ names in that language.
    """
    name, long_name, in_text, of = PLACES[lang, level]
    is_first = edition == "first"
    before = "" if is_first else "previous: {year: 2020, address: 'https://example.org/mgi'}\n"
    own: dict[str, str | bytes] = {
        "profile.yml": f"""\
id: sample
territory:
  code: ZZA
  name: {{{lang}: {name}}}
  long-name: {{{lang}: {long_name}}}
  in-text: {{{lang}: {in_text}}}
  of: {{{lang}: {of}}}
level: {level}
edition: {edition}
number: {1 if is_first else 2}
year: 2024
assessment: 2024-03
{before}languages: [{lang}]
authors: [mgi-report]
status: {{demonstration: true}}
""",
        "sources.yml": f"""\
references:
  - {{id: law, author: [{{literal: "{name}"}}], issued: 2019-04-01, title: "{long_name}"}}
""",
    }
    domains = _domains(lang)
    for number, (domain, words) in enumerate(domains.items(), start=1):
        own[f"{lang}/{number}-{domain}.md"] = (
            f"## {words} {{#well-developed}}\n\n{words}[^a] [@law].\n\n"
            f"## {words} {{#potential}}\n\n{words}.\n\n[^a]: {words}.\n"
        )
    own[f"{lang}/updates.md"] = "\n\n".join(
        f"## {words} {{#{domain}}}\n\n{words}." for domain, words in domains.items()
    )
    own[f"{lang}/context.md"] = "\n\n".join(f"## {each}\n\n{each}." for each in domains.values())
    own[f"{lang}/acronyms.yml"] = "items:\n" + "".join(
        f'  - {{acronym: A{number}, words: "{words}"}}\n'
        for number, words in enumerate(domains.values())
    )
    for file, kinds in (
        ("updates.md", ("follow-up",)),
        ("context.md", ("local",)),
        ("acronyms.yml", ("local",)),
    ):
        if not {level, edition} & {*kinds}:
            del own[f"{lang}/{file}"]
    return MemoryProject({f"{FOLDER}/{path}": content for path, content in own.items()})


def _domains(lang: str) -> dict[str, str]:
    """Give the short names of the domains, by their ids."""
    root = parse_yaml(text_of(f"content/shared/{lang}/domains.yml"), "domains.yml").value
    assert root
    entries = node_at(root, ("domains",))
    assert isinstance(entries, YamlList)
    return {_text(entry, "id"): _text(entry, "name") for entry in entries.items}


def _text(entry: object, key: str) -> str:
    assert isinstance(entry, YamlMap)
    node = node_at(entry, (key,))
    assert isinstance(node, YamlText)
    return node.text
