"""Questions are checked as a whole: the header against the query, both against the ontology."""

from pathlib import Path

import pytest

from kg import resources
from kg.exceptions import OntologyError, UsageError
from kg.questions import check, header
from kg.questions.catalog import catalog, load, question
from kg.questions.question import from_json
from kg.questions.wording import matches
from kg.schema.ontology import ontology

GOOD = """\
// name: rents
// title: Rents
// question: Who rents from whom?
// wordings:
//   who rents from {landlord}
// examples:
//   rents --landlord xAI
//   "who rents from xAI"
// parameters:
//   landlord (Company): who is paid
//   most (number = 5): how many
//   order (one of name, size, required): what comes first
// columns:
//   landlord (Company): who is paid
//   capacity_mw (number, MW): the power
//   status (status): what sources commit to
//   sources (integer): how many say it
//   claims (ids): the claims

MATCH (a:Company)-[x:LEASES_FROM]->(b:Company)
WHERE ($landlord IS NULL OR b.id = $landlord) AND x.sources < $most AND $order <> ''
RETURN b.name AS landlord, x.capacity_mw AS capacity_mw, x.status AS status, x.sources AS sources, x.claims AS claims
ORDER BY landlord
"""
BAD = [
    ("(Company): who is paid", "(Firm): who is paid", "no known type: 'Firm'"),
    ("$most", "5", "are not those declared"),
    ("b.id = $landlord", "b.id = $lord", "are not those declared"),
    ("(number, MW)", "(number, GW)", "is in MW, not in GW"),
    ("AS capacity_mw,", "AS mw,", "the header declares"),
    ("//   claims (ids): the claims\n", "", "rows about facts carry"),
    (
        "//   claims (ids): the claims\n",
        "//   claims (ids): the claims\n//   withdrawn (flag): gone\n",
        "column withdrawn has the name of one that every answer about facts has",
    ),
    ("LEASES_FROM", "LEASSES_FROM", "no relationship type LEASSES_FROM"),
    ("(a:Company)", "(a:Firm)", "no label Firm"),
    ("[x:LEASES_FROM]", "[x:LEASES_FROM*]", "no upper bound"),
    ("ORDER BY landlord\n", "", "no order"),
    ("{landlord}", "{lord}", "slot for no parameter"),
    ("{landlord}", "{landlord} [most=few]", "is no choice"),
    ("most (number = 5)", "limit (number = 5)", "option that every question has"),
    ("//   sources (integer)", "//   sources (text)", "is of type integer"),
    ("// title: Rents\n", "", "lacks title"),
    ("// title: Rents", "// tilte: Rents", "line 2: 'tilte: Rents' is no header line"),
    ("// name: rents", "// name: hires", "the question's name is 'hires'"),
    (
        "//   landlord (Company): who is paid\n//   most",
        "//   landlord Company who is paid\n//   most",
        "not of the form",
    ),
    ('//   "who rents from xAI"\n', "", "two examples"),
]


def written(folder: Path, text: str) -> Path:
    path = folder / "deals" / "rents.cypher"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))


def test_a_good_file_is_read_as_it_says(tmp_path: Path) -> None:
    (rents,) = load(written(tmp_path, GOOD)).values()
    assert (rents.name, rents.theme, rents.question) == ("rents", "deals", "Who rents from whom?")
    assert [(p.name, p.type, p.default) for p in rents.parameters] == [
        ("landlord", "Company", None),
        ("most", "number", 5),
        ("order", "choice", None),
    ]
    assert [(p.required, p.choices) for p in rents.parameters[1:]] == [(False, ()), (True, ("name", "size"))]
    assert [(c.name, c.unit) for c in rents.columns][:2] == [("landlord", None), ("capacity_mw", "MW")]
    assert rents.cypher.startswith("MATCH")


@pytest.mark.parametrize(("old", "new", "complaint"), BAD)
def test_what_does_not_fit_is_named(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(OntologyError, match=r"rents\.cypher") as error:
        load(written(tmp_path, GOOD.replace(old, new, 1)))
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_the_compiled_form_is_the_same(tmp_path: Path) -> None:
    folder = resources.folder("queries")
    assert load(folder) == load(folder)
    for path in sorted(folder.glob("*/*.cypher")):
        data = header.read(path)
        check.check(data, ontology())
        assert from_json(data) == load(folder)[path.stem]


@pytest.mark.parametrize("name", catalog())
def test_every_wording_finds_its_question(name: str) -> None:
    filled = {"since": "2026-05", "role": "owner"}
    for wording in catalog()[name].wordings:
        text = wording.text
        for parameter in catalog()[name].parameters:
            text = text.replace(f"{{{parameter.name}}}", filled.get(parameter.name, "Zenith Nine"))
        found = matches(f"{text[0].upper()}{text[1:]}?")
        mine = [match for match in found if match.question.name == name]
        assert mine, text
        assert mine[0].certainty == found[0].certainty, text
        assert set(wording.preset.items()) <= set(mine[0].values.items())


@pytest.mark.parametrize("name", catalog())
def test_columns_of_one_name_mean_one_type(name: str) -> None:
    types = {column.name: column.type for other in catalog().values() for column in other.columns}
    for column in catalog()[name].columns:
        if not column.type[0].isupper() and types[column.name][0].islower():
            assert column.type == types[column.name]


def test_the_leases_have_the_columns_that_are_promised() -> None:
    assert " ".join(column.name for column in question("leases").columns) == (
        "tenant landlord facility capacity_mw capacity_bound value_usd term_years status stage disputed sources "
        "first_reported last_reported deal claims"
    )


def test_an_unknown_question_is_answered_with_the_right_ones() -> None:
    with pytest.raises(UsageError, match="Did you mean leases"):
        question("leeses")


@pytest.mark.parametrize(
    ("cypher", "columns"),
    [
        ("MATCH (n) RETURN n.a AS a, f(n.b, 'x, AS y') AS b ORDER BY a", [["a", "b"]]),
        ("CALL { MATCH (n) RETURN n AS inner } RETURN inner, [1, 2] AS list ORDER BY inner", [["inner", "list"]]),
        ("MATCH (n) RETURN n {.id, x: 1} AS n UNION MATCH (m) RETURN m {.id} AS n", [["n"], ["n"]]),
    ],
)
def test_returned_columns_are_read_from_the_query(cypher: str, columns: list[list[str]]) -> None:
    assert check.returned(cypher) == columns
