"""tenken: a compliance self-assessment for AI systems, from rules in YAML to a gap report."""

__version__ = "0.1.0"
