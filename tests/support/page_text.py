"""What a reader sees of a page, and words that should not be among it."""

from __future__ import annotations

import html
import re

ENGLISH_SENTENCE = re.compile(r"(?:[A-Za-z’'-]+[,;:]? +){3,}[A-Za-z’'-]+")
"""Four English words in a row: a sentence, or most of one."""

HARD_WORDS = {
    "en": re.compile(r"\b(fail\w*|violat\w*|non-complian\w*|fines?|deadlines?)\b", re.IGNORECASE),
    "ja": re.compile("違反|不適合|罰金|期限|不合格"),
}
"""Words that make a recommendation sound like a breach."""


def read_page_text(page: str) -> str:
    """What a reader sees of a page, without what is marked as another language or as code."""
    page = re.sub(r"(?s)<(style|script|pre)\b.*?</\1>", "", page)
    page = re.sub(r'(?s)<(?!html)(\w+)[^>]*? lang="en"[^>]*>.*?</\1>', "", page)
    return html.unescape(re.sub(r"<[^>]+>", "\n", page))


def find_hard_words(text: str, language: str) -> set[str]:
    """The words of a breach in a text, with what stands around them."""
    found = HARD_WORDS[language].finditer(text)
    return {text[max(match.start() - 30, 0) : match.end() + 30] for match in found}
