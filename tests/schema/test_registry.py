"""The registry: its rows, its look-up, and what each mistake in a file is answered with."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import resources
from kg.core.ids import name_key
from kg.exceptions import OntologyError
from kg.schema.registry import load_registry, registry
from kg.schema.registry_check import COLUMNS

FOLDER = resources.folder("ontology") / "registry"
ROW = {
    "id": "company:acme",
    "type": "Company",
    "name": "Acme",
    "aliases": "Acme Cloud|Box",
    "ambiguous": "Box",
    "roles": "neocloud",
    "external": "cik:42|ticker:ACM",
    "source": "general",
}


def write(folder: Path, *rows: dict[str, str], name: str = "companies.csv") -> Path:
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_every_file_is_sorted_by_id() -> None:
    for path in FOLDER.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            ids = [row["id"] for row in csv.DictReader(file)]
        assert ids == sorted(ids), path.name


def test_the_registry_covers_the_industry() -> None:
    kinds = [known.type for known in registry()]
    assert kinds.count("Company") >= 1500
    assert kinds.count("Facility") >= 350
    assert kinds.count("Chip") >= 200
    assert kinds.count("Model") >= 250


def test_every_name_leads_to_its_entity_first() -> None:
    known = registry()
    for entity in known:
        for name in entity.names:
            found = known.by_name(name, entity.type)
            assert entity in found, name
            if name not in entity.ambiguous:
                assert found[0] == entity, name


def test_ambiguous_names_are_names() -> None:
    assert all(entity.ambiguous <= set(entity.names) for entity in registry())


@pytest.mark.parametrize(
    "word",
    [
        "X",
        "Meta",
        "Oracle",
        "Lambda",
        "Crusoe",
        "Apple",
        "Switch",
        "Vantage",
        "Galaxy",
        "Together",
        "Magic",
        "Runway",
        "Cursor",
        "Opera",
        "KT",
        "LG",
    ],
)
def test_words_need_context(word: str) -> None:
    assert any(word in entity.ambiguous for entity in registry().by_name(word, "Company"))


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("NVIDIA H100 SXM5 80GB", "Chip", "chip:h100"),
        ("Google TPU v5e", "Chip", "chip:tpu-v5e"),
        ("Amazon Trainium2", "Chip", "chip:trainium2"),
        ("xAI Colossus 2", "Facility", "facility:colossus-2"),
        ("Colossus", None, "facility:colossus-1"),
        ("Alphabet Gemini", None, "model:gemini"),
        ("Amazon AWS", "Company", "company:amazon-web-services"),
        ("coreweave inc", None, "company:coreweave"),
        ("Rensselaer Polytechnic Institute (RPI)", None, "company:rensselaer-polytechnic-institute"),
    ],
)
def test_a_name_is_found_in_the_form_that_sources_give(name: str, kind: str | None, wanted: str) -> None:
    assert [entity.id for entity in registry().by_name(name, kind)] == [wanted]


def test_the_spelling_decides_between_two_of_one_key() -> None:
    assert registry().by_name("EQT Corporation")[0].id == "company:eqt"
    assert registry().by_name("EQT AB")[0].id == "company:eqt-partners"


def test_parent_and_division_are_linked_and_apart() -> None:
    known = registry()
    mind = known.entries["company:google-deepmind"]
    assert [owner.id for owner in known.owners(mind)] == ["company:google", "company:alphabet"]
    assert mind not in known.by_name("Google")


def test_external_ids_are_of_one_entity() -> None:
    pairs = [pair for entity in registry() for pair in entity.external.items()]
    assert len(pairs) == len(set(pairs))


@given(st.text(), st.sampled_from([None, "Company", "Facility", "Chip", "Model", "Person"]))
def test_any_text_may_be_asked(name: str, kind: str | None) -> None:
    for entity in registry().by_name(name, kind):
        assert kind in {None, entity.type}
        assert name_key(entity.name)


def test_the_compiled_form_equals_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    first, second = registry.__wrapped__(), registry.__wrapped__()
    assert first == second == load_registry(FOLDER)
    assert len(list(tmp_path.glob("registry-*.json"))) == 1


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    known = load_registry(write(tmp_path, ROW))
    acme = known.entries["company:acme"]
    assert acme.names == ("Acme", "Acme Cloud", "Box")
    assert acme.ambiguous == {"Box"}
    assert dict(acme.external) == {"cik": "42", "ticker": "ACM"}
    assert hash(acme) == hash(load_registry(tmp_path).entries["company:acme"])


OTHER = {**ROW, "id": "company:other", "name": "Other", "aliases": "", "ambiguous": "", "external": ""}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "Firm"}, "unknown type 'Firm'"),
        ({"type": "Deal"}, "unknown type 'Deal'"),
        ({"id": "chip:other"}, "not an id of the form company:some-name"),
        ({"id": "company:Other One"}, "not an id of the form"),
        ({"id": "company:acme"}, "is given already in companies.csv, line 2"),
        ({"name": ""}, "name of company:other is missing"),
        ({"parent": "company:acne"}, "unknown parent 'company:acne'. Did you mean company:acme"),
        ({"parent": "company:other"}, "above itself"),
        ({"roles": "landlord"}, "unknown roles 'landlord'"),
        ({"family": "Hopper"}, "family is for the type Chip"),
        ({"place": "Memphis"}, "place is for the type Facility"),
        ({"aliases": "Acme Cloud"}, "'Acme Cloud' names"),
        ({"aliases": "Box", "ambiguous": ""}, "list it as ambiguous in both"),
        ({"aliases": "One|One"}, "'One' of company:other is given twice"),
        ({"ambiguous": "One"}, "not among the names"),
        ({"aliases": "One||Two"}, "stray space or bar in aliases"),
        ({"external": "isin:US0"}, "unknown scheme 'isin'"),
        ({"external": "cik:none"}, "'none' is not a cik"),
        ({"external": "cik:42"}, "cik 42 is given already"),
        ({"external": "cik:1|cik:2"}, "occurs twice"),
        ({"source": ""}, "source of company:other is missing"),
        ({"source": "hearsay"}, "unknown source 'hearsay'"),
    ],
)
def test_a_mistake_is_answered_with_file_and_line(tmp_path: Path, change: dict[str, str], message: str) -> None:
    with pytest.raises(OntologyError) as caught:
        load_registry(write(tmp_path, ROW, {**OTHER, **change}))
    text = str(caught.value)
    assert message in text
    assert "companies.csv, line " in text
    assert "\n" not in text


def test_a_shared_name_may_be_ambiguous_in_both(tmp_path: Path) -> None:
    known = load_registry(write(tmp_path, ROW, {**OTHER, "aliases": "Box", "ambiguous": "Box"}))
    assert {entity.id for entity in known.by_name("Box")} == {"company:acme", "company:other"}


def test_a_family_is_a_chip_of_the_registry(tmp_path: Path) -> None:
    chip = {**OTHER, "id": "chip:a1", "type": "Chip", "name": "A1", "roles": "", "family": "Alpha"}
    with pytest.raises(OntologyError, match="unknown family 'Alpha'"):
        load_registry(write(tmp_path, chip, name="chips.csv"))
    write(tmp_path, chip, {**chip, "id": "chip:alpha", "name": "Alpha", "family": ""}, name="chips.csv")
    assert load_registry(tmp_path).entries["chip:a1"].family == "Alpha"


@pytest.mark.parametrize("text", ["", "id,name\n", ",".join([*COLUMNS, "note"]) + "\n"])
def test_a_wrong_column_set_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "companies.csv").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=r"companies\.csv, line 1: the columns must be id,type,"):
        load_registry(tmp_path)


@pytest.mark.parametrize("data", [b"\xff\xfe", ",".join(COLUMNS).encode() + b'\n"open', b"\x00"])
def test_what_is_no_csv_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "companies.csv").write_bytes(data)
    with pytest.raises(OntologyError, match=r"companies\.csv"):
        load_registry(tmp_path)
