// Puts the page together: reads the data, draws, and keeps picture, panel, table and address in step.

import { asOf, readGraph } from "./data.js";
import { byId, download } from "./dom.js";
import { filters } from "./filters.js";
import { createLegend } from "./legend.js";
import { createPanel } from "./panel.js";
import { createSearch } from "./searchbox.js";
import { createTable } from "./table.js";
import { count, day, wording } from "./words.js";

async function start() {
  const graph = readGraph(JSON.parse(byId("data").textContent));
  const words = wording(graph.meta);
  const filter = filters(graph, changed);
  const saved = new URLSearchParams(location.hash.slice(1));
  filter.restore(saved);

  const panel = createPanel(byId("panel"), graph, words, go);
  const legend = createLegend(byId("legend"), graph, words, filter);
  const table = createTable(byId("table"), graph, words, filter, go);
  createSearch(graph, go);
  byId("about").textContent = about(graph);
  let canvas = null;
  let selected = null;

  function changed() {
    legend.update();
    canvas?.redraw();
    table.update();
    remember();
  }

  function remember() {
    const address = new URLSearchParams(filter.save());
    if (selected) address.set(selected.kind, selected.id);
    try {
      history.replaceState(null, "", `#${address}`);
    } catch {
      // A preview pane may forbid it; the page works without an address to share.
    }
  }

  function go(kind, id, { focus = false, look = true } = {}) {
    const item = kind === "node" ? graph.nodes.get(id) : kind === "edge" ? graph.facts.get(id) : null;
    selected = item ? { kind, id } : null;
    for (const node of kind === "node" ? [item] : item ? [item.source, item.target] : []) {
      if (node && filter.isOff("type", node.type)) filter.set("type", node.type, true);
    }
    if (!item) panel.overview();
    else if (kind === "node") panel.node(item);
    else panel.edge(item);
    document.body.classList.toggle("chosen", Boolean(item));
    canvas?.select(kind, item ? id : null, look);
    if (focus) panel.focus();
    remember();
  }

  function show(view) {
    byId("table").hidden = view !== "table";
    byId("stage").hidden = view === "table";
    for (const button of document.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    table.update();
    if (view === "graph") canvas?.redraw();
  }

  if (matchMedia("(max-width: 860px)").matches) document.querySelector(".legend").open = false;
  for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => show(button.dataset.view));
  panel.overview();
  legend.update();
  try {
    if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL");
    const { createCanvas } = await import("./canvas.js");
    canvas = createCanvas(byId("canvas"), graph, words, filter, {
      node: (id) => go("node", id, { look: false }),
      edge: (id) => go("edge", id, { look: false }),
      nothing: () => go(null),
      hint: (at) => hint(graph, words, at),
      laidOut: (done) => byId("stage").classList.toggle("ready", done),
    });
    wireCanvas(canvas);
    show("graph");
  } catch (error) {
    console.warn(error);
    document.body.classList.add("no-picture");
    byId("no-picture").hidden = false;
    show("table");
  }
  for (const kind of ["node", "edge"]) if (saved.has(kind)) go(kind, saved.get(kind));
  wireKeys(go);
}

/** Say how recent and how broad the page is. */
function about(graph) {
  const [latest, { claims, documents }] = [asOf(graph), graph];
  const parts = [latest && `As of ${day(latest)}`, documents.size && count(documents.size, "document"), claims.size && count(claims.size, "claim")];
  return parts.filter(Boolean).join(" · ");
}

/** Say in the corner what is under the pointer. */
function hint(graph, words, at) {
  const node = at?.kind === "node" && graph.nodes.get(at.id);
  const fact = at?.kind === "edge" && graph.facts.get(at.id);
  const told = (facts) => count(facts.filter((f) => !f.structure).length, "fact");
  let text = "";
  if (node) text = `${node.name} · ${node.type} · ${told(node.facts)}`;
  else if (fact) {
    const said = [`${fact.source.name} ${words.phrase(fact.type)} ${fact.target.name}`, ...words.qualifiers(fact.props), fact.status];
    text = said.filter(Boolean).join(" · ");
  }
  byId("hint").textContent = text;
}

function wireCanvas(canvas) {
  byId("fit").addEventListener("click", () => canvas.fit());
  byId("closer").addEventListener("click", () => canvas.zoom(1.5));
  byId("farther").addEventListener("click", () => canvas.zoom(1 / 1.5));
  byId("save").addEventListener("click", async () => download(`${document.title}.png`, await canvas.picture(`${document.title} · ${byId("about").textContent}`)));
  const keys = {
    ArrowLeft: () => canvas.pan(-1, 0),
    ArrowRight: () => canvas.pan(1, 0),
    ArrowUp: () => canvas.pan(0, 1),
    ArrowDown: () => canvas.pan(0, -1),
    "+": () => canvas.zoom(1.3),
    "=": () => canvas.zoom(1.3),
    "-": () => canvas.zoom(1 / 1.3),
    0: () => canvas.fit(),
  };
  byId("canvas").addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  });
}

function wireKeys(go) {
  addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "Escape" && !typing) go(null);
  });
}

start();
