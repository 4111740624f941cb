// name: financing
// title: Who pays for it: equity, debt, guarantees
// question: Who invests in, lends to or guarantees whom, and how much?
// wordings:
//   who invests in whom [relation=invests in]
//   who lends to whom [relation=lends to]
//   who guarantees whom [relation=guarantees]
//   who finances whom
//   who invests in {recipient} [relation=invests in]
//   who are the investors of {recipient} [relation=invests in]
//   who backs {recipient} [relation=invests in]
//   who lends to {recipient} [relation=lends to]
//   who guarantees {recipient} [relation=guarantees]
//   who finances {recipient}
//   who pays for {facility}
//   who funds {facility} [relation=funds]
//   whose shares does {financier} hold [relation=holds shares of]
//   what does {financier} invest in [relation=invests in]
//   whom does {financier} invest in [relation=invests in]
//   who does {financier} lend to [relation=lends to]
//   what does {financier} finance
//   does {financier} invest in {recipient} [relation=invests in]
// examples:
//   financing --recipient OpenAI --evidence
//   "who invests in Anthropic"
// parameters:
//   financier (Company): who gives the money or the guarantee
//   recipient (Company): who gets it
//   facility (Facility): the site that it is for
//   relation (one of invests in, lends to, guarantees, holds shares of, funds): only this kind
// columns:
//   financier (Company or Person): who gives the money or the guarantee
//   relation (text): whether it invests, lends, guarantees, holds shares, or funds a site in a way that is not told
//   recipient (Company or Facility): who gets it; a site where a table names no company
//   value_usd (number, USD): how much
//   value_bound (text): whether the value is "up to", "at least" or a "range"
//   stake_pct (number, %): share of the equity
//   term_years (number, years): how long it runs
//   facility (Facility): the site that it is for
//   date (date): when it took or takes place
//   status (status): what the sources commit to
//   stage (text): how far the deal has come
//   disputed (flag): whether sources contradict each other on it
//   sources (integer): how many independent sources say it
//   first_reported (date): when the first of them was published
//   last_reported (date): when the last of them was published
//   deal (id): the deal that the sources tell of
//   claims (ids): the claims that it rests on

MATCH (a:Entity)-[x:INVESTS_IN|LENDS_TO|GUARANTEES|HOLDS|FUNDS]->(b:Entity)
WHERE ($financier IS NULL OR a.id = $financier)
  AND ($recipient IS NULL OR b.id = $recipient)
  AND ($facility IS NULL OR x.facility_id = $facility OR (type(x) = 'FUNDS' AND b.id = $facility))
WITH a, b, x,
     CASE type(x) WHEN 'INVESTS_IN' THEN 'invests in' WHEN 'LENDS_TO' THEN 'lends to' WHEN 'HOLDS' THEN 'holds shares of'
                  WHEN 'FUNDS' THEN 'funds' ELSE 'guarantees' END AS relation
WHERE $relation IS NULL OR relation = $relation
RETURN a.name AS financier,
       relation,
       b.name AS recipient,
       x.value_usd AS value_usd,
       x.value_bound AS value_bound,
       x.stake_pct AS stake_pct,
       x.term_years AS term_years,
       x.facility AS facility,
       x.date AS date,
       x.status AS status,
       x.stage AS stage,
       x.disputed AS disputed,
       x.sources AS sources,
       x.first_reported AS first_reported,
       x.last_reported AS last_reported,
       x.deal AS deal,
       x.claims AS claims
ORDER BY toLower(recipient), relation, toLower(financier), sources DESC, deal
