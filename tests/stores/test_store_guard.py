"""The guard: quoted text never counts, bare words always do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exceptions import QueryError, ReadOnlyError
from kg.store.guard import check

FORBIDDEN = [
    "LOAD CSV FROM 'x' AS line",
    "CALL dbms.killConnection('x')",
    "CALL `apoc`.`load`.json('x')",
    "OPTIONAL CALL db.clearQueryCaches()",
    "CALL { MATCH (n) RETURN n } IN TRANSACTIONS",
    "CALL (n) { MATCH (m) RETURN m } IN 4 CONCURRENT TRANSACTIONS OF 5 ROWS",
    "CALL { USE system MATCH (n) RETURN n }",
    "RETURN 1 AS x UNION USE neo4j RETURN 2 AS x",
]
ALLOWED = [
    "MATCH (n) RETURN n;",
    "RETURN 'LOAD CSV FROM x' AS text",
    'RETURN "it\'s \\" CALL dbms.x()" AS text',
    "MATCH (n) /* LOAD CSV */ RETURN n // SHOW USERS",
    "MATCH (`LOAD CSV`) RETURN `LOAD CSV`.id AS `CALL dbms.x()`",
    "MATCH (n) WHERE n.load = 1 RETURN n.csv",
    "MATCH (call:Call) WHERE call.show = $show RETURN call",
    "MATCH (call) WITH call MATCH (call)--(x) WHERE call IN (x.calls) RETURN call ORDER BY call.start",
    "MATCH (call) RETURN call",
    "MATCH (use) WITH use, {use: 1} AS m, use {.id, use} AS n RETURN DISTINCT use",
    "MATCH (n) WHERE n.x IN transactions RETURN n",
    "MATCH (n) CALL (n) { MATCH (n)--(m) RETURN m } RETURN m",
    "MATCH (n) CALL { WITH n RETURN 1 AS one } RETURN one",
    "CALL db.labels() YIELD label RETURN label",
    "CALL DB.LABELS",
    "CALL `db`.`index`.fulltext.queryNodes('i', 'load csv') YIELD node RETURN node.id",
    "OPTIONAL MATCH (n) RETURN n.call, n.`call`",
    "UNWIND [1] AS i WITH i WHERE COUNT { MATCH (n) } > i RETURN i",
    "// first a comment\nMATCH (n) RETURN 1/2 AS half",
    "RETURN 'Z\\u00fcrich' AS city, '\\\\' AS backslash, $`a b` AS p",
]
quoted = st.one_of(
    st.text().map(lambda t: "'" + t.replace("\\", "\\\\").replace("'", "\\'") + "'"),
    st.text().map(lambda t: '"' + t.replace("\\", "\\\\").replace('"', '\\"') + '"'),
    st.text().map(lambda t: "`" + t.replace("`", "``") + "`"),
    st.text().map(lambda t: "/*" + t.replace("*/", "") + "*/ 1"),
    st.text().map(lambda t: "//" + t.replace("\n", "").replace("\r", "") + "\n1"),
).filter(lambda t: "\\u" not in t and not t.endswith("**/ 1"))
gaps = st.lists(st.sampled_from([" ", "\n", "\t", "\u00a0", "/* x */", "// y\n"]), min_size=1).map("".join)


@pytest.mark.parametrize("query", ALLOWED)
def test_a_reading_query_passes(query: str) -> None:
    check(query)


@pytest.mark.parametrize("clause", FORBIDDEN)
def test_a_forbidden_clause_is_found(clause: str) -> None:
    for query in (clause, f"MATCH (n) {clause} RETURN 1", f"MATCH (n) {clause.lower()}", f"WITH '\\'' AS x {clause}"):
        with pytest.raises((QueryError, ReadOnlyError)):
            check(query)


@pytest.mark.parametrize(
    "start", ["SHOW", "TERMINATE", "USE", "EXPLAIN", "PROFILE", "CYPHER", "ALTER", "GRANT", "MTCH"]
)
def test_a_query_begins_like_one_that_reads(start: str) -> None:
    with pytest.raises(QueryError, match="begins with MATCH"):
        check(f"/* MATCH */ {start.lower()} x")


@pytest.mark.parametrize("start", ["CREATE", "merge", "Delete", "DETACH", "SET", "REMOVE", "DROP", "FOREACH", "INSERT"])
def test_a_writing_clause_is_named(start: str) -> None:
    with pytest.raises(ReadOnlyError, match=start.upper()):
        check(f"{start} (n)")


@pytest.mark.parametrize(
    "trick",
    [
        "\\u0027 LOAD CSV",
        "'\\u0027",
        "`\\u0060",
        "// \\u000a",
        "/*\\uu002a/",
        "\\u00a0",
        "\\x",
        "// \\u00e4",
        "`\\u00e4`",
    ],
)
def test_escapes_that_could_end_a_quotation_are_refused(trick: str) -> None:
    with pytest.raises(QueryError):
        check(f"RETURN 1 AS x {trick}")


@given(st.lists(quoted, min_size=1, max_size=4), gaps)
def test_what_is_quoted_never_counts(parts: list[str], gap: str) -> None:
    check("RETURN" + gap + f"{gap},{gap}".join(parts) + " AS x")


@given(st.lists(quoted, max_size=3), st.sampled_from(FORBIDDEN), gaps, st.randoms(use_true_random=False))
def test_what_stands_outside_quotes_always_counts(parts: list[str], clause: str, gap: str, random: object) -> None:
    shaken = "".join(random.choice([c.lower(), c.upper()]) for c in clause)  # type: ignore[attr-defined]
    query = f"MATCH (n) WITH n, [{', '.join([*parts, '1'])}] AS l{gap}{shaken.replace(' ', gap)}{gap}RETURN 1"
    with pytest.raises((QueryError, ReadOnlyError)):
        check(query)


def refusal(text: str) -> str:
    try:
        check(text)
    except (QueryError, ReadOnlyError) as error:
        return str(error)
    return ""


@given(st.text())
def test_any_text_is_accepted_or_refused_in_one_line(text: str) -> None:
    assert len(refusal(text).splitlines()) <= 1


def test_a_long_query_takes_no_time_worth_mentioning() -> None:
    check("MATCH (n) WHERE n.id IN [" + ", ".join(f"'{n}'" for n in range(50_000)) + "] RETURN n")
