// A fact with what stands behind it: its words, its numbers, and the sentences that say so.

import { claimsOf, doubts } from "./data.js";
import { h } from "./dom.js";
import { count, day, reported } from "./words.js";

/** A status as a chip. */
export const chip = (status) => h("span", { class: `chip ${status}` }, status);

/** One fact, seen from one of its ends (or from outside), with its claims folded behind a line that opens. */
export function factCard(graph, words, fact, { from = null, open = false, go }) {
  const other = fact.source === from ? fact.target : fact.source;
  const details = words.qualifiers(fact.props);
  const claims = claimsOf(graph, fact);
  const head = from
    ? h("div", { class: "fact-head" }, link(other, go), fact.status && chip(fact.status), doubts(fact).map(chip), disputed(fact))
    : null;
  return h(
    "li",
    { class: `fact ${fact.status ?? ""}` },
    head,
    from && details.length > 0 && h("div", { class: "details" }, details.join(" · ")),
    evidence(fact, claims, open, from ? go : null),
  );
}

const disputed = (fact) => fact.props.disputed === true && h("span", { class: "chip disputed" }, "disputed");

/** A button that goes to a node. */
export function link(node, go) {
  return h("button", { type: "button", class: "link", onclick: () => go("node", node.id) }, node.name);
}

/** Sources and dates; with claims they open into the quotes. */
function evidence(fact, claims, open, go) {
  const { sources, claims: ids = [] } = fact.props;
  const notes = [
    typeof sources === "number" && (sources ? count(sources, "source") : "from the registry"),
    reported(fact.props),
    fact.props.ended_as,
  ];
  const line = notes.filter(Boolean).join(" · ");
  const more = go && h("button", { type: "button", class: "more", onclick: () => go("edge", fact.id) }, "Details");
  if (!claims.length) {
    const missing = ids.length && !fact.structure ? ` · ${count(ids.length, "claim")} not in this file` : "";
    return line || missing ? h("div", { class: "note" }, line + missing) : null;
  }
  const summary = h("summary", {}, line || count(claims.length, "claim"));
  return h("details", { class: "evidence", open }, summary, claims.map((claim) => quote(claim)), more);
}

/** One claim: the sentence, then who wrote it where and when. */
export function quote(claim) {
  const { props, document: source } = claim;
  const cited = source?.props ?? {};
  const title = cited.title || cited.address || source?.id || "document not in this file";
  const dated = cited.published || props.published;
  const said = [cited.publisher, dated ? day(dated) : null, place(props.locator)];
  const address = safeAddress(cited.url);
  return h(
    "figure",
    { class: "quote" },
    h("blockquote", {}, String(props.quote ?? "")),
    h(
      "figcaption",
      {},
      address ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, String(title)) : String(title),
      h("span", {}, said.filter(Boolean).map((part) => ` · ${part}`).join("")),
      props.status && h("span", { class: "said" }, ` · ${props.status}`),
      claim.weak && h("span", { class: "said" }, " · weak"),
      claim.withdrawn && h("span", { class: "said" }, ` · ${withdrawal(claim)}`),
    ),
  );
}

/** By which edition of its table the row of a claim is withdrawn, if this page holds it, and when. */
function withdrawal({ withdrawnBy: edition }) {
  const { address, title, published, retrieved } = edition?.props ?? {};
  const dated = published || retrieved;
  return ["withdrawn", edition && `by ${address || title}`, dated && day(dated)].filter(Boolean).join(" ");
}

/** Where evidence stands, as people cite it: "p. 3" for boxes on pages, the cells of a table as they are. */
function place(locator) {
  const pages = [...String(locator ?? "").matchAll(/p\. (\d+) \[[-\d,]+\]/g)].map((found) => Number(found[1]));
  if (!pages.length) return locator ? String(locator) : null;
  const [first, last] = [Math.min(...pages), Math.max(...pages)];
  return first === last ? `p. ${first}` : `p. ${first}-${last}`;
}

/** Only web addresses become links. */
function safeAddress(url) {
  return typeof url === "string" && /^https?:\/\//i.test(url) ? url : null;
}
