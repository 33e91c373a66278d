"""The pieces of a checklist of as many questions and requirements as are wanted."""

from __future__ import annotations

HEADING = """title: Many rules
jurisdiction: Nowhere
force: obligation
version: 1
reviewed: 2026-11-23
review_by: 2027-02-23
sources: {act: {title: The act, link: "https://law.example/act"}}
"""
QUESTION = """  q{n}:
    short: Fact {n}
    ask: Does fact number {n} hold for the system that you are assessing?
    why: It decides one requirement.
"""
REQUIREMENT = """  R-{n}:
    title: Requirement number {n}
    cites: Article {n}
    says: The requirement number {n}.
    applies_when: {{q{n}: yes}}
    applies_from: [{{date: 2026-08-02}}]
    checks:
"""
CHECK = """      c{k}:
        ask: Is measure {k} of requirement {n} in place?
        basis: text
        cites: Article {n}({k})
"""
