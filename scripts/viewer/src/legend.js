// The legend, which is the filter: types, statuses and relations, each with how many are shown.

import { h, svg } from "./dom.js";
import { SHAPES } from "./shapes.js";
import { number } from "./words.js";

const PATHS = {
  circle: () => svg("circle", { cx: 8, cy: 8, r: 6 }),
  square: () => svg("rect", { x: 2.6, y: 2.6, width: 10.8, height: 10.8, rx: 1.6 }),
  hexagon: () => svg("path", { d: "M4.9 2.6h6.2L14.2 8l-3.1 5.4H4.9L1.8 8z" }),
  triangle: () => svg("path", { d: "M8 1.8 14.6 13H1.4z" }),
  ring: () => svg("circle", { cx: 8, cy: 8, r: 4.4, fill: "none", "stroke-width": 3.4 }),
  pin: () => svg("path", { d: "M8 14.2 1.4 3h13.2z" }),
  diamond: () => svg("path", { d: "M8 1.6 14.4 8 8 14.4 1.6 8z" }),
};

/** A type's shape in its colour. */
export function swatch(meta, type) {
  const types = Object.keys(meta.types);
  const shape = PATHS[SHAPES[Math.max(0, types.indexOf(type)) % SHAPES.length]]();
  const colour = meta.types[type]?.colour ?? "currentColor";
  if (shape.getAttribute("fill") === "none") shape.setAttribute("stroke", colour);
  else shape.setAttribute("fill", colour);
  return svg("svg", { viewBox: "0 0 16 16", class: "swatch", "aria-hidden": "true" }, shape);
}

/** A status as the line that it is drawn with. */
function sample(status) {
  const dash = { planned: "5 3.5", speculative: "1.5 3" }[status];
  const style = { "stroke-dasharray": dash, opacity: status === "ended" ? 0.35 : 1 };
  const width = { reported: 1.3, ended: 1.2 }[status] ?? 2;
  const line = svg("line", { x1: 1, y1: 8, x2: 23, y2: 8, stroke: "currentColor", "stroke-width": width, ...style });
  return svg("svg", { viewBox: "0 0 24 16", class: "line", "aria-hidden": "true" }, line);
}

/** Build the legend in its element; `update` refreshes counts and marks. */
export function createLegend(element, graph, words, filter) {
  const types = Object.keys(graph.meta.types);
  const ofType = (kind) => [...graph.nodes.values()].filter((node) => node.type === kind).length;
  const present = {
    type: [...new Set([...types, ...[...graph.nodes.values()].map((node) => node.type)])].filter(ofType),
    status: Object.keys(graph.meta.statuses).filter((status) => [...graph.facts.values()].some((f) => f.status === status)),
    relation: [...new Set([...graph.facts.values()].map((fact) => fact.type))],
  };
  const rows = [];

  function row(facet, kind, icon, text, title) {
    const box = h("input", { type: "checkbox", onchange: () => filter.set(facet, kind, box.checked) });
    const number_ = h("span", { class: "n" });
    const only = h("button", { type: "button", class: "only", title: `Show only ${text}`, onclick: () => filter.only(facet, kind, present[facet]) }, "only");
    rows.push(({ counts }) => {
      box.checked = !filter.isOff(facet, kind);
      number_.textContent = number(counts[facet].get(kind) ?? 0);
    });
    return h("div", { class: "row", title }, h("label", {}, box, icon, h("span", { class: "text" }, text), number_), only);
  }

  const disputed = [...graph.facts.values()].filter((fact) => fact.props.disputed === true).length;
  const dispute = disputed > 0 && h("div", { class: "row", title: "Sources contradict each other" }, h("span", { class: "key warn" }, sample(""), h("span", { class: "text" }, "disputed"), h("span", { class: "n" }, number(disputed))));
  const busiest = new Map();
  for (const fact of graph.facts.values()) busiest.set(fact.type, (busiest.get(fact.type) ?? 0) + 1);
  const relations = present.relation.sort((a, b) => busiest.get(b) - busiest.get(a));
  element.replaceChildren(
    h("fieldset", {}, h("legend", {}, "Entities"), present.type.map((kind) => row("type", kind, swatch(graph.meta, kind), kind, graph.meta.types[kind]?.definition))),
    h("fieldset", {}, h("legend", {}, "Facts"), present.status.map((kind) => row("status", kind, sample(kind), kind, graph.meta.statuses[kind])), dispute),
    h("details", {}, h("summary", {}, "Relations"), relations.map((kind) => row("relation", kind, null, words.phrase(kind), graph.meta.predicates[kind]?.definition))),
  );
  return {
    update() {
      const counts = filter.counts();
      for (const refresh of rows) refresh({ counts });
    },
  };
}
