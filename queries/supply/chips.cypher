// name: chips
// title: Which chips go where
// question: Which chips does a company use, and which stand at a site, how many, since when?
// wordings:
//   which chips go where
//   who uses which chips
//   which chips does {user} use
//   what chips does {user} use
//   how many chips does {user} have
//   who uses {chip}
//   where is {chip}
//   where are {chip} installed
//   which chips are at {facility}
//   what chips are at {facility}
//   which chips stand at {facility}
//   who uses chips of {designer}
//   where do the chips of {designer} go
//   does {user} use {chip}
// examples:
//   chips --designer Nvidia
//   "which chips are at Colossus 1"
// parameters:
//   user (Company): who buys, rents, deploys or trains on them
//   facility (Facility): the site where they stand
//   chip (Chip): the chip
//   designer (Company): whose chips
// columns:
//   user (Company): who buys, rents, deploys or trains on them; empty where only the site is told
//   facility (Facility): the site where they stand; empty where only the user is told
//   chip (Chip): the chip
//   designer (text): who designs it, joined by ";" if several do
//   chip_count (number, chips): how many
//   chip_bound (text): whether the number is "up to", "at least" or a "range"
//   date (date): when it took or takes place
//   status (status): what the sources commit to
//   disputed (flag): whether sources contradict each other on it
//   kinds (list): what kinds of documents say it: table, news, filing …
//   sources (integer): how many independent sources say it
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   claims (ids): the claims that it rests on

CALL {
  MATCH (u:Company)-[x:USES_CHIP]->(c:Chip)
  WHERE ($user IS NULL OR u.id = $user) AND ($facility IS NULL OR x.facility_id = $facility)
  RETURN u.name AS user, x.facility AS facility, c, x {.*} AS fact
  UNION ALL
  MATCH (f:Facility)-[x:HOSTS_CHIP]->(c:Chip)
  WHERE $user IS NULL AND ($facility IS NULL OR f.id = $facility)
  RETURN null AS user, f.name AS facility, c, x {.*} AS fact
}
WITH user, facility, c, fact
WHERE $chip IS NULL OR c.id = $chip
OPTIONAL MATCH (m:Company)-[:DESIGNS]->(c)
WITH user, facility, c, fact, m ORDER BY m.name
WITH user, facility, c, fact, collect(m.name) AS names, collect(m.id) AS designers
WHERE $designer IS NULL OR $designer IN designers
RETURN user,
       facility,
       c.name AS chip,
       CASE WHEN names = [] THEN null ELSE reduce(all = names[0], name IN names[1..] | all + '; ' + name) END AS designer,
       fact.chip_count AS chip_count,
       fact.chip_bound AS chip_bound,
       fact.date AS date,
       fact.status AS status,
       fact.disputed AS disputed,
       fact.kinds AS kinds,
       fact.sources AS sources,
       fact.first_reported AS first_reported,
       fact.last_reported AS last_reported,
       fact.claims AS claims
ORDER BY toLower(user), toLower(facility), toLower(chip), sources DESC, claims[0]
