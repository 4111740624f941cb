// name: facility
// title: What stands at a facility
// question: Who owns, operates, builds, powers and uses this site, with which chips and how much capacity?
// wordings:
//   what stands at {facility}
//   what is at {facility}
//   what is {facility}
//   what do we know about {facility}
//   who is behind {facility}
//   who stands behind {facility}
//   who operates {facility} [role=operator]
//   who runs {facility} [role=operator]
//   who builds {facility} [role=builder]
//   who is building {facility} [role=builder]
//   who uses {facility} [role=user]
//   what is {facility} part of [role=programme]
//   where is {facility} [role=place]
//   when does {facility} open [role=opening]
//   how large is {facility} [role=capacity]
// examples:
//   facility "Colossus 1"
//   "who stands behind Stargate Abilene"
// parameters:
//   facility (Facility, required): the site
//   role (one of owner, operator, builder, tenant, landlord, power supplier, chips, place, capacity, chip count, cost, opening, supplier, investor, lender, guarantor, partner, plaintiff, user, funder, programme, part, earlier phase, later phase, possible duplicate, model, closing, buildings, H100 equivalents, water, cost of compute, cost of construction, operating cost, construction status, flag): only these facts
// columns:
//   facility (Facility): the site
//   role (text): what the fact tells of the site
//   name (text): who or what plays this role
//   counterparty (Company): with whom: the tenant of a landlord, the borrower of a lender
//   capacity_mw (number, MW): the power of the fact, or of the site
//   capacity_bound (text): whether the power is "up to", "at least" or a "range"
//   basis (text): what the power measures; numbers of unlike basis do not add up
//   chip_count (number, chips): how many chips
//   value_usd (number, USD): money of the deal, or what the site costs
//   amount (number): another number, in its unit
//   unit (text): the unit of the amount
//   words (text): what a table says in words
//   stake_pct (number, %): share held
//   date (date): when it took or takes place
//   status (status): what the sources commit to
//   disputed (flag): whether sources contradict each other on it
//   kinds (list): what kinds of documents say it: table, news, filing …
//   sources (integer): how many independent sources say it
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   claims (ids): the claims that it rests on

MATCH (f:Entity {id: $facility}) WHERE f:Facility
CALL {
  WITH f
  MATCH (a:Entity)-[x:OWNS|OPERATES|BUILDS|LEASES|POWERS|SUES|USES|FUNDS|PART_OF|SUCCEEDS|MAY_DUPLICATE|TRAINED_ON]->(f)
  RETURN CASE type(x) WHEN 'OWNS' THEN 'owner' WHEN 'OPERATES' THEN 'operator' WHEN 'BUILDS' THEN 'builder'
                      WHEN 'LEASES' THEN 'tenant' WHEN 'POWERS' THEN 'power supplier' WHEN 'USES' THEN 'user'
                      WHEN 'FUNDS' THEN 'funder' WHEN 'PART_OF' THEN 'part' WHEN 'SUCCEEDS' THEN 'later phase'
                      WHEN 'MAY_DUPLICATE' THEN 'possible duplicate' WHEN 'TRAINED_ON' THEN 'model'
                      ELSE 'plaintiff' END AS role,
         a.name AS name, null AS counterparty, x {.*} AS fact
  UNION ALL
  WITH f
  MATCH (f)-[x:LOCATED_IN|HOSTS_CHIP|PART_OF|SUCCEEDS|MAY_DUPLICATE]->(b:Entity)
  RETURN CASE type(x) WHEN 'LOCATED_IN' THEN 'place' WHEN 'PART_OF' THEN 'programme' WHEN 'SUCCEEDS' THEN 'earlier phase'
                      WHEN 'MAY_DUPLICATE' THEN 'possible duplicate' ELSE 'chips' END AS role,
         b.name AS name, null AS counterparty, x {.*} AS fact
  UNION ALL
  WITH f
  MATCH (f)<-[:COVERS]-(d:Deal)<-[:PARTY_TO]-(a:Company)
  MATCH (a)-[x:LEASES_FROM|SUPPLIES|INVESTS_IN|LENDS_TO|GUARANTEES|PARTNERS_WITH]->(b:Company)
  WHERE x.deal = d.id
  WITH DISTINCT x, a, b
  RETURN CASE type(x) WHEN 'LEASES_FROM' THEN 'landlord' WHEN 'SUPPLIES' THEN 'supplier'
                      WHEN 'INVESTS_IN' THEN 'investor' WHEN 'LENDS_TO' THEN 'lender'
                      WHEN 'GUARANTEES' THEN 'guarantor' ELSE 'partner' END AS role,
         CASE type(x) WHEN 'LEASES_FROM' THEN b.name ELSE a.name END AS name,
         CASE type(x) WHEN 'LEASES_FROM' THEN a.name ELSE b.name END AS counterparty, x {.*} AS fact
  UNION ALL
  WITH f
  MATCH (f)<-[:SUBJECT]-(c:Claim)
  WHERE c.predicate IN ['capacity_mw', 'chip_count', 'cost_usd', 'opens', 'closed', 'buildings', 'h100_equivalents',
                        'water_mgd', 'compute_cost_usd', 'construction_cost_usd', 'operating_cost_usd',
                        'construction_status', 'flag']
  WITH c ORDER BY c.id
  WITH c.predicate AS attribute, CASE c.predicate WHEN 'flag' THEN c.value ELSE null END AS flag, collect(c.id) AS ids
  RETURN CASE attribute WHEN 'capacity_mw' THEN 'capacity' WHEN 'chip_count' THEN 'chip count'
                        WHEN 'cost_usd' THEN 'cost' WHEN 'opens' THEN 'opening' WHEN 'closed' THEN 'closing'
                        WHEN 'h100_equivalents' THEN 'H100 equivalents' WHEN 'water_mgd' THEN 'water'
                        WHEN 'compute_cost_usd' THEN 'cost of compute'
                        WHEN 'construction_cost_usd' THEN 'cost of construction'
                        WHEN 'operating_cost_usd' THEN 'operating cost'
                        WHEN 'construction_status' THEN 'construction status' ELSE attribute END AS role,
         null AS name, null AS counterparty, {claims: ids} AS fact
}
WITH f, role, name, counterparty, fact
WHERE $role IS NULL OR role = $role
RETURN f.name AS facility,
       role,
       name,
       counterparty,
       fact.capacity_mw AS capacity_mw,
       fact.capacity_bound AS capacity_bound,
       null AS basis,
       fact.chip_count AS chip_count,
       fact.value_usd AS value_usd,
       null AS amount,
       null AS unit,
       null AS words,
       fact.stake_pct AS stake_pct,
       fact.date AS date,
       fact.status AS status,
       fact.disputed AS disputed,
       fact.kinds AS kinds,
       fact.sources AS sources,
       fact.first_reported AS first_reported,
       fact.last_reported AS last_reported,
       fact.claims AS claims
ORDER BY CASE role WHEN 'owner' THEN 1 WHEN 'operator' THEN 2 WHEN 'builder' THEN 3 WHEN 'tenant' THEN 4
                   WHEN 'landlord' THEN 5 WHEN 'place' THEN 6 WHEN 'opening' THEN 7 WHEN 'capacity' THEN 8
                   WHEN 'power supplier' THEN 9 WHEN 'chip count' THEN 10 WHEN 'chips' THEN 11 WHEN 'cost' THEN 12
                   WHEN 'user' THEN 4 WHEN 'programme' THEN 6 WHEN 'closing' THEN 7 WHEN 'flag' THEN 14 ELSE 13 END,
         role, sources DESC, toLower(name), toLower(counterparty), claims[0]
