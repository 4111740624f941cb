// name: recent
// title: What was reported lately
// question: Which facts were reported since a date?
// wordings:
//   what is new since {since}
//   what was reported since {since}
//   what happened since {since}
//   what changed since {since}
//   what is new about {entity}
//   news about {entity}
// examples:
//   recent --since 2026-05
//   "news about Anthropic"
// parameters:
//   since (date): the earliest date of a report
//   entity (any): only facts of this company, site, chip, model, person or place
// columns:
//   last_reported (date): when it was last published
//   subject (any): who or what the fact is told of
//   predicate (predicate): the fact
//   object (any): whom or what it joins
//   facility (Facility): the site that the fact is about
//   capacity_mw (number, MW): the power that it is about
//   capacity_bound (text): whether the power is "up to", "at least" or a "range"
//   value_usd (number, USD): the money that it is about
//   value_bound (text): whether the value is "up to", "at least" or a "range"
//   status (status): what the sources commit to
//   stage (text): how far it has come
//   disputed (flag): whether sources contradict each other on it
//   sources (integer): how many independent sources say it
//   first_reported (date): when it was first published: on or after the date asked for, if it is new
//   claims (ids): the claims that it rests on

MATCH (a:Entity)-[x]->(b:Entity)
WHERE x.last_reported IS NOT NULL
  AND ($since IS NULL OR x.last_reported >= $since)
  AND ($entity IS NULL OR a.id = $entity OR b.id = $entity)
RETURN x.last_reported AS last_reported,
       a.name AS subject,
       type(x) AS predicate,
       b.name AS object,
       x.facility AS facility,
       x.capacity_mw AS capacity_mw,
       x.capacity_bound AS capacity_bound,
       x.value_usd AS value_usd,
       x.value_bound AS value_bound,
       x.status AS status,
       x.stage AS stage,
       x.disputed AS disputed,
       x.sources AS sources,
       x.first_reported AS first_reported,
       x.claims AS claims
ORDER BY last_reported DESC, toLower(subject), predicate, toLower(object), claims[0]
