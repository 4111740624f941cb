// name: capacity
// title: Capacity by company and site
// question: How much capacity does a company have, build, own or lease, at which sites?
// wordings:
//   how much capacity does {company} have
//   how much capacity does {company} lease [relation=leases]
//   how much capacity does {company} own [relation=owns]
//   how much capacity does {company} build [relation=builds]
//   how much capacity does {company} use [relation=uses]
//   how much power does {company} have
//   how many megawatts does {company} have
//   which sites does {company} have
//   capacity of {company}
//   capacity by company
//   who has how much capacity
//   how much capacity is at {facility}
// examples:
//   capacity --company Anthropic
//   "how much capacity does CoreWeave lease"
// parameters:
//   company (Company): the company
//   facility (Facility): the site
//   relation (one of owns, operates, builds, uses, leases): only what it owns, operates, builds, uses or leases
// columns:
//   company (Company): who owns, operates, builds, uses or leases
//   relation (text): what it is to the site
//   facility (text): the site; of a lease the sites that it covers, joined by ";"
//   capacity_mw (number, MW): power of the site, or the part of it that is leased; never a sum
//   capacity_bound (text): whether the power is "up to", "at least" or a "range"
//   basis (text): what the power measures; numbers of unlike basis do not add up
//   status (status): what the sources commit to
//   stage (text): how far it has come
//   disputed (flag): whether sources contradict each other on it
//   kinds (list): what kinds of documents say it: table, news, filing …
//   sources (integer): how many independent sources say it
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   claims (ids): the claims that it rests on

CALL {
  MATCH (c:Company)-[x:OWNS|OPERATES|BUILDS|USES]->(f:Facility)
  WHERE x.current AND ($company IS NULL OR c.id = $company) AND ($facility IS NULL OR f.id = $facility)
  WITH c, f, CASE type(x) WHEN 'OWNS' THEN 'owns' WHEN 'OPERATES' THEN 'operates' WHEN 'USES' THEN 'uses'
                             ELSE 'builds' END AS word
  ORDER BY word
  WITH c, f, collect(word) AS words
  WHERE $relation IS NULL OR $relation IN words
  MATCH (f)<-[:SUBJECT]-(k:Claim) WHERE k.predicate = 'capacity_mw'
  WITH c, f, words, k ORDER BY k.id
  WITH c, f, words, collect(k.id) AS ids
  RETURN c.name AS company, reduce(all = words[0], word IN words[1..] | all + ', ' + word) AS relation,
         f.name AS facility, {claims: ids} AS fact
  UNION ALL
  MATCH (c:Company)-[:PARTY_TO {role: 'tenant'}]->(d:Deal)
  WHERE d.kind = 'lease' AND d.capacity_mw IS NOT NULL
    AND ($company IS NULL OR c.id = $company) AND ($relation IS NULL OR $relation = 'leases')
  OPTIONAL MATCH (d)-[:COVERS]->(f:Facility)
  WITH c, d, f ORDER BY f.name
  WITH c, d, collect(f.name) AS names, collect(f.id) AS sites
  WHERE $facility IS NULL OR $facility IN sites
  RETURN c.name AS company, 'leases' AS relation,
         CASE WHEN names = [] THEN null ELSE reduce(all = names[0], name IN names[1..] | all + '; ' + name) END AS facility,
         d {.*} AS fact
}
RETURN company,
       relation,
       facility,
       fact.capacity_mw AS capacity_mw,
       fact.capacity_bound AS capacity_bound,
       null AS basis,
       fact.status AS status,
       fact.stage AS stage,
       fact.disputed AS disputed,
       fact.kinds AS kinds,
       fact.sources AS sources,
       fact.first_reported AS first_reported,
       fact.last_reported AS last_reported,
       fact.claims AS claims
ORDER BY toLower(company), relation, toLower(facility), claims[0]
