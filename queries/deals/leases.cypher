// name: leases
// title: Leases of compute and data-center capacity
// question: Who leases capacity from whom, where, how much, and for how long?
// wordings:
//   who leases from whom
//   who leases capacity from whom
//   who rents from whom
//   who leases from {landlord}
//   who leases capacity from {landlord}
//   who rents from {landlord}
//   who are the tenants of {landlord}
//   what does {landlord} lease out
//   what does {tenant} lease
//   what does {tenant} rent
//   what capacity does {tenant} lease
//   who does {tenant} lease from
//   from whom does {tenant} lease
//   what does {tenant} lease from {landlord}
//   does {tenant} lease from {landlord}
//   who leases {facility}
//   who are the tenants at {facility}
//   who is at {facility}
// examples:
//   leases --tenant Anthropic --evidence
//   "who leases from SpaceX"
// parameters:
//   tenant (Company): who pays for the capacity
//   landlord (Company): who is paid for it
//   facility (Facility): the site
// columns:
//   tenant (Company): who pays for the capacity
//   landlord (Company): who is paid for it; empty where no source names them
//   facility (text): the site, or the sites, joined by ";"
//   capacity_mw (number, MW): the power leased
//   capacity_bound (text): whether the power is "up to", "at least" or a "range"
//   value_usd (number, USD): what the contract is worth over its term
//   term_years (number, years): how long it runs
//   status (status): what the sources commit to
//   stage (text): how far the deal has come; "in use" where a table names a user of another company's site, and no lease
//   disputed (flag): whether sources contradict each other on it
//   sources (integer): how many independent sources say it
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   deal (id): the deal that the sources tell of; none where only the use is told
//   claims (ids): the claims that it rests on

CALL {
  MATCH (t:Company)-[:PARTY_TO {role: 'tenant'}]->(d:Deal)
  WHERE d.kind = 'lease' AND ($tenant IS NULL OR t.id = $tenant)
  OPTIONAL MATCH (t)-[l:LEASES_FROM]->(p:Company) WHERE l.deal = d.id
  OPTIONAL MATCH (d)-[:COVERS]->(f:Facility)
  WITH t, d, p, f ORDER BY f.name
  WITH t, d, p, collect(f.name) AS names, collect(f.id) AS sites
  WHERE ($landlord IS NULL OR p.id = $landlord) AND ($facility IS NULL OR $facility IN sites)
  RETURN t.name AS tenant, p.name AS landlord, names, d.id AS deal, d {.*} AS fact
  UNION ALL
  // A table of users says neither lease nor ownership: what its rows say is shown as use, of another company's site.
  MATCH (t:Company)-[u:USES]->(f:Facility)<-[o:OWNS]-(p:Company)
  WHERE t.id <> p.id AND u.current AND o.current AND ($tenant IS NULL OR t.id = $tenant) AND ($landlord IS NULL OR p.id = $landlord)
    AND ($facility IS NULL OR f.id = $facility) AND NOT EXISTS { MATCH (t)-[own:OWNS]->(f) WHERE own.current }
  RETURN t.name AS tenant, p.name AS landlord, [f.name] AS names, null AS deal, u {.*, stage: 'in use'} AS fact
}
RETURN tenant,
       landlord,
       CASE WHEN names = [] THEN null ELSE reduce(all = names[0], name IN names[1..] | all + '; ' + name) END AS facility,
       fact.capacity_mw AS capacity_mw,
       fact.capacity_bound AS capacity_bound,
       fact.value_usd AS value_usd,
       fact.term_years AS term_years,
       fact.status AS status,
       fact.stage AS stage,
       fact.disputed AS disputed,
       fact.sources AS sources,
       fact.first_reported AS first_reported,
       fact.last_reported AS last_reported,
       deal,
       fact.claims AS claims
ORDER BY toLower(tenant), deal IS NULL, sources DESC, toLower(landlord), deal, facility
