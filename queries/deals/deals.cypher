// name: deals
// title: Deals and who takes part in them
// question: Which deals is a company part of, in which role, with whom, and for how much?
// wordings:
//   which deals are there
//   all deals
//   the deals of {company}
//   deals of {company}
//   which deals does {company} have
//   what deals does {company} have
//   what deals is {company} in
//   deals about {covers}
//   which deals cover {covers}
// examples:
//   deals --company CoreWeave --deal-kind lease
//   "deals of OpenAI"
// parameters:
//   company (Company): a party, in any role
//   covers (Facility or Chip): the site or chip that the deal is about
//   deal_kind (one of lease, supply, investment, loan, guarantee, acquisition, power, partnership): only this kind
// columns:
//   kind (text): lease, supply, investment, loan, guarantee, acquisition, power or partnership
//   parties (list): who takes part, with the role in brackets
//   covers (list): the sites and chips that it is about
//   value_usd (number, USD): what it is worth
//   value_bound (text): whether the value is "up to", "at least" or a "range"
//   capacity_mw (number, MW): the power that it is about
//   capacity_bound (text): whether the power is "up to", "at least" or a "range"
//   term_years (number, years): how long it runs
//   announced (date): when it took place, or was first reported
//   status (status): what the sources commit to
//   stage (text): how far the deal has come
//   disputed (flag): whether sources contradict each other on it
//   sources (integer): how many independent sources say it
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   deal (id): the deal
//   claims (ids): the claims that it rests on

MATCH (p:Entity)-[x:PARTY_TO]->(d:Deal)
WHERE $deal_kind IS NULL OR d.kind = $deal_kind
WITH d, p, x ORDER BY x.role, toLower(p.name)
WITH d, collect(p.name + ' (' + x.role + ')') AS parties, collect(p.id) AS ids
WHERE $company IS NULL OR $company IN ids
OPTIONAL MATCH (d)-[:COVERS]->(c:Entity)
WITH d, parties, c ORDER BY toLower(c.name)
WITH d, parties, collect(c.name) AS covers, collect(c.id) AS covered
WHERE $covers IS NULL OR $covers IN covered
RETURN d.kind AS kind,
       parties,
       covers,
       d.value_usd AS value_usd,
       d.value_bound AS value_bound,
       d.capacity_mw AS capacity_mw,
       d.capacity_bound AS capacity_bound,
       d.term_years AS term_years,
       d.announced AS announced,
       d.status AS status,
       d.stage AS stage,
       d.disputed AS disputed,
       d.sources AS sources,
       d.first_reported AS first_reported,
       d.last_reported AS last_reported,
       d.id AS deal,
       d.claims AS claims
ORDER BY announced DESC, kind, parties[0], deal
