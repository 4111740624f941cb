"""The e-mail loader: who wrote what when, apart from what is quoted; attached files as documents of their own."""

import base64
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import load, loader, loader_for
from kg.text.mail.quotes import unflowed, written
from scripts.make_document_samples import brief, note

HEAD = (
    "From: Dana Okonjo <dana@reader.example>\nDate: Wed, 6 May 2026 23:30:00 -0500\n"
    "Subject: Halcyra\nMIME-Version: 1.0\n"
)


def read(data: bytes | str, name: str = "a.eml", **more: object) -> list[Document | Rejection]:
    data = data.encode() if isinstance(data, str) else data
    items = load(Raw(name, data, "2026-05-07T00:00:00Z", **more))  # type: ignore[arg-type]
    return [item for item in items if isinstance(item, Document | Rejection)]


def one(data: bytes | str) -> Document:
    (document,) = read(data)
    assert isinstance(document, Document)
    return document


def mail(
    text: str | None = "Halcyra leases the hall.", html: str | None = None, subject: str = "Halcyra"
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "dana@reader.example", subject
    message["Date"] = "Wed, 06 May 2026 23:30:00 -0500"
    if text is not None:
        message.set_content(text)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html")
    return message


def test_mail_and_attached_file_are_two_documents() -> None:
    letter, file = read(note(), "note.eml")
    assert isinstance(letter, Document)
    assert isinstance(file, Document)
    assert (letter.title, letter.publisher) == ("Halcyra takes all of Caddo Bend", "Marchbank Research – Notes")
    assert (letter.published, letter.kind, letter.file) == ("2026-05-06", "post", None)
    assert letter.text.split("\n\n")[1].endswith("for $4.1 billion over fifteen years. The note is attached.")
    assert "Pinnacle Loom" in letter.aside
    assert (file.address, file.file, file.title) == (
        "note.eml#caddo-bend-brief.pdf",
        "note.eml",
        "Halcyra fills Caddo Bend",
    )
    assert file.areas
    assert file.sha256 == Raw("", brief(), "").sha256


def test_the_day_is_that_of_the_sender_and_a_nonsense_day_is_none() -> None:
    assert one(HEAD + "\nHalcyra leases the hall.").published == "2026-05-06"
    for day in ("Wed, 31 Feb 2026 10:00:00 +0000", "soon", "Thu, 1 Jan 1970 00:00:00 +0000"):
        assert one(HEAD.replace("Wed, 6 May 2026 23:30:00 -0500", day) + "\nHalcyra leases.").published is None


@pytest.mark.parametrize(
    ("plain", "html", "shown"),
    [
        ("Halcyra leases the hall.", "<p>Halcyra <b>leases</b> the hall.</p>", "Halcyra leases the hall."),
        (
            "Open in a browser.",
            "<p>Halcyra leases the hall from Ridgeline, it said today.</p>",
            "Halcyra leases the hall from",
        ),
        (
            None,
            "<table><tr><td><table><tr><td>Halcyra leases the hall.</td></tr></table></td></tr></table>",
            "Halcyra leases the hall.",
        ),
    ],
)
def test_plain_text_is_read_unless_the_page_says_much_more(plain: str | None, html: str, shown: str) -> None:
    assert one(bytes(mail(plain, html))).text.split("\n\n", 1)[1].startswith(shown)


def test_quotes_stay_aside_unless_the_mail_was_forwarded() -> None:
    text = "I agree.\n\nOn Tue, 5 May 2026, Ola wrote:\n> Halcyra leases the hall.\n\nMore of mine.\n-- \nDana\nLeeds"
    answer, passed_on = one(bytes(mail(text, subject="Re: Halcyra"))), one(bytes(mail(text, subject="Fwd: Halcyra")))
    assert answer.text == "Halcyra\n\nI agree.\n\nMore of mine."
    assert answer.aside.split("\n")[0] == "On Tue, 5 May 2026, Ola wrote:"
    assert "> Halcyra leases the hall." in passed_on.text
    assert passed_on.aside == "--\nDana\nLeeds"


def test_a_rule_above_what_is_forwarded_is_no_foot() -> None:
    text = f"FYI\n\n{'_' * 32}\nFrom: Ola\nSent: today\n\nHalcyra leases the hall.\n\n{'_' * 32}\nThe list\n"
    parted = written(text, is_forward=True)
    assert "Halcyra leases the hall." in parted.text
    assert parted.aside == f"{'_' * 32}\nThe list"
    assert "Halcyra" in written(text, is_forward=False).aside


@given(
    st.lists(
        st.sampled_from(["a b.", "> c", "", "On Monday Ola wrote:", "-- ", "-----Original Message-----", "______"])
    )
)
def test_every_line_is_kept_on_one_side(lines: list[str]) -> None:
    for is_forward in (False, True):
        parted = written("\n".join(lines), is_forward=is_forward)
        kept = [line for side in parted for line in side.split("\n") if line]
        assert sorted(kept) == sorted(line.rstrip() for line in lines if line)


def test_lines_broken_by_a_program_are_whole_again() -> None:
    text = "It leases \nthe hall \nfor ten years.\nNext.\n> quoted \nown\n-- \nDana"
    assert unflowed(text, joined=False) == "It leases the hall for ten years.\nNext.\n> quoted \nown\n-- \nDana"
    assert unflowed("Colos \nsus", joined=True) == "Colossus"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Type: text/plain; charset=iso-8859-1\n", "Halcyra in Zürich".encode("latin-1")),
        ("Content-Type: text/plain; charset=iso-2022-jp\n", "Halcyra in 東京".encode("iso-2022-jp")),
        ("Content-Type: text/plain; charset=koi8-r\n", "Halcyra in Москва".encode("koi8-r")),
        ("Content-Type: text/plain; charset=nonsense\n", "Halcyra in Zürich".encode()),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n", b"Halcyra in Z=C3=BCrich"),
        (
            "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n",
            base64.b64encode("Halcyra in Zürich".encode()),
        ),
    ],
)
def test_character_sets_and_transfer_encodings(head: str, body: bytes) -> None:
    text = one(HEAD.encode() + head.encode() + b"\n" + body).text
    assert text.split("\n\n")[1] in ("Halcyra in Zürich", "Halcyra in 東京", "Halcyra in Москва")


def test_attached_files_nobody_reads_are_listed_and_decoration_is_not() -> None:
    message = mail()
    message.add_attachment(b"\x89PNG\r\n\x1a\n\0", "image", "png", filename="site.png")
    message.add_attachment(b"\x89PNG\r\n\x1a\n\0", "image", "png", filename="logo.png", disposition="inline")
    message.add_attachment(b"x", "application", "pkcs7-signature", filename="smime.p7s")
    message.add_attachment("Vesta leases the Old Tannery.", filename="more.txt")
    message.add_attachment("Vesta leases it all.", filename="more.txt")
    letter, rejection, *files = read(bytes(message))
    assert isinstance(letter, Document)
    assert str(rejection) == "a.eml#site.png: binary: PNG image"
    assert [file.address for file in files if isinstance(file, Document)] == ["a.eml#more.txt", "a.eml#more.txt (2)"]


def test_attached_mails_are_read_to_a_depth() -> None:
    message = mail(subject="1")
    for number in range(2, 6):
        outer = mail(f"This is mail {number}.", subject=str(number))
        outer.add_attachment(message)
        message = outer
    *documents, rejection = read(bytes(message))
    assert [document.title for document in documents if isinstance(document, Document)] == ["5", "4", "3"]
    assert isinstance(rejection, Rejection)
    assert rejection.where == "a.eml#4#3#2"
    assert "hold each other" in rejection.reason


def test_a_memo_is_no_mail_and_content_goes_before_the_name() -> None:
    memo = Raw("memo.txt", b"From: Dana\nTo: all\nSubject: Halcyra\n\nHalcyra leases.", "2026-05-07T00:00:00Z")
    assert loader_for(memo) is loader("text")
    assert loader_for(Raw("a.txt", HEAD.encode() + b"\nHalcyra leases.", "2026-05-07T00:00:00Z")) is loader("email")
    assert loader_for(Raw("a.eml", b"Halcyra leases: all of it\nand more.\n", "2026-05-07T00:00:00Z")) is loader("text")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (HEAD, "an e-mail without text"),
        (HEAD + "Content-Type: application/pkcs7-mime\n\nxx", "an encrypted e-mail"),
        (HEAD + 'Content-Type: multipart/encrypted; boundary="b"\n\n--b\n\nx\n--b--', "an encrypted e-mail"),
        (
            "From d@x.example Wed May 6 2026\n" + HEAD + "\nHi\n\nFrom e@x.example Wed May 6 2026\n" + HEAD + "\nHo",
            "a mailbox",
        ),
        (
            HEAD + 'Content-Type: multipart/mixed; boundary="b"\n\n' + "--b\n\nx\n" * 2000,
            "an e-mail of more than 1,000 parts",
        ),
        (
            HEAD + "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000)),
            "an e-mail (nested too deeply|of more than 1,000 parts)",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: str, reason: str) -> None:
    with pytest.raises(InputError, match=rf"^a\.eml: {reason}") as error:
        read(data)
    assert "\n" not in str(error.value)


@given(st.integers(0, len(note())), st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255)), max_size=9))
@settings(deadline=None, max_examples=80)
def test_damaged_mails_give_documents_or_one_line(end: int, damage: list[tuple[int, int]]) -> None:
    data = bytearray(note())
    for place, byte in damage:
        data[place] = byte
    for item in loader("email").load(Raw("a.eml", bytes(data[:end]), "2026-05-07T00:00:00Z")):
        assert isinstance(item, Document) or "\n" not in str(item)
        assert not isinstance(item, Document) or (item.text.strip() and "\r" not in item.text)
