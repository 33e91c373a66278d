"""Lays a card out as lines for a terminal of some size; what draws them is elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from tenken.interview.prompt import ARROW_MARK, SAVED_MARK, PromptKey, QuestionCard, build_key_names
from tenken.messages.line_breaking import measure_width, render_at_both_ends, wrap_text
from tenken.messages.message_catalog import phrase
from tenken.terminal.output import escape_control_characters

POINTER, HORIZONTAL_RULE = "❯", "─"
SCREEN_GLYPHS = f"{POINTER}{HORIZONTAL_RULE}{SAVED_MARK}{ARROW_MARK}●○·"
"""What a terminal must be able to show: ours, the ticks of questionary, and the dot before what a question decides."""
DOUBT_KEY = "u"
"""Ticks one of several choices as one that nobody is sure of."""
_MOST_CHOICE_ROWS, _FEWEST_CHOICE_ROWS = 12, 7
"""Up to how many rows of choices are to be seen at once; of a longer list, which scrolls anyway, how many at least."""
_KEYS_BY_USE = (
    PromptKey.KEYS,
    PromptKey.WHY,
    PromptKey.BACK,
    PromptKey.SKIP,
    PromptKey.LEAVE,
    PromptKey.NOTE,
    PromptKey.EVIDENCE,
    PromptKey.REVIEW,
)


def render_choice_titles(card: QuestionCard, columns: int, doubted: Collection[str] = ()) -> list[str]:
    """The choices, each with the digit that takes it, wrapped to hang from the pointer and the tick before them."""
    indent = _build_choice_indent(card)
    return [
        f"\n{indent}".join(
            wrap_text(
                escape_control_characters(option.label) + (phrase(" (not sure)") if option.word in doubted else ""),
                columns - len(indent),
                "  ",
                f"{number} " if number < 10 else "  ",
            )
        )
        for number, option in enumerate(card.options, start=1)
    ]


def _build_choice_indent(card: QuestionCard) -> str:
    """What stands before a choice: the pointer and, where several may be chosen, the tick."""
    return " " * (5 if card.several else 3)


def can_be_seen(
    card: QuestionCard, parts: Mapping[str, list[str]], doubted: Collection[str], columns: int, rows: int
) -> bool:
    """Whether a terminal has room for what is asked, around which parts are laid, and for each choice whole."""
    titles = render_choice_titles(card, columns, doubted)
    choices = [f"{_build_choice_indent(card)}{title}".split("\n") for title in titles]
    lines = [*parts["ask"], *(line for choice in choices for line in choice)]
    height = sum(map(len, parts.values())) + max(map(len, choices))
    return height <= rows and max(map(measure_width, lines)) <= columns


@lru_cache(maxsize=64)
def render_card_parts(
    card: QuestionCard, pointed_at: int, warning: str, columns: int, rows: int
) -> Mapping[str, list[str]]:
    """The lines around the choices; in a low terminal the least needed give way, so that choices stay in sight."""
    around = {
        "gap": [""],
        "head": _render_card_head(card, columns) if card.section else [],
        "ask": [*wrap_text(escape_control_characters(card.ask), columns), ""],
        "why": wrap_text(card.why, columns) if card.why else [],
        "source": [*wrap_text(card.source, columns), ""] if card.source else [],
        "suggestion": [*wrap_text(escape_control_characters(card.suggestion), columns), ""] if card.suggestion else [],
        "means": _render_choice_meaning(card, pointed_at, warning, columns),
        "keys": ["", _render_key_line(card, columns)],
    }
    choices = "\n".join(render_choice_titles(card, columns)).count("\n") + 1
    wanted = choices if choices <= _MOST_CHOICE_ROWS else _FEWEST_CHOICE_ROWS
    for name in ("gap", "why", "source", "means", "head"):
        if sum(map(len, around.values())) + wanted <= rows:
            break
        around[name] = []
    return around


def _render_card_head(card: QuestionCard, columns: int) -> list[str]:
    subject = wrap_text(escape_control_characters(card.subject), columns) if card.subject else []
    return [*render_at_both_ends(card.section, card.progress, columns), *subject, HORIZONTAL_RULE * columns]


def _render_choice_meaning(card: QuestionCard, pointed_at: int, warning: str, columns: int) -> list[str]:
    """What the pointed choice means, or a warning, always in as many lines as the longest meaning needs."""
    meanings = [
        wrap_text(escape_control_characters(option.means), columns) if option.means else [] for option in card.options
    ]
    shown = wrap_text(warning, columns) if warning else meanings[pointed_at]
    most = max(map(len, [shown, *meanings]))
    return ["", *shown, *[""] * (most - len(shown))] if most else []


def _render_key_line(card: QuestionCard, columns: int) -> str:
    """As many of the keys as fit in one line, the most useful first; `?` lists them all."""
    names = build_key_names()
    hints = [phrase("Space ticks"), phrase("Enter next")] if card.several else []
    doubt = [phrase("{key} not sure of it", key=DOUBT_KEY)] if card.several else []
    hints += [phrase("↑↓ more")] if len(card.options) > _MOST_CHOICE_ROWS else []
    wanted = [f"{key} {names[key]}" for key in _KEYS_BY_USE if key in card.keys]
    fitting: list[str] = []
    for hint in (*hints, *doubt, *wanted):
        if measure_width("  ".join((*fitting, hint))) <= columns:
            fitting.append(hint)
    return "  ".join(
        hint for hint in (*hints, *doubt, *(f"{key} {names[key]}" for key in card.keys)) if hint in fitting
    )
