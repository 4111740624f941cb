// The picture: a sigma canvas that knows what is shown, selected and under the pointer.

import Graph from "graphology";
import Sigma from "sigma";
import { edgeProgram } from "./draw-edges.js";
import { ShapeProgram } from "./draw-nodes.js";
import { labeller, writeEdge } from "./labels.js";
import { layOut } from "./layout.js";
import { pointer } from "./pointer.js";
import { SHAPES } from "./shapes.js";
import { colours, mix, onThemeChange } from "./theme.js";

const DASH = { planned: 1, speculative: 2 };
const WIDTH = { asserted: 1.7, reported: 1.2, planned: 1.5, speculative: 1.3, ended: 1 };

/** Draw the graph in the container; `on.node`, `on.edge`, `on.nothing` are called for clicks. */
export function createCanvas(container, graph, words, filter, on) {
  const drawn = drawnGraph(graph, words);
  const bySize = drawn.nodes().sort((a, b) => drawn.getNodeAttribute(b, "size") - drawn.getNodeAttribute(a, "size"));
  const state = { selected: null, hovered: null, moving: true, look: false, small: smallness(container), theme: colours() };
  const types = Object.keys(graph.meta.types);
  const crowding = Math.min(1, Math.max(0.22, (260 / (drawn.size + 1)) ** 0.5));
  const isHeavy = drawn.size > 1500;

  const focus = () => state.hovered ?? state.selected;
  const inFocus = (id) => {
    const at = focus();
    if (!at) return true;
    return at.kind === "node" ? id === at.id || drawn.areNeighbors(id, at.id) : drawn.extremities(at.id).includes(id);
  };

  function nodeReducer(id, { x, y, size, label, type }) {
    const { theme } = state;
    const node = graph.nodes.get(id);
    const faded = !inFocus(id);
    const chosen = focus()?.id === id;
    const colour = graph.meta.types[type]?.colour ?? theme.quiet;
    return {
      x,
      y,
      label,
      faded,
      discreet: type === "Deal",
      hidden: !filter.showsNode(node),
      size: size * state.small * (chosen ? 1.12 : 1),
      shape: Math.max(0, types.indexOf(type)) % SHAPES.length,
      color: faded ? mix(colour, theme.page, 0.82) : colour,
      ring: chosen ? theme.accent : theme.page,
      ringWidth: chosen ? 3 : Math.min(1.5, 0.3 + size / 6),
      zIndex: chosen ? 1000 : faded ? 0 : size,
      type: "shape",
    };
  }

  function edgeReducer(id, { curve, arrow }) {
    const { theme } = state;
    const fact = graph.facts.get(id);
    const at = focus();
    const ends = [fact.source.id, fact.target.id];
    const near = at && (at.kind === "edge" ? at.id === id : ends.includes(at.id));
    return {
      curve,
      arrow: arrow * Math.max(0.6, crowding),
      near,
      hidden: (state.moving && isHeavy) || !filter.showsFact(fact) || !filter.showsNode(fact.source) || !filter.showsNode(fact.target),
      color: edgeColour(fact, near, Boolean(at), theme),
      size: (WIDTH[fact.status] ?? 0.9) * (near ? 1.5 : Math.max(0.6, crowding)),
      dash: fact.structure ? 2 : (DASH[fact.status] ?? 0),
      zIndex: near ? 2 : fact.status === "ended" ? 0 : 1,
      type: curve ? "curved" : "straight",
    };
  }

  const sigma = new Sigma(drawn, container, {
    nodeReducer,
    edgeReducer,
    nodeProgramClasses: { shape: ShapeProgram },
    edgeProgramClasses: { straight: edgeProgram(1, crowding), curved: edgeProgram(10, crowding) },
    defaultNodeType: "shape",
    defaultEdgeType: "straight",
    renderLabels: false,
    renderEdgeLabels: false,
    enableEdgeEvents: drawn.size < 30000,
    zIndex: true,
    stagePadding: 48,
    minCameraRatio: 0.02,
    maxCameraRatio: 4,
    doubleClickZoomingRatio: 1.8,
    allowInvalidContainer: true,
  });
  const overlay = sigma.createCanvas("names", { afterLayer: "labels", style: { pointerEvents: "none" } });
  const names = labeller(sigma, () => state.theme);

  sigma.on("afterRender", () => {
    const { width, height } = sigma.getDimensions();
    const ratio = devicePixelRatio || 1;
    if (overlay.width !== Math.round(width * ratio) || overlay.height !== Math.round(height * ratio)) {
      [overlay.width, overlay.height] = [Math.round(width * ratio), Math.round(height * ratio)];
      Object.assign(overlay.style, { width: `${width}px`, height: `${height}px` });
    }
    const context = overlay.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const taken = names(context, bySize, { chosen: focus()?.id, forced: forcedNames(), quiet: state.moving && drawn.order > 400 });
    writeFacts(context, taken);
  });

  function forcedNames() {
    const at = focus();
    if (!at) return new Set();
    const near = at.kind === "edge" ? drawn.extremities(at.id) : [at.id, ...drawn.neighbors(at.id)];
    return new Set(near.length > 40 ? [at.id] : near);
  }

  function writeFacts(context, taken) {
    const at = focus();
    if (!at) return;
    const near = at.kind === "edge" ? [at.id] : drawn.edges(at.id);
    const seen = near.filter((id) => !sigma.getEdgeDisplayData(id)?.hidden);
    if (seen.length > 14) return;
    for (const id of seen) {
      const fact = graph.facts.get(id);
      const edge = { ends: drawn.extremities(id), curve: drawn.getEdgeAttribute(id, "curve") };
      writeEdge(context, sigma, edge, words.phrase(fact.type), state.theme, taken);
    }
  }

  /** Bring what was selected elsewhere (search, panel, address) into the picture with its neighbours. */
  function lookAround() {
    if (!state.look) return;
    state.look = false;
    const { kind, id } = state.selected;
    lookAt(sigma, kind === "edge" ? drawn.extremities(id) : [id, ...drawn.neighbors(id)]);
  }

  const redraw = () => sigma.refresh({ skipIndexation: true });
  pointer(sigma, drawn, state, { ...on, redraw });
  layOut(drawn, (done) => {
    state.moving = !done;
    sigma.refresh();
    if (done) lookAround();
    on.laidOut?.(done);
  });
  new ResizeObserver(() => {
    state.small = smallness(container);
    sigma.resize();
    redraw();
  }).observe(container);
  onThemeChange(() => {
    state.theme = colours();
    redraw();
  });

  return {
    redraw,
    select(kind, id, look = false) {
      state.selected = id ? { kind, id } : null;
      state.look = look && Boolean(id);
      if (!state.moving) lookAround();
      redraw();
    },
    fit: () => sigma.getCamera().animatedReset({ duration: calm() ? 0 : 400 }),
    zoom: (ratio) => sigma.getCamera().animatedZoom({ factor: ratio, duration: calm() ? 0 : 150 }),
    pan(x, y) {
      const camera = sigma.getCamera();
      const { x: atX, y: atY, ratio } = camera.getState();
      camera.setState({ x: atX + x * 0.08 * ratio, y: atY + y * 0.08 * ratio });
    },
    picture: (caption) => picture(sigma, container, state.theme, caption),
  };
}

/** Nodes shrink on small screens, where the same picture has less room. */
const smallness = ({ clientWidth: w, clientHeight: h }) => Math.min(1, Math.max(0.5, Math.min(w, h) / 640));

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A multigraph of what can be drawn; edges between the same two bend apart. */
function drawnGraph(graph, words) {
  const drawn = new Graph({ type: "directed", multi: true, allowSelfLoops: false });
  const scale = Math.min(1, Math.max(0.3, (130 / graph.nodes.size) ** 0.4));
  for (const node of graph.nodes.values()) {
    const told = node.facts.filter((fact) => !fact.structure).length;
    const size = node.type === "Deal" ? 4 * scale : 6 * scale + Math.min(24, 2.6 * Math.sqrt(told)) * Math.sqrt(scale) * scale ** 0.3;
    drawn.addNode(node.id, { x: 0, y: 0, size, label: node.name, type: node.type });
  }
  const between = new Map();
  for (const fact of graph.facts.values()) {
    if (fact.source === fact.target) continue;
    const pair = [fact.source.id, fact.target.id].sort().join("\n");
    if (!between.has(pair)) between.set(pair, []);
    between.get(pair).push(fact);
  }
  for (const facts of between.values()) {
    facts.forEach((fact, index) => {
      const bend = (index - (facts.length - 1) / 2) * Math.min(0.28, 0.9 / facts.length);
      const curve = fact.source.id < fact.target.id ? bend : -bend;
      const arrow = fact.structure || words.symmetric(fact.type) ? 0 : 1;
      drawn.addEdgeWithKey(fact.id, fact.source.id, fact.target.id, { curve, arrow });
    });
  }
  return drawn;
}

function edgeColour(fact, near, focused, theme) {
  const base = fact.props.disputed === true ? theme.warn : theme.edge;
  if (near) return fact.props.disputed === true ? theme.warn : theme.accent;
  if (focused) return mix(base, theme.page, 0.86);
  if (fact.status === "ended") return mix(base, theme.page, 0.66);
  return fact.structure ? mix(base, theme.page, 0.4) : base;
}

/** Move the camera so that these nodes fill the picture. */
function lookAt(sigma, ids) {
  const points = ids.map((id) => sigma.getNodeDisplayData(id)).filter((data) => data && !data.hidden);
  if (!points.length) return;
  const span = (axis) => [Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))];
  const [[left, right], [bottom, top]] = [span("x"), span("y")];
  const ratio = Math.min(1, Math.max(0.22, 1.35 * Math.max(right - left, top - bottom)));
  const place = { x: (left + right) / 2, y: (bottom + top) / 2, ratio };
  sigma.getCamera().animate(place, { duration: calm() ? 0 : 450 });
}

/** Return the picture as a PNG blob: the layers of this very frame on the colour of the page, with a caption. */
function picture(sigma, container, theme, caption) {
  sigma.refresh({ schedule: false });
  const layers = [...container.querySelectorAll("canvas")].filter((layer) => layer.width && layer.style.display !== "none");
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [layers[0].width, layers[0].height];
  const context = sheet.getContext("2d");
  context.fillStyle = theme.page;
  context.fillRect(0, 0, sheet.width, sheet.height);
  for (const layer of layers) context.drawImage(layer, 0, 0, sheet.width, sheet.height);
  context.fillStyle = theme.quiet;
  context.font = `${12 * (devicePixelRatio || 1)}px ${theme.font}`;
  context.fillText(caption, 12, sheet.height - 12);
  return new Promise((resolve) => sheet.toBlob(resolve, "image/png"));
}
