"""tenken: a compliance self-assessment for AI systems, from rules in YAML to a gap report.

Its rooms, from top to bottom; a room imports from those on lower floors only:

    cli
    authoring
    report · interview
    assessment
    records · terminal · marks
    rules · messages
    files
"""

__version__ = "0.1.0"
