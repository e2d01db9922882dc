"""Steps 1 and 2: from files to a `Profile`.

The vocabulary (`model`, `facts`, `words`, `cover`), how files are read (`yaml`, `yaml_faults`,
`validate`, `files`) and what both steps need stand here. The rest, by what it does:

- `loading`: step 1, files become a `Profile`
- `markdown`: Markdown becomes blocks with places
- `translation`: a translation is held against its original
- `resolving`: step 2, all that depends on more than one place in a profile
- `spelling`: what is written in two ways

Where to look here, to change

- a key of profile.yml or sources.yml: `schema`, then `loading.facts` or `loading.sources`
- where the words of a profile lie, what a translation lacks: `shared`, `lending`
- what a picture must be: `pictures`, `picture_files`, `svg_files`
- the names of flags: `flags`
"""
