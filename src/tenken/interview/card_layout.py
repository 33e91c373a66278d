"""Lays a card out as lines for a terminal of some size; what draws them is elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from tenken.interview.prompt import ARROW_MARK, DOUBT_KEY, SAVED_MARK, PromptKey, QuestionCard, build_key_names
from tenken.messages.line_breaking import measure_width, render_at_both_ends, wrap_text
from tenken.messages.message_catalog import phrase
from tenken.terminal.output import escape_control_characters

POINTER, HORIZONTAL_RULE = "❯", "─"
SCREEN_GLYPHS = f"{POINTER}{HORIZONTAL_RULE}{SAVED_MARK}{ARROW_MARK}●○·"
"""What a terminal must be able to show: ours, the ticks of questionary, and the dot before what a question decides."""
_MOST_CHOICE_ROWS, _FEWEST_CHOICE_ROWS = 12, 7
"""Up to how many rows of choices are to be seen at once; of a longer list, which scrolls anyway, how many at least."""
_SPARED_FOR_MEANINGS = ("gap", "source", "why")
"""What gives way, in this order, so that every choice is explained at once; `w` shows all of it."""
_SPARED_FOR_CHOICES = ("gap", "why", "source", "means", "kept", "head")
"""What gives way so that choices stay in sight."""
_KEYS_BY_USE = (
    PromptKey.KEYS,
    PromptKey.WHY,
    PromptKey.BACK,
    PromptKey.SKIP,
    PromptKey.LEAVE,
    PromptKey.NOTE,
    PromptKey.EVIDENCE,
    PromptKey.ASK,
    PromptKey.REVIEW,
)


@lru_cache(maxsize=64)
def shows_every_meaning(card: QuestionCard, columns: int, rows: int) -> bool:
    """Whether what each choice means has room beside the choices, once what `w` also shows has given way."""
    around = _render_around_choices(card, columns)
    needed = sum(len(lines) for name, lines in around.items() if name not in _SPARED_FOR_MEANINGS)
    return needed + _count_choice_rows(card, columns, is_explained=True) <= rows


def render_choice_titles(
    card: QuestionCard, columns: int, doubted: Collection[str] = (), *, is_explained: bool = False
) -> list[tuple[str, str]]:
    """The choices, each with the number that takes it and perhaps what it means, hanging from the pointer and tick."""
    indent = " " * (5 if card.several else 3)
    digits = len(str(len(card.options)))
    titles = []
    for number, option in enumerate(card.options, start=1):
        label = escape_control_characters(option.label) + (phrase(" (not sure)") if option.word in doubted else "")
        means = f" – {escape_control_characters(option.means)}" if is_explained and option.means else ""
        begin = f"{number:>{digits}} "
        lines = wrap_text(label + means, columns - len(indent), " " * len(begin), begin)
        titles.append(_split_title(f"\n{indent}".join(lines), begin + label))
    return titles


def _split_title(text: str, label: str) -> tuple[str, str]:
    """A wrapped text in two: its label, and the rest."""
    left = sum(not character.isspace() for character in label)
    for place, character in enumerate(text):
        if left == 0:
            return text[:place], text[place:]
        left -= not character.isspace()
    return text, ""


def _count_choice_rows(card: QuestionCard, columns: int, *, is_explained: bool) -> int:
    titles = render_choice_titles(card, columns, is_explained=is_explained)
    return sum(f"{label}{means}".count("\n") + 1 for label, means in titles)


@lru_cache(maxsize=64)
def render_card_parts(
    card: QuestionCard, pointed_at: int, warning: str, columns: int, rows: int
) -> Mapping[str, list[str]]:
    """The lines around the choices; in a low terminal the least needed give way, so that choices stay in sight."""
    is_explained = shows_every_meaning(card, columns, rows)
    around = _render_around_choices(card, columns)
    if is_explained:
        around["means"] = ["", *wrap_text(warning, columns)] if warning else []
    else:
        around["means"] = _render_choice_meaning(card, pointed_at, warning, columns)
    choices = _count_choice_rows(card, columns, is_explained=is_explained)
    wanted = choices if is_explained or choices <= _MOST_CHOICE_ROWS else _FEWEST_CHOICE_ROWS
    for name in _SPARED_FOR_MEANINGS if is_explained else _SPARED_FOR_CHOICES:
        if sum(map(len, around.values())) + wanted <= rows:
            break
        around[name] = []
        if name == "source" and around["why"]:
            around["source"] = [""]  # it ends the paragraph
        elif name == "why" and around["source"] == [""]:
            around["source"] = []
    return around


def _render_around_choices(card: QuestionCard, columns: int) -> dict[str, list[str]]:
    """Everything but the choices and what they mean."""
    return {
        "gap": [""],
        "head": _render_card_head(card, columns) if card.section else [],
        "ask": [*wrap_text(escape_control_characters(card.ask), columns), ""],
        "why": wrap_text(card.why, columns) if card.why else [],
        "source": [*wrap_text(card.source, columns), ""] if card.source else [],
        "suggestion": [*wrap_text(escape_control_characters(card.suggestion), columns), ""] if card.suggestion else [],
        "kept": _render_kept_lines(card, columns),
        "keys": ["", _render_key_line(card, columns)],
    }


def _render_card_head(card: QuestionCard, columns: int) -> list[str]:
    subject = wrap_text(escape_control_characters(card.subject), columns) if card.subject else []
    return [*render_at_both_ends(card.section, card.progress, columns), *subject, HORIZONTAL_RULE * columns]


def _render_kept_lines(card: QuestionCard, columns: int) -> list[str]:
    """What is kept beside the answer, one line each, however long it is."""
    lines = [wrap_text(escape_control_characters(text), columns - 2) for text in card.kept]
    return [first + (" …" if more else "") for first, *more in lines] + ([""] if lines else [])


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
    doubt = [f"{DOUBT_KEY} {names[DOUBT_KEY]}"] if card.several else []
    hints += [phrase("↑↓ more")] if len(card.options) > _MOST_CHOICE_ROWS else []
    wanted = [f"{key} {names[key]}" for key in _KEYS_BY_USE if key in card.keys]
    fitting: list[str] = []
    for hint in (*hints, *doubt, *wanted):
        if measure_width("  ".join((*fitting, hint))) <= columns:
            fitting.append(hint)
    return "  ".join(
        hint for hint in (*hints, *doubt, *(f"{key} {names[key]}" for key in card.keys)) if hint in fitting
    )
