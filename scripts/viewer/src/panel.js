// The side panel: a node with its facts, one fact with its evidence, or what the page holds at all.

import { doubts } from "./data.js";
import { h } from "./dom.js";
import { chip, factCard, link, quote } from "./evidence.js";
import { swatch } from "./legend.js";
import { count, day, number } from "./words.js";

/** Return functions that fill the panel. */
export function createPanel(element, graph, words, go) {
  const show = (...children) => {
    element.replaceChildren(...children.flat(Infinity).filter(Boolean));
    element.scrollTop = 0;
  };
  return {
    node: (node) => show(nodeView(graph, words, node, go)),
    edge: (fact) => show(edgeView(graph, words, fact, go)),
    overview: () => show(overview(graph, words, go)),
    focus: () => element.querySelector("h2")?.focus({ preventScroll: true }),
  };
}

function heading(graph, type, title, go, kicker = type) {
  return h(
    "header",
    {},
    h("div", { class: "kicker" }, type && swatch(graph.meta, type), kicker),
    h("h2", { tabindex: "-1" }, title),
    h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => go(null) }, "×"),
  );
}

function nodeView(graph, words, node, go) {
  const aliases = (Array.isArray(node.props.aliases) ? node.props.aliases : []).filter((name) => name !== node.name);
  const rows = words.details(node.props);
  return [
    heading(graph, node.type, node.name, go),
    aliases.length > 0 && h("p", { class: "aliases" }, "Also ", aliases.slice(0, 12).join(", "), aliases.length > 12 && " …"),
    chips(node.props, node.props.status),
    rows.length > 0 && propertyList(rows),
    node.told.length > 0 && listing("Facts of this deal", node.told.map((fact) => factLine(words, fact, go, words.qualifiers(fact.props).join(" · ")))),
    groups(words, node).map(([title, facts]) => group(graph, words, title, facts, node, go)),
    loose(graph, words, node),
    mentioned(node),
    h("p", { class: "id" }, node.id),
  ];
}

const h3 = (title, ...more) => h("h3", {}, h("span", { class: "title" }, title), ...more);

function propertyList(rows) {
  return h(
    "dl",
    {},
    rows.map(([label, text, note]) => [h("dt", {}, label), h("dd", {}, text, note && h("small", {}, ` ${note}`))]),
  );
}

/** Status, stage and doubts, where there are any. */
function chips({ stage, disputed }, status, doubtful = []) {
  const found = [
    status && chip(String(status)),
    stage && h("span", { class: "chip plain" }, String(stage)),
    ...doubtful.map(chip),
    disputed === true && h("span", { class: "chip disputed" }, "disputed"),
  ].filter(Boolean);
  return found.length > 0 && h("p", { class: "chips" }, found);
}

/** Facts by what they say of this node, the most first; deals' own lines last. */
function groups(words, node) {
  const found = new Map();
  for (const fact of node.facts) {
    const title = words.phrase(fact.type, fact.source !== node && !words.symmetric(fact.type));
    if (!found.has(title)) found.set(title, []);
    found.get(title).push(fact);
  }
  const rank = ([, facts]) => (facts[0].structure ? -1 : facts.length);
  return [...found].sort((a, b) => rank(b) - rank(a));
}

const STRENGTH = ["asserted", "reported", "planned", "speculative", "ended"];
const STEP = 12;

function group(graph, words, title, facts, node, go) {
  const sorted = facts.sort((a, b) => STRENGTH.indexOf(a.status) - STRENGTH.indexOf(b.status));
  const list = h("ul", {}, sorted.slice(0, STEP).map((fact) => factCard(graph, words, fact, { from: node, go })));
  const rest = sorted.slice(STEP);
  const more = h("button", { type: "button", class: "more", onclick: () => {
    list.append(...rest.map((fact) => factCard(graph, words, fact, { from: node, go })));
    more.remove();
  } }, `Show ${number(rest.length)} more`);
  return h("section", {}, h3(title, h("span", { class: "n" }, number(facts.length))), list, rest.length > 0 && more);
}

/** Claims about a node that made no fact: values, and what is disputed. */
function loose(graph, words, node) {
  const seen = new Set();
  const claims = node.claims
    .filter(({ claim, as }) => as === "SUBJECT" && !claim.facts.length && !seen.has(claim.id) && seen.add(claim.id))
    .map(({ claim }) => claim);
  if (!claims.length) return null;
  const items = claims.slice(0, 60).map(({ props, ...claim }) => {
    const said = props.value ?? props.object_name ?? "";
    const text = `${words.label(String(props.predicate ?? "")).replaceAll("_", " ").toLowerCase()}: ${words.quantity(props.predicate, said)}`;
    const line = h("div", { class: "fact-head" }, h("span", {}, text), props.status && chip(props.status), doubts(claim).map(chip));
    const details = h("details", { class: "evidence" }, h("summary", {}, "1 claim"), quote({ props, ...claim }));
    return h("li", { class: "fact" }, line, details);
  });
  return h("section", {}, h3("further claims", h("span", { class: "n" }, number(claims.length))), h("ul", {}, items));
}

function mentioned(node) {
  if (!node.documents.length) return null;
  const titles = node.documents.map(({ props, id }) => h("li", { class: "fact" }, String(props.title ?? id)));
  return h("details", { class: "mentions" }, h("summary", {}, `Named in ${count(titles.length, "document")}`), h("ul", {}, titles));
}

function edgeView(graph, words, fact, go) {
  const { source, target } = fact;
  const rows = words.details(fact.props);
  const deal = graph.nodes.get(fact.props.deal);
  return [
    heading(graph, null, [link(source, go), ` ${words.phrase(fact.type)} `, link(target, go)], go, "Fact"),
    chips(fact.props, fact.status, doubts(fact)),
    rows.length > 0 && propertyList(rows),
    deal && h("p", { class: "aliases" }, "Part of the deal ", link(deal, go)),
    h("section", {}, h3("evidence"), h("ul", {}, factCard(graph, words, fact, { open: true, go }))),
    h("p", { class: "id" }, fact.id),
  ];
}

function overview(graph, words, go) {
  const nodes = [...graph.nodes.values()];
  const facts = [...graph.facts.values()].filter((fact) => !fact.structure);
  const entities = nodes.filter((node) => node.type !== "Deal");
  const told = (node) => node.facts.filter((fact) => !fact.structure).length;
  const hubs = entities.filter(told).sort((a, b) => told(b) - told(a)).slice(0, 8);
  const deals = facts.filter((fact) => fact.props.value_usd > 0).sort((a, b) => b.props.value_usd - a.props.value_usd);
  const sites = facts.filter((fact) => fact.props.capacity_mw > 0).sort((a, b) => b.props.capacity_mw - a.props.capacity_mw);
  const news = facts.filter((fact) => fact.props.last_reported)
    .sort((a, b) => String(b.props.last_reported).localeCompare(String(a.props.last_reported)));
  const disputes = facts.filter((fact) => fact.props.disputed === true);
  return [
    h("header", {}, h("div", { class: "kicker" }, "Overview"), h("h2", { tabindex: "-1" }, graph.meta.title)),
    h(
      "div",
      { class: "figures" },
      figure(entities.length, "entities"),
      figure(facts.length, "facts"),
      graph.claims.size > 0 && figure(graph.claims.size, "claims"),
      graph.documents.size > 0 && figure(graph.documents.size, "documents"),
    ),
    h("p", { class: "aliases" }, "Click a name or a line to see what it rests on."),
    listing("Most connected", hubs.map((node) => [link(node, go), `${node.type} · ${count(told(node), "fact")}`])),
    listing("Largest sums", deals.slice(0, 5).map((fact) => factLine(words, fact, go, words.quantity("value_usd", fact.props.value_usd)))),
    listing("Most power", sites.slice(0, 5).map((fact) => factLine(words, fact, go, words.quantity("capacity_mw", fact.props.capacity_mw)))),
    listing("Latest", news.slice(0, 6).map((fact) => factLine(words, fact, go, day(fact.props.last_reported)))),
    listing("Disputed", disputes.slice(0, 6).map((fact) => factLine(words, fact, go, fact.status))),
  ];
}

const figure = (value, label) => h("div", {}, h("b", {}, number(value)), label);

function factLine(words, fact, go, note) {
  const text = `${fact.source.name} ${words.phrase(fact.type)} ${fact.target.name}`;
  return [h("button", { type: "button", class: "link", onclick: () => go("edge", fact.id) }, text), note];
}

function listing(title, rows) {
  if (!rows.length) return null;
  const items = rows.map(([button, note]) => h("li", { class: "fact" }, h("div", { class: "fact-head" }, button), h("div", { class: "note" }, note)));
  return h("section", {}, h3(title), h("ul", {}, items));
}
