"""A use: a profile is launched. `founding` makes its folder, `schemas` what editors complete by.

Names of countries are data (`assets/countries`), so are the questions that a new profile asks
(questions.yml in the shared content).
"""
