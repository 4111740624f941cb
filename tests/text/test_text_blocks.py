"""An HTML tree as blocks: every visible word once and in order, tables as rows, nothing hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kg.text.blocks import Block, read_blocks, render


def blocks(body: str) -> list[Block]:
    return read_blocks(html.document_fromstring(f"<html><body>{body}</body></html>"))


def lines(body: str) -> list[str]:
    return render(blocks(body)).split("\n")


def test_headings_paragraphs_items_and_rows() -> None:
    body = (
        "<h2>Sites <em>today</em></h2><p>First\n  line<br>second line.</p>loose text"
        "<ul><li>one<li>two <b>halves</b></ul>"
        "<table><tr><th>Site<th>MW</tr><tr><td>Caddo Bend<td><p>36</p></tr></table><p>Last"
    )
    assert render(blocks(body)) == (
        "Sites today\n\nFirst line\nsecond line.\n\nloose text\n\n* one\n* two halves\n\n"
        "Site | MW\nCaddo Bend | 36\n\nLast"
    )
    assert [block.kind for block in blocks(body)] == [
        "heading", "paragraph", "paragraph", "item", "item", "row", "row", "paragraph",
    ]  # fmt: skip


def test_two_line_breaks_end_a_paragraph() -> None:
    assert render(blocks("<div>one<br><br>two<br> <br/>three<br>four</div>")) == "one\n\ntwo\n\nthree\nfour"


def test_links_keep_their_text_and_are_counted() -> None:
    (block,) = blocks('<p>See <a href="https://x.example/y">the lease</a> now</p>')
    assert (block.text, block.linked) == ("See the lease now", len("the lease"))


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>secret</script>",
        "<style>secret</style>",
        "<noscript>secret</noscript>",
        "<template><p>secret</p></template>",
        "<div hidden>secret <p>secret</p></div>",
        '<p style="color: red; display : none">secret</p>',
        '<span style="VISIBILITY:hidden">secret</span>',
        "<!-- secret -->",
        "<svg><title>secret</title></svg>",
        '<input type="hidden" value="secret">',
        '<img alt="secret">',
    ],
)
def test_what_no_browser_shows_is_left_out_but_not_what_follows(hidden: str) -> None:
    assert [block.text for block in blocks(f"<p>before</p>{hidden} after <p>end</p>")] == ["before", "after", "end"]


def test_columns_stay_in_line_and_spacers_go() -> None:
    table = (
        "<table><tr><td></td><td></td><th>2025</th><td></td><th>2026</th></tr>"
        "<tr><td>Power</td><td></td><td>36</td><td></td><td></td></tr>"
        "<tr><td></td></tr>"
        "<tr><td colspan=3>Total of all</td><td></td><td>90</td></tr></table>"
    )
    assert lines(table) == [" | 2025 | 2026", "Power | 36", "Total of all |  | 90"]


def test_signs_in_columns_of_their_own_join_their_numbers() -> None:
    table = (
        "<table><tr><td>Phase<td colspan=3>Rent<td colspan=2>Share</tr>"
        "<tr><td>One<td>$<td>9.5<td><td>50<td>%</tr><tr><td>Two<td><td>(2<td>)<td>50<td></tr></table>"
    )
    assert lines(table) == ["Phase | Rent | Share", "One | $9.5 | 50%", "Two | (2) | 50"]


def test_a_cell_that_spans_rows_pushes_the_next_row_on() -> None:
    table = "<table><tr><td rowspan=2>Caddo<td>north<td>36<tr><td>south<td>18<tr><td>Pontotoc<td>west<td>90</table>"
    assert lines(table) == ["Caddo | north | 36", " | south | 18", "Pontotoc | west | 90"]


def test_bullets_set_as_a_table_are_items() -> None:
    assert lines("<table><tr><td>•</td><td>phase one</td></tr><tr><td>•</td><td>phase two</td></tr></table>") == [
        "* phase one",
        "* phase two",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><h1>Title</h1><td><p>one</p><p>two</p></table>",
        "<table><tr><td>menu<td><table><tr><td>one<td>two</table></table>",
        '<table role="presentation"><tr><td>one<td>two</table>',
        "<table><tr><td>menu<td><p>" + "long words " * 200 + "</table>",
        "<table>stray<tr><td>one<td>two</table>",
    ],
)
def test_tables_that_lay_out_a_page_are_walked(table: str) -> None:
    assert "menu | " not in render(blocks(table))
    assert all(block.kind != "row" or " | " in block.text for block in blocks(table))
    assert words(render(blocks(table))) == words(" ".join(html.fromstring(f"<div>{table}</div>").itertext()))


def test_spans_of_absurd_size_are_cut() -> None:
    table = "<table>" + "<tr><td colspan=99999999 rowspan=99999999>a<td>b" * 300 + "</table>"
    assert len(blocks(table)) == 300


def test_old_numbers_for_dashes_and_invisible_characters() -> None:
    assert lines("<p>300&#150;400&nbsp;MW, Ca&shy;ddo&#8203; &#147;Bend&#148;</p>") == ["300–400 MW, Caddo “Bend”"]


def test_preformatted_text_keeps_its_columns() -> None:
    assert (
        render(blocks("<pre>Site      MW\nCaddo     36  \n\nTotal     36</pre>"))
        == "Site      MW\nCaddo     36\n\nTotal     36"
    )


def test_marks_of_furniture() -> None:
    body = (
        '<nav>menu</nav><div class="share-bar">tweet</div><div class="shareholders">text</div>'
        '<div id="comments"><p>hm</p></div>'
        '<p role="navigation">up</p><article class="post sidebar"><p>main</p></article>'
    )
    marked = {block.text: block.furniture for block in blocks(body)}
    assert marked == {"menu": True, "tweet": True, "text": False, "hm": True, "up": True, "main": False}


def words(text: str) -> list[str]:
    return [word for word in text.split() if word not in ("*", "|")]


INLINE = ("b", "em", "a", "span", "font")
CONTAINERS = (
    "div",
    "section",
    "ul",
    "ol",
    "li",
    "p",
    "h2",
    "h4",
    "blockquote",
    "article",
    "nav",
    "aside",
    "td",
    "table",
    "tr",
)
leaf = st.integers(0, 999).map(lambda number: f" w{number} ")
tree = st.recursive(
    leaf | st.just("<br>") | st.just("<!-- note -->"),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}> {' '.join(parts)} </{tag}>",
        st.sampled_from(INLINE + CONTAINERS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(tree)
def test_every_word_once_and_in_the_order_of_the_page(body: str) -> None:
    parsed = html.document_fromstring(f"<html><body>start {body} end</body></html>")
    shown = words("".join(text for text in parsed.itertext() if not text.startswith(" note")))
    assert words(render(read_blocks(parsed))) == shown
