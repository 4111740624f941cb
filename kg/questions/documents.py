"""What is said of a text that names no entity but a document."""

from kg.exceptions import UsageError
from kg.store.base import Store
from kg.store.documents import find

_CLAIMS = """
MATCH (d:Document {id: $id})
RETURN d.publisher AS publisher, d.published AS published, COUNT { (d)<-[:STATED_IN]-(:Claim) } AS claims
"""


def document_line(store: Store, text: str) -> str | None:
    """Return one line on the document that ``text`` names (id, address, file name), None if it names none."""
    try:
        rows = find(store, text)
    except UsageError:
        return None
    if len(rows) > 1:
        return f"{text!r} names {len(rows)} documents and no entity. To list documents: kg ask documents"
    document = rows[0]
    counted = store.read(_CLAIMS, {"id": document["id"]})[0]
    said = ", ".join(filter(None, (document["kind"], counted["publisher"], counted["published"])))
    number = counted["claims"]
    return (
        f"{text!r} is a document and no entity: {document['title'] or document['address']} ({said}), which states "
        f"{number:,} {'claim' if number == 1 else 'claims'}. To list documents: kg ask documents"
    )
