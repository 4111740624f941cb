// name: weak
// title: Weak, single-source and contradicted facts
// question: Which facts are denied, contradicted, weakly read, or told by a single source?
// wordings:
//   which claims are weak
//   which facts are weak
//   which facts are disputed [why=disputed]
//   which claims are contradicted [why=disputed]
//   where do sources disagree [why=disputed]
//   what is disputed [why=disputed]
//   what is denied [why=denied]
//   which facts are denied [why=denied]
//   what has a single source [why=single source]
//   which facts have a single source [why=single source]
//   what is weak about {entity}
//   what is disputed about {entity} [why=disputed]
//   what is denied about {entity} [why=denied]
// examples:
//   weak --why disputed --evidence
//   "what is denied"
// parameters:
//   entity (any): only facts of this company, site, chip, model, person or place
//   why (one of disputed, denied, weak, single source): only facts with this weakness
// columns:
//   why (text): the first that holds: disputed, denied, weak, single source
//   subject (any): who or what the fact is told of
//   predicate (predicate): the fact
//   object (any): whom or what it joins
//   facility (Facility): the site that the fact is about
//   confidence (number): how far we trust that it was read right, 0 to 1
//   status (status): what the sources commit to
//   disputed (flag): whether sources contradict each other on it
//   sources (integer): how many independent sources say it
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   claims (ids): the claims that it rests on

CALL {
  MATCH (a:Entity)-[x]->(b:Entity)
  WHERE x.sources > 0 AND (x.disputed OR x.confidence < 0.5 OR x.sources = 1)
    AND ($entity IS NULL OR a.id = $entity OR b.id = $entity)
  RETURN CASE WHEN x.disputed THEN 'disputed' WHEN x.confidence < 0.5 THEN 'weak' ELSE 'single source' END AS why,
         a.name AS subject, type(x) AS predicate, b.name AS object, x {.*} AS fact
  UNION ALL
  MATCH (a:Entity)<-[:SUBJECT]-(c:Claim {status: 'ended'})-[:OBJECT]->(b:Entity)
  WHERE c.ended_as IN ['denied', 'declined']
    AND ($entity IS NULL OR a.id = $entity OR b.id = $entity)
    AND NOT EXISTS { MATCH (a)-[x]-(b) WHERE c.id IN x.claims }
  WITH a, b, c ORDER BY c.id
  WITH a, b, c.predicate AS predicate, collect(c.id) AS ids
  RETURN 'denied' AS why, a.name AS subject, predicate, b.name AS object, {claims: ids} AS fact
}
WITH why, subject, predicate, object, fact
WHERE $why IS NULL OR why = $why
RETURN why,
       subject,
       predicate,
       object,
       fact.facility AS facility,
       fact.confidence AS confidence,
       fact.status AS status,
       fact.disputed AS disputed,
       fact.sources AS sources,
       fact.first_reported AS first_reported,
       fact.last_reported AS last_reported,
       fact.claims AS claims
ORDER BY CASE why WHEN 'disputed' THEN 1 WHEN 'denied' THEN 2 WHEN 'weak' THEN 3 ELSE 4 END,
         confidence, toLower(subject), predicate, toLower(object), claims[0]
