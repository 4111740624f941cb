// name: documents
// title: Documents
// question: Which documents are in the store, and which of them mention something?
// rows: documents
// wordings:
//   which documents are there
//   list documents
//   list the documents
//   which documents mention {entity}
//   who writes about {entity}
//   sources about {entity}
// examples:
//   documents
//   "which documents mention Colossus 1"
// parameters:
//   entity (any): only documents that name this company, site, chip, model, person or place
//   publisher (text): only documents of this publisher
// columns:
//   published (date): the publisher's date
//   publisher (text): who published it
//   title (text): its title
//   kind (text): news, release, filing, blog, post, table or analyst
//   claim_count (integer): how many claims it states
//   address (text): the path or address that it was loaded from
//   url (text): its canonical web address
//   origin (id): documents that copy each other share it, and count as one source
//   document (id): the document

MATCH (d:Document)
WHERE d.kind <> 'registry'
  AND d.state = 'complete'
  AND ($publisher IS NULL OR toLower(d.publisher) = toLower($publisher))
  AND ($entity IS NULL OR EXISTS { MATCH (d)-[:MENTIONS]->(e:Entity) WHERE e.id = $entity })
RETURN d.published AS published,
       d.publisher AS publisher,
       d.title AS title,
       d.kind AS kind,
       COUNT { (d)<-[:STATED_IN]-(:Claim) } AS claim_count,
       d.address AS address,
       d.url AS url,
       d.origin AS origin,
       d.id AS document
ORDER BY published IS NULL, published DESC, toLower(publisher), toLower(title), document
