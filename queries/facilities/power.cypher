// name: power
// title: Who powers what
// question: Who provides electricity to which site or company, how much, and for how long?
// wordings:
//   who powers what
//   who powers it
//   who powers which site
//   who supplies power to whom
//   who powers {facility}
//   who supplies power to {facility}
//   where does {facility} get its power
//   what does {supplier} power
//   which sites does {supplier} power
//   who sells power to {buyer}
//   who supplies {buyer} with power
// examples:
//   power --supplier "Constellation Energy"
//   "who powers Hyperion"
// parameters:
//   supplier (Company): who provides the electricity
//   facility (Facility): the site that gets it
//   buyer (Company): the company that buys it
// columns:
//   supplier (Company): who provides the electricity
//   facility (Facility): the site that gets it
//   buyer (Company): the company that buys it, where the sources name one
//   capacity_mw (number, MW): the power agreed
//   capacity_bound (text): whether the power is "up to", "at least" or a "range"
//   term_years (number, years): how long the contract runs
//   value_usd (number, USD): what it is worth over its term
//   date (date): when it took or takes place
//   status (status): what the sources commit to
//   stage (text): how far the deal has come
//   disputed (flag): whether sources contradict each other on it
//   sources (integer): how many independent sources say it
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   deal (id): the deal that the sources tell of
//   claims (ids): the claims that it rests on

CALL {
  MATCH (s:Company)-[x:POWERS]->(f:Facility)
  RETURN s, x {.*} AS fact, f.id AS site, f.name AS facility, null AS buyer_id, null AS buyer
  UNION ALL
  // What a utility sells to a company is power, unless the sources name a chip.
  MATCH (s:Company)-[x:SUPPLIES]->(b:Company)
  WHERE 'utility' IN s.roles AND x.chip IS NULL
  RETURN s, x {.*} AS fact, x.facility_id AS site, x.facility AS facility, b.id AS buyer_id, b.name AS buyer
}
WITH s, fact, site, facility, buyer_id, buyer
WHERE ($supplier IS NULL OR s.id = $supplier)
  AND ($facility IS NULL OR site = $facility)
  AND ($buyer IS NULL OR buyer_id = $buyer)
RETURN s.name AS supplier,
       facility,
       buyer,
       fact.capacity_mw AS capacity_mw,
       fact.capacity_bound AS capacity_bound,
       fact.term_years AS term_years,
       fact.value_usd AS value_usd,
       fact.date AS date,
       fact.status AS status,
       fact.stage AS stage,
       fact.disputed AS disputed,
       fact.sources AS sources,
       fact.first_reported AS first_reported,
       fact.last_reported AS last_reported,
       fact.deal AS deal,
       fact.claims AS claims
ORDER BY toLower(supplier), toLower(facility), toLower(buyer), sources DESC, deal
