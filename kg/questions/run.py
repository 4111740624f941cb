"""Asks a question: parameters in, typed rows out. Reads the store and nothing else."""

from collections.abc import Mapping
from typing import Any

from kg.exceptions import UsageError
from kg.questions.answer import Answer, Row
from kg.questions.catalog import question as find_question
from kg.questions.filters import Filters
from kg.questions.question import Column, Question
from kg.questions.values import Bound, bind
from kg.store import base
from kg.store.base import Store

_NO_FILTERS = Filters()


def ask(
    store: Store,
    name: str,
    given: Mapping[str, object] | None = None,
    *,
    filters: Filters = _NO_FILTERS,
    evidence: bool = False,
    limit: int | None = None,
) -> Answer:
    """Return the answer to a question, by its name or by the way people word it ("who leases from xAI").

    ``given`` holds its parameters; entities are given by name, alias or id. Filters choose which claims count. With
    ``evidence`` each row lists where its claims are stated. Of more than ``limit`` rows the first are returned, and
    ``total`` says how many there are. Raises UsageError for a name that does not exist.
    """
    if " " in name.strip():
        question, bound = _worded(store, name, given or {})
    else:
        question = find_question(name.strip())
        bound = bind(store, question, given or {})
    _check_filters(question, filters, evidence=evidence)
    rows = (
        _search(store, question, bound, filters) if question.search else _rows(store, question, bound.values, filters)
    )
    columns = question.columns
    answered = [Row({column.name: _typed(column, row[column.name]) for column in columns}) for row in rows[:limit]]
    if question.about == "facts":
        from kg.questions.evidence import attach, mark_doubts  # noqa: PLC0415  not where documents are asked for

        mark_doubts(store, answered, filters.known_by)
        if evidence:
            attach(store, answered, filters.known_by)
    return Answer(
        answered,
        question.answered,
        name=question.name,
        title=question.title,
        parameters=bound.shown,
        total=len(rows),
        notes=[*bound.notes, *([] if rows else [_nothing(question, bound, filters)])],
    )


def _worded(store: Store, text: str, given: Mapping[str, object]) -> tuple[Question, Bound]:
    """Return the surest question that the text words and whose slots hold names that exist, whole names first."""
    from kg.questions.wording import closest, matches  # noqa: PLC0415  not where the name is given

    failure: UsageError | None = None
    guess: tuple[Question, Bound] | None = None
    for match in matches(text):
        try:
            bound = bind(store, match.question, {**match.values, **given})
        except UsageError as error:
            failure = failure or error
            continue
        if bound.exact:
            return match.question, bound
        guess = guess or (match.question, bound)
    if guess:
        return guess
    if failure:
        raise failure
    raise UsageError(f"No question is worded like {text!r}. Closest: {'; '.join(closest(text))}. To list all: kg ask")


def _check_filters(question: Question, filters: Filters, *, evidence: bool) -> None:
    if question.about != "facts" and (evidence or str(filters)):
        option = "--evidence" if evidence else str(filters)
        raise UsageError(f"The question {question.name} is about {question.about}, which {option} does not apply to.")


def _rows(store: Store, question: Question, values: Mapping[str, Any], filters: Filters) -> list[base.Row]:
    rows = store.read(question.cypher, values)
    if question.about != "facts":
        return rows
    if not filters.any_claims or any(row["sources"] is None for row in rows):
        from kg.questions.refold import refold  # noqa: PLC0415  most questions are answered from what is stored

        rows = [row for row in refold(store, rows, filters.view()) if _still_meets(row, values)]
    return [row for row in rows if row["status"] != "ended"] if filters.current else rows


def _still_meets(row: base.Row, values: Mapping[str, Any]) -> bool:
    """Say whether a row that was folded again is still what was asked for: the query knew it by all of its claims."""
    since = values.get("since")
    if since is not None and "last_reported" in row and str(row["last_reported"] or "") < since:
        return False
    return "why" not in row or (row["why"] is not None and values.get("why") in (None, row["why"]))


def _search(store: Store, question: Question, bound: Bound, filters: Filters) -> list[base.Row]:
    from kg.questions import paths  # noqa: PLC0415  one question needs it

    if bound.values["entity"] == bound.values["other"]:
        bound.notes.append(f"Both ends are {bound.shown['entity']}.")
        return []
    return paths.search(lambda more: _rows(store, question, {**bound.values, **more}, filters), bound.values)


def _typed(column: Column, value: Any) -> Any:
    """Return a value as its column's type: whole numbers as int, no list as an empty one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if column.type in ("ids", "list"):
        return list(value or ())
    return value


def _nothing(question: Question, bound: Bound, filters: Filters) -> str:
    """Say in one line that there are no rows, and for what."""
    if question.search and len(set(bound.entities)) > 1:
        steps = f"{bound.values['steps']:g}"
        return f"{' and '.join(bound.entities)} are not connected by {steps} facts or fewer."
    said = [f"{name.replace('_', ' ')} {value}" for name, value in bound.shown.items()]
    for_what = f" for {', '.join(said)}" if said else ""
    return f"0 rows: nothing matches{for_what}{f' with {filters}' if str(filters) else ''}."
