"""The closed classes of English, and how its verbs inflect: what the grammar knows of words."""

import re
from collections.abc import Iterator
from functools import cache

from kg import resources

DETERMINERS = frozenset(
    "the a an this that these those each every some any no another all both either neither half such what many "
    "few several most much more less enough certain various".split()
)
POSSESSIVES = frozenset(["its", "their", "his", "her", "our", "my", "your", "whose"])
PRONOUNS = frozenset(
    "it they he she we i you them him us me itself themselves himself herself who whom one ones other others "
    "someone somebody anyone anybody everyone everybody nobody none nothing something everything anything here "
    "there".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for with from to into onto over under through during between among against about around near "
    "after before since until till within without across along behind beside besides beyond toward towards upon "
    "via per as than like unlike outside inside off out up down above below despite worth except including excluding "
    "alongside amid atop versus through throughout".split()
)
CONJUNCTIONS = frozenset(["and", "or", "but", "nor", "plus", "&"])
SUBORDINATORS = frozenset(
    "if because although though while when whereas unless whether once where why how so that lest whenever "
    "wherever".split()
)
MODALS = frozenset("will would shall should may might can could must ought 'll 'd wo ca".split())
BE = frozenset("is are was were be been being am 's 're 'm isn aren wasn weren ain".split())
HAVE = frozenset(["has", "have", "had", "having", "'ve", "hasn", "haven", "hadn"])
DO = frozenset(["does", "do", "did", "doing", "done", "doesn", "don", "didn"])
NEGATIONS = frozenset("not n't n’t never no nor neither none nobody cannot without hardly barely scarcely".split())
ADVERBS = frozenset(
    "already also still now then once soon later ago yet again too even only just quite rather very almost nearly "
    "about roughly perhaps maybe instead together apart away back forward here there today yesterday tomorrow "
    "recently formerly previously originally initially eventually finally first last long ever never always often "
    "sometimes meanwhile however therefore thus hence otherwise moreover furthermore indeed largely mostly mainly "
    "chiefly partly wholly fully entirely reportedly allegedly supposedly presumably probably possibly likely "
    "currently presently well far further outright alone alike elsewhere somewhere everywhere abroad twice thrice "
    "half so as more less most least".split()
)
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "trillion dozen first second third fourth fifth sixth".split()
)

# Verbs that take another verb as their complement, so that "has agreed to lease" is one group around "lease".
CATENATIVES = frozenset(
    "agree plan intend expect hope want aim promise pledge commit decide seek try attempt begin start stop "
    "continue keep refuse decline fail offer vow undertake prepare propose need have go get come help choose move "
    "look stand wish consider mull weigh contemplate threaten race rush manage remain cease finish set bind "
    "oblige due happen use say report rumour rumor believe think understand know see slate schedule tip poise "
    "lead".split()
)


TIMES = frozenset(
    "year month week monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter today "
    "yesterday quarter day morning afternoon evening decade night weekend january february march april may june july "
    "august september october november december years months weeks days".split()
)
"""Nouns of time: a phrase that one heads says when."""

CLAUSAL = frozenset(
    "say think believe know report claim hope expect note add warn confirm deny estimate reckon insist argue predict "
    "suggest fear understand mean see find show assume bet wish wonder conclude remember learn announce tell".split()
)
"""Verbs after which a clause may follow, with "that" or without: "said Oracle leases"."""

WITH_BE = PRONOUNS | {"that", "there", "who", "what", "where", "how", "let"}
"""Words after which an apostrophe and "s" are a verb."""

COMPOUNDING = frozenset(
    "training cooling computing manufacturing mining trading data hosting financing funding".split()
)
"""Nouns in -ing that go before another noun: "training chip"."""


def _closed() -> dict[str, str]:
    """Return the one tag of each word of the closed classes."""
    table: dict[str, str] = {}
    for tag, group in (
        ("ADV", ADVERBS - {"first", "last", "further", "likely", "long", "as"}),
        ("SUB", SUBORDINATORS),
        ("PREP", PREPOSITIONS),
        ("CONJ", CONJUNCTIONS),
        ("NUM", NUMBERS),
        ("PRON", PRONOUNS),
        ("DET", DETERMINERS),
        ("POSS", POSSESSIVES),
        ("REL", {"which", "who", "whom"}),
        ("MODAL", MODALS),
        ("BE", BE),
        ("HAVE", HAVE),
        ("DO", DO),
        ("NEG", NEGATIONS - {"neither", "nor", "none", "nobody", "no"}),
        ("ADV", {"itself", "themselves", "himself", "herself", "ourselves", "myself", "yourself"}),
    ):
        table.update(dict.fromkeys(group, tag))
    return {**table, "to": "TO", "that": "REL/DET", "'s": "GEN", "'": "PUNCT"}


CLOSED = _closed()

_DOUBLING = frozenset(
    "permit commit transfer refer defer prefer incur occur outfit regret submit admit equip program control confer "
    "deter concur infer recur backstop compel propel repel impel forbid forget begin beset offset upset sublet relet "
    "outbid underbid outrun overrun outstrip sidestep underpin unplug retrofit refit rebut remit transmit leapfrog "
    "overlap annul embed excel extol fulfil distil instal transship undercut patrol".split()
)
_BOTH_WAYS = re.compile(r".+[aeiou]l$")
_DOUBLED = re.compile(r"[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]$")


def _double(verb: str) -> bool:
    """Say whether the last consonant doubles before -ed and -ing: in words of one syllable, and some others."""
    return len(verb) > 2 and (bool(_DOUBLED.match(verb)) or verb in _DOUBLING)


def lexicon_lines(name: str) -> list[str]:
    """Return the lines of a word list of the lexicon that are no comments."""
    text = (resources.folder("ontology") / "lexicon" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


CLASSES = ("adjective", "adverb", "noun", "gerund", "both")


@cache
def word_class() -> dict[str, str]:
    """Return the class that ``lexicon/words.txt`` gives a word: adjective, adverb, noun or gerund."""
    found: dict[str, str] = {}
    for line in lexicon_lines("words.txt"):
        kind, *listed = line.split()
        for word in listed if kind in CLASSES else ():
            found.setdefault(word, kind)
    return found


@cache
def group(name: str) -> frozenset[str]:
    """Return all words of a class of ``lexicon/words.txt``."""
    return frozenset(
        w for line in lexicon_lines("words.txt") for w in line.split()[1:] if line.split(maxsplit=1)[0] == name
    )


def is_both(verb: str, form: str) -> bool:
    """Say whether a form of a verb is a form of a noun too: "leases" and "deal", but not "owns"."""
    return verb in group("both") or verb in group("noun") or form in group("noun") or form in group("gerund")


_ADJECTIVE = re.compile(r".{3,}(?:able|ible|ful|less|ous|ive|ical|ary|ish|ern|ian|ese|ic|al|est|ory|ular)$")
_HYPHENED = re.compile(
    r".+-(?:based|backed|owned|led|built|powered|made|designed|run|wide|free|ready|scale|class|grade|year|sized)$"
)


def guess(word: str) -> str:
    """Return the likely tag of a word that no list has, by its letters."""
    if word.endswith("ly") and len(word) > 4:
        return "ADV"
    return "ADJ" if _ADJECTIVE.match(word) or _HYPHENED.match(word) else "NOUN"


@cache
def themes() -> dict[str, frozenset[str]]:
    """Return the themes of ``lexicon/themes.txt`` that a noun lemma speaks of."""
    found: dict[str, set[str]] = {}
    for line in lexicon_lines("themes.txt"):
        theme, *lemmas = line.split()
        for lemma in lemmas:
            found.setdefault(lemma, set()).add(theme)
    return {lemma: frozenset(names) for lemma, names in found.items()}


@cache
def first_names() -> frozenset[str]:
    """Return the given names of ``lexicon/first_names.txt``, folded."""
    return frozenset(word for line in lexicon_lines("first_names.txt") for word in line.split())


@cache
def verb_forms() -> dict[str, tuple[str, str]]:
    """Return lemma and possible forms of each verb form of ``lexicon/verbs.txt``: "leased" → ("lease", "VBD/VBN")."""
    forms: dict[str, tuple[str, str]] = {}

    def add(word: str, lemma: str, form: str) -> None:
        known, before = forms.get(word, (lemma, ""))
        if known == lemma and form not in before.split("/"):
            forms[word] = (lemma, f"{before}/{form}".strip("/"))

    for line in lexicon_lines("verbs.txt"):
        verb, *irregular = line.split()
        for form, word in _inflect(verb, irregular, doubled=_double(verb)):
            add(word, verb, form)
        if _BOTH_WAYS.match(verb) and not irregular:
            for form, word in _inflect(verb, irregular, doubled=not _double(verb)):
                add(word, verb, form)
    for word in ("thing", "king", "wing", "during", "including"):
        forms.pop(word, None)
    return forms


def _inflect(verb: str, irregular: list[str], *, doubled: bool) -> Iterator[tuple[str, str]]:
    """Yield the forms of one verb by rule, or as listed: past, and participles joined by commas."""
    stem = verb + verb[-1] if doubled else verb
    cut = stem[:-1] if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")) else stem
    y = verb.endswith("y") and verb[-2] not in "aeiou"
    sibilant = verb.endswith(("s", "x", "z", "ch", "sh", "o"))
    regular = verb[:-1] + "ied" if y else (stem + "d" if stem.endswith("e") else stem + "ed")
    yield "VB", verb
    yield "VBZ", verb[:-1] + "ies" if y else verb + ("es" if sibilant else "s")
    yield "VBG", verb[:-2] + "ying" if verb.endswith("ie") else cut + "ing"
    yield "VBD", irregular[0] if irregular else regular
    for participle in irregular[1].split(",") if irregular else [regular]:
        yield "VBN", participle


_INVARIABLE = frozenset(
    "has is its this us gas campus premises headquarters news series works gross less bus status consensus apparatus "
    "nucleus plus versus texas analysis basis".split()
)
_IRREGULAR_NOUNS = {
    "men": "man", "women": "woman", "people": "person", "children": "child", "campuses": "campus", "buses": "bus",
    "bonuses": "bonus", "viruses": "virus",
}  # fmt: skip
_UNIT = re.compile(r"[cdglntx]pus")
"""GPUs and their kin, which lose their last letter although it follows a "u"."""


@cache
def noun_lemma(word: str) -> str:
    """Return the singular of a lower-case noun by rule."""
    if word in _INVARIABLE or word in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS.get(word, word)
    if _UNIT.fullmatch(word):
        return word[:-1]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def outlets() -> frozenset[str]:
    """Return the names of news outlets, which report what others do."""
    return frozenset(form for line in lexicon_lines("outlets.txt") for form in line.split("|"))
