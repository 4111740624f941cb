// Every fact as a row: for reading, for sorting, for a spreadsheet, and where no picture can be drawn.

import { doubts } from "./data.js";
import { download, h } from "./dom.js";
import { chip, link } from "./evidence.js";
import { plain } from "./search.js";
import { count, day, number } from "./words.js";

const STEP = 200;

/** Build the table in its element; `update` applies the filter again. */
export function createTable(element, graph, words, filter, go) {
  const all = [...graph.facts.values()].filter((fact) => !fact.structure).map((fact) => rowOf(words, fact));
  const columns = [
    ["Subject", (row) => row.fact.source.name],
    ["Relation", (row) => row.phrase],
    ["Object", (row) => row.fact.target.name],
    ["Details", (row) => row.details],
    ["Status", (row) => said(row.fact)],
    ["Sources", (row) => row.fact.props.sources ?? 0],
    ["Last reported", (row) => String(row.fact.props.last_reported ?? "")],
  ];
  const state = { query: "", by: 0, down: false, shown: STEP };
  const input = h("input", { type: "search", placeholder: "Filter the facts", "aria-label": "Filter the facts", oninput: () => {
    state.query = plain(input.value);
    state.shown = STEP;
    update();
  } });
  const total = h("span", { class: "note", role: "status" });
  const save = h("button", { type: "button", class: "more", onclick: () => saveRows(columns, rows()) }, "Save as CSV");
  const heads = columns.map(([title], index) => h("th", { scope: "col" }, h("button", { type: "button", onclick: () => sortBy(index) }, title)));
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more", onclick: () => ((state.shown += STEP), update()) }, "Show more");
  element.append(
    h("div", { class: "table-tools" }, input, total, save),
    h("div", { class: "table-scroll" }, h("table", {}, h("thead", {}, h("tr", {}, heads)), body), more),
  );

  function sortBy(index) {
    state.down = state.by === index ? !state.down : index > 4;
    state.by = index;
    update();
  }

  function rows() {
    const parts = state.query.split(" ").filter(Boolean);
    const value = columns[state.by][1];
    const order = (a, b) => {
      const [x, y] = [value(a), value(b)];
      return typeof x === "number" ? x - y : String(x).localeCompare(String(y));
    };
    const found = all.filter((row) => shows(row.fact) && parts.every((part) => row.text.includes(part))).sort(order);
    return state.down ? found.reverse() : found;
  }

  const shows = (fact) => filter.showsFact(fact) && filter.showsNode(fact.source) && filter.showsNode(fact.target);

  function update() {
    if (element.hidden) return;
    const found = rows();
    total.textContent = `${count(found.length, "fact")}${found.length < all.length ? ` of ${number(all.length)}` : ""}`;
    heads.forEach((head, index) => head.setAttribute("aria-sort", index !== state.by ? "none" : state.down ? "descending" : "ascending"));
    body.replaceChildren(...found.slice(0, state.shown).map((row) => line(row, go)));
    more.hidden = found.length <= state.shown;
  }

  return { update };
}

function rowOf(words, fact) {
  const phrase = words.phrase(fact.type);
  const details = words.qualifiers(fact.props).join(" · ");
  const names = [fact.source, fact.target].flatMap((node) => [node.name, ...(Array.isArray(node.props.aliases) ? node.props.aliases : [])]);
  return { fact, phrase, details, text: plain([...names, phrase, details, said(fact)].join(" ")) };
}

/** The status of a fact, and what makes it doubtful. */
function said(fact) {
  return [fact.status, ...doubts(fact)].join(", ");
}

function line({ fact, phrase, details }, go) {
  const open = h("button", { type: "button", class: "link", onclick: () => go("edge", fact.id) }, phrase);
  const cells = [link(fact.source, go), open, link(fact.target, go), details, [fact.status && chip(fact.status), doubts(fact).map((word) => [" ", chip(word)])]];
  const { sources, last_reported: last } = fact.props;
  return h("tr", {}, [...cells, sources ?? "", last ? day(last) : ""].map((cell) => h("td", {}, cell)));
}

/** Save rows as CSV; a text that a spreadsheet would run as a formula gets an apostrophe, as in kg export. */
function saveRows(columns, rows) {
  const cell = (value) => {
    const text = typeof value === "string" && /^[=+\-@\t\r']/.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, value]) => cell(value(row))))];
  download("facts.csv", new Blob([lines.map((line) => line.join(",")).join("\n") + "\n"], { type: "text/csv" }));
}
