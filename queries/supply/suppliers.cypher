// name: suppliers
// title: Who supplies whom
// question: Who sells chips, servers, equipment, power or parts to whom?
// wordings:
//   who supplies whom
//   who sells to whom
//   who supplies {buyer}
//   who sells to {buyer}
//   who are the suppliers of {buyer}
//   who does {buyer} buy from
//   what does {buyer} buy
//   who does {supplier} supply
//   who does {supplier} sell to
//   whom does {supplier} supply
//   who are the customers of {supplier}
//   who buys from {supplier}
//   who supplies {chip}
//   who buys {chip}
//   what does {supplier} supply to {buyer}
//   does {supplier} supply {buyer}
// examples:
//   suppliers --buyer OpenAI
//   "who supplies whom"
// parameters:
//   supplier (Company): who sells
//   buyer (Company): who buys
//   chip (Chip): the chip sold
// columns:
//   supplier (Company): who sells
//   buyer (Company): who buys; empty where a table tells of sales to everybody
//   chip (Chip): the chip sold, where it is one
//   facility (Facility): the site that it is for
//   chip_count (number, chips): how many chips
//   chip_bound (text): whether the number is "up to", "at least" or a "range"
//   capacity_mw (number, MW): the power that is sold or equipped
//   capacity_bound (text): whether the power is "up to", "at least" or a "range"
//   value_usd (number, USD): what the contract is worth
//   value_bound (text): whether the value is "up to", "at least" or a "range"
//   term_years (number, years): how long it runs
//   date (date): when it took or takes place; of sales to everybody the last day of the period
//   status (status): what the sources commit to
//   stage (text): how far the deal has come
//   disputed (flag): whether sources contradict each other on it
//   sources (integer): how many independent sources say it
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   deal (id): the deal that the sources tell of
//   claims (ids): the claims that it rests on

CALL {
  MATCH (s:Company)-[x:SUPPLIES]->(b:Company)
  WHERE ($supplier IS NULL OR s.id = $supplier)
    AND ($buyer IS NULL OR b.id = $buyer)
    AND ($chip IS NULL OR x.chip_id = $chip)
  RETURN s.name AS supplier, b.name AS buyer, x.chip AS chip, x {.*} AS x
  UNION ALL
  // Sales of a chip to buyers that are not named: those of the latest period.
  MATCH (s:Company)-[x:SHIPS]->(c:Chip)
  WHERE $buyer IS NULL AND ($supplier IS NULL OR s.id = $supplier) AND ($chip IS NULL OR c.id = $chip)
  RETURN s.name AS supplier, null AS buyer, c.name AS chip, x {.*} AS x
}
RETURN supplier,
       buyer,
       chip,
       x.facility AS facility,
       x.chip_count AS chip_count,
       x.chip_bound AS chip_bound,
       x.capacity_mw AS capacity_mw,
       x.capacity_bound AS capacity_bound,
       x.value_usd AS value_usd,
       x.value_bound AS value_bound,
       x.term_years AS term_years,
       x.date AS date,
       x.status AS status,
       x.stage AS stage,
       x.disputed AS disputed,
       x.sources AS sources,
       x.first_reported AS first_reported,
       x.last_reported AS last_reported,
       x.deal AS deal,
       x.claims AS claims
ORDER BY toLower(supplier), toLower(buyer), sources DESC, deal, chip
