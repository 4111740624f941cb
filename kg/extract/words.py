"""The closed classes of English, and how its verbs inflect: what the grammar knows of words."""

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
    "via per as than like unlike outside inside off out up down above below despite except including excluding "
    "alongside amid atop versus through throughout next".split()
)
CONJUNCTIONS = frozenset(["and", "or", "but", "nor", "plus", "&"])
SUBORDINATORS = frozenset(
    "if because although though while when whereas unless whether once where why how so that lest whenever "
    "wherever".split()
)
RELATIVES = frozenset(["which", "who", "whom", "that", "whose", "where"])
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


_DOUBLING = frozenset(
    "permit commit transfer refer defer prefer incur occur outfit regret submit admit equip program control".split()
)


def _double(verb: str) -> bool:
    """Say whether the last consonant doubles before -ed and -ing."""
    if len(verb) < 3 or verb[-1] in "aeiouwxy" or verb[-2] not in "aeiou" or verb[-3] in "aeiou":
        return False
    return len(verb) <= 4 or verb in _DOUBLING


@cache
def themes() -> dict[str, frozenset[str]]:
    """Return the themes of ``lexicon/themes.txt`` that a noun lemma speaks of."""
    lines = (resources.folder("ontology") / "lexicon" / "themes.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, set[str]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            theme, *lemmas = line.split()
            for lemma in lemmas:
                found.setdefault(lemma, set()).add(theme)
    return {lemma: frozenset(names) for lemma, names in found.items()}


@cache
def first_names() -> frozenset[str]:
    """Return the given names of ``lexicon/first_names.txt``, folded."""
    lines = (resources.folder("ontology") / "lexicon" / "first_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def verb_forms() -> dict[str, tuple[str, str]]:
    """Return lemma and possible forms of each verb form of ``lexicon/verbs.txt``: "leased" → ("lease", "VBD/VBN")."""
    forms: dict[str, tuple[str, str]] = {}

    def add(word: str, lemma: str, form: str) -> None:
        known, before = forms.get(word, (lemma, ""))
        if known == lemma and form not in before.split("/"):
            forms[word] = (lemma, f"{before}/{form}".strip("/"))

    lines = (resources.folder("ontology") / "lexicon" / "verbs.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            verb, *irregular = line.split()
            for form, word in _inflect(verb, irregular):
                add(word, verb, form)
    for word in ("thing", "king", "wing", "during", "including"):
        forms.pop(word, None)
    return forms


def _inflect(verb: str, irregular: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the forms of one verb by rule, or as listed: past, and participles joined by commas."""
    stem = verb + verb[-1] if _double(verb) else verb
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
_IRREGULAR_NOUNS = {"men": "man", "women": "woman", "people": "person", "children": "child"}


@cache
def noun_lemma(word: str) -> str:
    """Return the singular of a lower-case noun by rule."""
    if word in _INVARIABLE or word in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
