// name: connected
// title: How two are connected
// question: By which facts are two companies, sites, chips or people connected, directly or through others?
// wordings:
//   how is {entity} connected to {other}
//   how is {entity} related to {other}
//   how are {entity} and {other} connected
//   how are {entity} and {other} related
//   what connects {entity} and {other}
//   what connects {entity} to {other}
//   what links {entity} and {other}
//   what is between {entity} and {other}
// examples:
//   connected Anthropic "Core Scientific"
//   "what connects OpenAI and Crusoe"
// search: paths
// parameters:
//   entity (any, required): one end
//   other (any, required): the other end
//   steps (number = 4): facts in a row, 1 to 4
//   paths (number = 10): how many paths to show, shortest first
//   busy (number = 100): leave out paths through what has more facts than this, such as a chip maker that supplies everyone
// given:
//   near: ids of the entities whose facts are wanted
//   ends: ids of the two ends, which may have any number of facts
// columns:
//   path (integer): number of the path; all rows with one number make it up
//   step (integer): place of the fact in the path
//   subject (any): who or what the fact is told of
//   predicate (predicate): the fact
//   object (any): whom or what it joins
//   facility (Facility): the site that the fact is about
//   status (status): what the sources commit to
//   disputed (flag): whether sources contradict each other on it
//   sources (integer): how many independent sources say it; 0: only the registry of known entities does
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   claims (ids): the claims that it rests on
// internal:
//   subject_id: who or what the fact is told of
//   object_id: whom or what it joins
//   asked: which of the entities asked for are its ends

UNWIND $near AS id
MATCH (n:Entity {id: id})
WHERE id IN $ends OR COUNT { (n)-[y]-(:Entity) WHERE y.status IS NOT NULL } <= $busy
MATCH (n)-[x]-(:Entity)
WHERE x.status IS NOT NULL
WITH x, startNode(x) AS a, endNode(x) AS b, id ORDER BY id
WITH x, a, b, collect(id) AS asked
RETURN null AS path,
       null AS step,
       a.name AS subject,
       type(x) AS predicate,
       b.name AS object,
       x.facility AS facility,
       x.status AS status,
       x.disputed AS disputed,
       x.sources AS sources,
       x.first_reported AS first_reported,
       x.last_reported AS last_reported,
       x.claims AS claims,
       a.id AS subject_id,
       b.id AS object_id,
       asked
ORDER BY subject_id, object_id, predicate, claims[0]
