// name: ownership
// title: Who owns and leads what
// question: Who owns, is the parent of, takes over or leads which company or site?
// wordings:
//   who owns what [relation=owns]
//   who leads what [relation=leads]
//   who owns and leads what
//   who leads whom [relation=leads]
//   who acquires whom [relation=acquires]
//   who owns {what}
//   who leads {what} [relation=leads]
//   who runs {what} [relation=leads]
//   who heads {what} [relation=leads]
//   who is the parent of {what} [relation=parent of]
//   who acquires {what} [relation=acquires]
//   who acquired {what} [relation=acquires]
//   who bought {what} [relation=acquires]
//   who owns and leads {what}
//   what does {who} own
//   what does {who} lead [relation=leads]
//   what did {who} acquire [relation=acquires]
//   what are the subsidiaries of {who} [relation=parent of]
//   who is {who}
// examples:
//   ownership --what xAI
//   "who leads Anthropic"
// parameters:
//   who (Company or Person): who owns, is the parent, takes over or leads
//   what (Company or Facility): what is owned or led
//   relation (one of owns, parent of, acquires, leads): only this kind
// columns:
//   who (Company or Person): who owns, is the parent, takes over or leads
//   relation (text): how
//   what (Company or Facility): what is owned or led
//   title (text): the office of a person, as worded
//   stake_pct (number, %): share of the equity
//   value_usd (number, USD): what was or is paid
//   date (date): when it took or takes place
//   status (status): what the sources commit to; "ended" for former owners and officers
//   disputed (flag): whether sources contradict each other on it
//   sources (integer): how many independent sources say it; 0: only the registry of known entities does
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   claims (ids): the claims that it rests on

CALL {
  MATCH (a:Company)-[x:OWNS]->(b:Facility)
  RETURN a, 'owns' AS relation, b, x {.*} AS fact
  UNION ALL
  MATCH (b:Company)-[x:SUBSIDIARY_OF]->(a:Company)
  RETURN a, 'parent of' AS relation, b, x {.*} AS fact
  UNION ALL
  MATCH (a:Company)-[x:ACQUIRES]->(b:Company)
  RETURN a, 'acquires' AS relation, b, x {.*} AS fact
  UNION ALL
  MATCH (a:Person)-[x:LEADS]->(b:Company)
  RETURN a, 'leads' AS relation, b, x {.*} AS fact
}
WITH a, relation, b, fact
WHERE ($who IS NULL OR a.id = $who)
  AND ($what IS NULL OR b.id = $what)
  AND ($relation IS NULL OR relation = $relation)
RETURN a.name AS who,
       relation,
       b.name AS what,
       fact.title AS title,
       fact.stake_pct AS stake_pct,
       fact.value_usd AS value_usd,
       fact.date AS date,
       fact.status AS status,
       fact.disputed AS disputed,
       fact.sources AS sources,
       fact.first_reported AS first_reported,
       fact.last_reported AS last_reported,
       fact.claims AS claims
ORDER BY toLower(what), relation, toLower(who), sources DESC, claims[0]
