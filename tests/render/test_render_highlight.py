"""The page of a document: its text letter by letter, marks where the spans are, and nothing in it that runs."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.core.claim import Claim, EntityName, Evidence, Quantity
from kg.core.document import Document
from kg.examine import Considered
from kg.mentions import Mention, mentions
from kg.render.highlight import highlight_page
from kg.render.marks import Pieces, Span, visible

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
SENTENCE = "Anthropic will rent up to 300 MW from xAI in Memphis."
TEXT = f"{SENTENCE}\n\n“</script><img src=x onerror=alert(1)>” &amp; \x00\u202e"
TAGS = set("html head meta link title style body header div h1 bdi p fieldset legend label input span small".split())
TAGS |= set("main article mark aside select option kbd ol li details summary blockquote dl dt dd script".split())


class Page(HTMLParser):
    """A page read back: its tags, and what is in its article."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: dict[int, str] = {}
        self.article = ""
        self._inside = False
        self._piece: int | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ = dict(attrs)
        self.tags.append((tag, given_))
        self._inside = self._inside or tag == "article"
        if self._inside and tag == "span":
            self._piece = int(str(given_["id"]).removeprefix("p"))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "article"
        if tag == "span":
            self._piece = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.article += data
            if self._piece is not None:
                self.pieces[self._piece] = self.pieces.get(self._piece, "") + data


def claim(**changes: Any) -> Claim:
    given_: dict[str, Any] = {
        "document": "a.txt",
        "document_id": "doc:1",
        "subject": EntityName("Anthropic", "Company"),
        "predicate": "LEASES_FROM",
        "object": EntityName("xAI", "Company"),
        "evidence": Evidence(SENTENCE, 0, 53),
        "qualifiers": {"capacity_mw": 300, "facility": "Colossus 1"},
        "quantities": {"capacity_mw": Quantity("up to 300 MW", max=300, unit="MW")},
        "status": "planned",
        "confidence": 0.44,
    }
    return Claim(**(given_ | changes))


EXPLAINED = {
    "frame": "lease",
    "trigger": {"text": "rent", "start": 15, "end": 19, "lemma": "rent"},
    "subject": {"text": "Anthropic", "start": 0, "end": 9, "how": "name", "chance": 1.0, "slots": ["subject"]},
    "object": {"how": "topic", "chance": 0.4, "slots": []},
    "cues": ["will"],
}
CONSIDERED = [
    Considered(claim(), EXPLAINED),
    Considered(claim(status="ended", ended_as="denied", confidence=0.9), {}),
    Considered(claim(status="asserted"), {"trigger": {"start": -3, "end": 10**9}}, "confidence 0.10 is below 0.34"),
]
NAMES = [Mention(0, 9, "Company", "Anthropic"), Mention(38, 41, "Company", "xAI"), Mention(45, 52, "Place", "Memphis")]


def page(text: str = TEXT, considered: Sequence[Considered] = CONSIDERED, names: Sequence[Mention] = NAMES) -> str:
    document = Document(text, "a.txt", title="</title><script>alert(1)</script>", publisher='"><b>Wire')
    return highlight_page(document, considered, names)


def marks(read: Page) -> list[dict[str, list[list[int]]]]:
    return [json.loads(str(given_["data-marks"])) for tag, given_ in read.tags if "data-marks" in given_]


def test_the_text_stands_there_letter_by_letter_and_nothing_in_it_is_markup() -> None:
    read = Page(page())
    assert read.article == visible(TEXT)
    assert len(read.article) == len(TEXT)
    assert {tag for tag, _ in read.tags} <= TAGS
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert not [name for _, given_ in read.tags for name in given_ if name.startswith("on") or name == "style"]


def test_the_page_asks_nothing_of_any_network_and_runs_only_its_own_script() -> None:
    text = page()
    read = Page(text)
    assert [given_["href"] for _, given_ in read.tags if "href" in given_] == ["data:,"]
    assert not [given_ for _, given_ in read.tags if "src" in given_]
    policy = str(next(g["content"] for _, g in read.tags if g.get("http-equiv") == "Content-Security-Policy"))
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"https?:|\*|unsafe", policy)
    for name in ("script", "style"):
        (inside,) = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
        assert "url(" not in inside


def test_a_claim_marks_its_evidence_ends_and_trigger() -> None:
    read = Page(page())
    first, *_, dropped = marks(read)

    def words(role: str, of: dict[str, list[list[int]]] = first) -> list[str]:
        return ["".join(read.pieces[n] for n in range(a, b + 1)) for a, b in of.get(role, [])]

    assert words("evidence") == [SENTENCE]
    assert words("subject") == ["Anthropic"]
    assert words("trigger") == ["rent"]
    assert words("object") == ["xAI"], "not placed by the explanation: where the evidence names it"
    assert "trigger" not in dropped, "a span outside the text is no mark"


def test_weak_claims_status_bounds_and_reasons_are_in_words() -> None:
    text = page()
    first, second, third = re.findall(r"<details class=.*?</details>", text, re.DOTALL)
    assert 'class="claim planned weak"' in first
    assert re.search(r'class="chip weak">weak<.*class="chip confidence">0.44<', first)
    assert "≤\u00a0300\u00a0MW · facility Colossus 1" in first
    assert "<dt>cues</dt><dd>will</dd>" in first
    assert "ended (denied)" in second
    assert "weak" not in second
    assert "confidence 0.10 is below 0.34" in third
    assert text.index(third) > text.index("Considered and dropped (1)")
    assert "2 claims, 1 weak; 3 names" in text


def test_names_say_their_type_without_colour() -> None:
    assert [g["title"] for tag, g in Page(page()).tags if tag == "mark"] == [
        "Company: Anthropic",
        "Company: xAI",
        "Place: Memphis",
    ]


def test_a_document_without_claims_says_so() -> None:
    assert "Nothing is claimed." in page("", [], [])


spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=60, max_size=80), st.lists(spans, max_size=8), st.lists(spans, max_size=5))
def test_runs_of_pieces_give_back_their_spans(text: str, cut: list[Span], named: list[Span]) -> None:
    free: list[Mention] = []
    for start, end in sorted(named):
        if not free or start >= free[-1].end:
            free.append(Mention(start, end, "Company", text[start:end]))
    pieces = Pieces(text, free, cut)
    read = Page(f"<article>{pieces.html()}</article>")
    shown = visible(text)
    assert read.article == shown.replace("\r\n", "\n")
    for start, end in cut:
        first, last = pieces.run((start, end))
        assert "".join(read.pieces[number] for number in range(first, last + 1)) == shown[start:end]
    assert {tag for tag, _ in read.tags} <= {"article", "mark", "span"}


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        Pieces("short", [], [(2, 9)])


def test_mentions_are_in_order_without_overlap_and_typed_as_claims_have_them() -> None:
    text = "Anthropic rents from Zorblax Cloud Systems at the Zorblax campus in Memphis."
    said = claim(
        subject=EntityName("Zorblax Cloud Systems", "Company", aliases=("Zorblax",)),
        object=EntityName("Memphis", "Company"),
        evidence=Evidence(text, 0, len(text)),
    )
    found = mentions(text, [said])
    assert all(a.end <= b.start for a, b in pairwise(found))
    by_words = {text[m.start : m.end]: m.type for m in found}
    assert by_words["Zorblax Cloud Systems"] == "Company"
    assert by_words["Memphis"] == "Company"


def test_a_browser_shows_the_page_without_complaint(tmp_path: Path) -> None:
    if BROWSER is None:
        pytest.skip("no Chromium found")
    path = tmp_path / "page.html"
    path.write_text(page(), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [BROWSER, "--headless", "--no-sandbox", profile, "--enable-logging=stderr", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "CONSOLE" not in done.stderr, "the browser refused the style sheet or the script, or the script failed"
    assert "<img" not in done.stdout
    assert Page(done.stdout).article == visible(TEXT)
