"""Currencies as texts write them, with their ISO codes."""

_SIGNS = {
    "USD": "US$ $", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩", "AUD": "AU$ A$",
    "CAD": "CA$ C$", "SGD": "S$", "TWD": "NT$", "HKD": "HK$", "NZD": "NZ$", "BRL": "R$", "MXN": "MX$", "PHP": "₱",
    "VND": "₫",
}  # fmt: skip
_CODES = {
    "RMB": "CNY", "Rs.": "INR", "Rs": "INR", "RM": "MYR", "Rp": "IDR",
}  # fmt: skip
_ISO = "USD EUR GBP JPY CNY INR KRW AUD CAD SGD NOK SEK DKK CHF ZAR SAR AED PLN THB IDR ILS CLP"
_CODES |= {code: code for code in _ISO.split()}
_WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rupees": "INR",
    "rupee": "INR", "won": "KRW", "kroner": "NOK", "kronor": "SEK", "reais": "BRL", "ringgit": "MYR", "rand": "ZAR",
    "riyal": "SAR", "dirham": "AED", "franc": "CHF", "peso": "MXN", "baht": "THB", "shekel": "ILS", "zloty": "PLN",
    "rupiah": "IDR",
}  # fmt: skip
_DOLLARS = {"australian": "AUD", "canadian": "CAD", "singapore": "SGD", "hong": "HKD", "taiwan": "TWD"}
_LANDS = (
    r"US|U\.S\.|Australian|Canadian|Singapore|Hong\sKong|Taiwan|American|Swedish|Norwegian|Danish|Swiss|South\sKorean"
    "|Indian"
)


def _any(words: list[str]) -> str:
    escaped = [word.replace("$", r"\$").replace(".", r"\.") for word in sorted(words, key=len, reverse=True)]
    return "|".join(escaped)


_SIGN_OF = {sign: code for code, signs in _SIGNS.items() for sign in signs.split()}
SIGN = rf"(?:{_any(list(_SIGN_OF))}|(?<![A-Za-z])(?:{_any(list(_CODES))})(?=\s?\d))"
"""A sign or code before a number; case counts."""

MONEY_WORD = rf"(?:(?:{_LANDS})\s)?(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})s?\b"
"""A currency's name after a number, with the land whose dollar it is."""


def of_sign(sign: str) -> str:
    """Return the currency of a sign or code."""
    return _SIGN_OF.get(sign) or _CODES[sign]


def of_word(words: str) -> str:
    """Return the currency of a name: "Canadian dollars"."""
    *land, name = words.casefold().split()
    currency = _WORDS.get(name) or _WORDS[name.removesuffix("s")]
    return _DOLLARS.get(land[0], currency) if land and currency == "USD" else currency
