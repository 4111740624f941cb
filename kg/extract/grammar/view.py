"""Small questions about the chunks of a segment, which every rule of the grammar asks."""

from kg.extract.grammar.chunks import ADV, NP, PUNCT, VG, Chunk
from kg.extract.grammar.items import Item
from kg.extract.grammar.words import TIMES

QUOTES = frozenset(('"', "“", "”", "'", "‘", "’"))
_SHARES = frozenset(["half", "quarter", "third", "fifth", "tenth", "majority", "percent", "cent", "%"])


class View:
    """The items and chunks of one segment, and simple questions about them; chunk numbers may lie outside."""

    def __init__(self, items: list[Item], chunks: list[Chunk]) -> None:
        self.items = items
        self.chunks = chunks
        self.chunk_of = [0] * len(items)
        for index, chunk in enumerate(chunks):
            for i in range(chunk.first, chunk.last + 1):
                self.chunk_of[i] = index
        self.topic = self._topic()

    def _topic(self) -> int | None:
        """Return the phrase that a colon or dash sets before the rest: "Tajo Compute: 11 MW, backed by Galp"."""
        for k, chunk in enumerate(self.chunks[:7]):
            if chunk.kind == PUNCT and chunk.lemma in (":", "—", "–", "--", "-") and k:
                return 0 if self.chunks[0].kind == NP and self.chunks[0].names else None
            if chunk.kind == VG or (chunk.kind == PUNCT and chunk.lemma not in (",", "(", ")", "*")):
                return None
        return None

    def mark(self, k: int) -> str:
        """Return the word of a one-word chunk, or an empty text."""
        return self.chunks[k].lemma if 0 <= k < len(self.chunks) and self.chunks[k].kind not in (NP, VG) else ""

    def kind(self, k: int) -> str:
        """Return the kind of a chunk, or an empty text."""
        return self.chunks[k].kind if 0 <= k < len(self.chunks) else ""

    def reduced(self, k: int) -> bool:
        """Say whether a verb group is a participle without auxiliary: "leased by", "powering", "having sold"."""
        chunk = self.chunks[k]
        if chunk.modals or chunk.infinitive:
            return False
        first = self.items[chunk.first]
        if first.lower in ("having", "being"):
            return chunk.form in ("VBN", "VBG", "HAVE", "BE")
        return chunk.form in ("VBN", "VBG") and first.tag in ("VBN", "VBG", "NEG", "ADV") and not chunk.passive

    def is_passive(self, k: int) -> bool:
        """Say whether the subject suffers the verb: "is leased", "a site leased by"."""
        chunk = self.chunks[k]
        if chunk.passive:
            return True
        if chunk.form == "VBN" and self.reduced(k) and not chunk.perfect:
            return True
        return chunk.form == "VBD" and self.mark(k + 1) == "by" and self.kind(k - 1) in (NP, PUNCT)

    def named(self, k: int) -> bool:
        """Say whether the head of the phrase is a name."""
        chunk = self.chunks[k]
        return self.items[chunk.head].kind == "name" if chunk.head >= 0 else False

    def is_time(self, j: int) -> bool:
        """Say whether a phrase is a date or a time."""
        chunk = self.chunks[j]
        head = self.items[chunk.head]
        return head.tag == "DATE" or head.lower in TIMES

    def is_share(self, k: int) -> bool:
        """Say whether a phrase is a share or another quantity: "60 per cent", "half"."""
        chunk = self.chunks[k]
        return self.items[chunk.head].lower in _SHARES or (self.items[chunk.head].kind == "amount" and not chunk.names)

    def adjacent(self, k: int) -> int:
        """Return the chunk before this one, past adverbs and quotation marks."""
        j = k - 1
        while self.kind(j) == ADV or self.mark(j) in QUOTES:
            j -= 1
        return j

    def starts_clause(self, j: int) -> bool:
        """Say whether this phrase after "and" is the subject of a clause of its own."""
        after = j + 1
        while self.kind(after) == ADV:
            after += 1
        return self.kind(after) == VG and not self.reduced(after) and not self.chunks[after].infinitive
