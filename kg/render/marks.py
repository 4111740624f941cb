"""A text as HTML in pieces that can be marked: cut wherever a mention or a claim's span begins or ends."""

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kg.mentions import Mention

Span = tuple[int, int]

_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
"""What a page cannot hold, and what would reorder it: shown as a sign of its own, one for one."""


def visible(text: str) -> str:
    """Return a text of the same length without characters that a browser drops, obeys or refuses."""
    return _UNSHOWN.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


class Pieces:
    """A text cut at the ends of all mentions and spans; a span is a run of pieces, by number."""

    def __init__(self, text: str, mentions: Sequence[Mention], spans: Iterable[Span]) -> None:
        """Cut the text; spans outside it raise ValueError."""
        self._text = text
        self._mentions = mentions
        self._spans = sorted(set(spans))
        if any(not 0 <= start < end <= len(text) for start, end in self._spans):
            raise ValueError("a span outside the text")
        ends = {edge for span in self._spans for edge in span} | {edge for m in mentions for edge in (m.start, m.end)}
        self._cuts = sorted(ends | {0, len(text)})

    def run(self, span: Span) -> tuple[int, int]:
        """Return the numbers of the first and last piece of a span."""
        return bisect_left(self._cuts, span[0]), bisect_left(self._cuts, span[1]) - 1

    def html(self) -> str:
        """Return the text: mentions as ``mark``, and a ``span`` numbered ``p0`` upward for what can be marked."""
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        markable = self._markable()
        at = iter(self._mentions)
        mention = next(at, None)
        for number, (start, end) in enumerate(zip(self._cuts, self._cuts[1:], strict=False)):
            words = html.escape(visible(self._text[start:end]))
            if mention and start == mention.start:
                kind, name = html.escape(mention.type), html.escape(visible(mention.name))
                yield f'<mark class="t-{kind}" data-type="{kind}" title="{kind}: {name}">'
            yield f'<span id="p{number}">{words}</span>' if markable[number] else words
            if mention and end == mention.end:
                yield "</mark>"
                mention = next(at, None)

    def _markable(self) -> list[bool]:
        """Say of each piece whether a claim's span holds it."""
        steps = [0] * (len(self._cuts) + 1)
        for span in self._spans:
            first, last = self.run(span)
            steps[first] += 1
            steps[last + 1] -= 1
        open_spans, held = 0, []
        for step in steps[: len(self._cuts) - 1]:
            open_spans += step
            held.append(open_spans > 0)
        return held
