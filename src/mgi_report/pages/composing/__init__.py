"""Step 3, compose: a profile and a layout become sections of HTML and CSS, by `compose`.

Where to look, to change

- HTML of a paragraph, list or note: `markup`; of an entry of the key sources: `bibliography`
- what a template may use: `context`; filters and functions: `compose`; how it is run: `templates`
- how an icon is put into the page: `icons`
- where a layout's files are found, the profile's own first: `stock`
- where lines must not break: `ties`; by which words: language.yml of the language
- the wheel: `drawing`
- when a section is composed again: `compositions`
"""
