// Where things stand. Deals are placed between their parties afterwards, so that showing them moves nothing else.

import Graph from "graphology";
import iterate from "graphology-layout-forceatlas2/iterate.js";
import { graphToByteArrays } from "graphology-layout-forceatlas2/helpers.js";
import noverlap from "graphology-layout-noverlap";
import { frameOf, pieces, shelve } from "./pieces.js";
import workerCode from "worker:./layout-worker.js";

const PER_NODE = 10;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** Lay the graph out; calls `moved(done)` whenever positions have changed. Sizes are in pixels. */
export function layOut(shown, moved) {
  const skeleton = skeletonOf(shown);
  const steps = roundsFor(skeleton.order);
  const { nodes, edges } = graphToByteArrays(skeleton, (_, attributes) => attributes.weight);
  const take = (matrix, done) => {
    let at = 0;
    skeleton.forEachNode((_, attributes) => {
      attributes.x = matrix[at];
      attributes.y = matrix[at + 1];
      at += PER_NODE;
    });
    if (done) settle(skeleton);
    place(shown, skeleton);
    moved(done);
  };
  if (skeleton.order < 2) return take(nodes, true);
  const worker = startWorker();
  if (!worker) return inSlices({ nodes, edges, steps }, take);
  worker.onmessage = ({ data }) => {
    take(data.nodes, data.done);
    if (data.done) worker.terminate();
  };
  worker.onerror = () => inSlices({ nodes, edges, steps }, take);
  worker.postMessage({ nodes, edges, steps });
}

/** One undirected, weighted edge per pair: two leases pull harder than one, but not twice as hard. */
function skeletonOf(shown) {
  const skeleton = new Graph({ type: "undirected" });
  const ids = shown.filterNodes((_, { type }) => type !== "Deal");
  ids.sort((a, b) => shown.degree(b) - shown.degree(a));
  ids.forEach((id, index) => {
    const { size } = shown.getNodeAttributes(id);
    const radius = 20 * Math.sqrt(index);
    const [x, y] = [radius * Math.cos(index * GOLDEN_ANGLE), radius * Math.sin(index * GOLDEN_ANGLE)];
    skeleton.addNode(id, { x, y, size });
  });
  shown.forEachEdge((_, __, source, target) => {
    if (source === target || !skeleton.hasNode(source) || !skeleton.hasNode(target)) return;
    const known = skeleton.edge(source, target);
    if (known) skeleton.updateEdgeAttribute(known, "weight", (weight) => weight + 0.5);
    else skeleton.addEdge(source, target, { weight: 1 });
  });
  return skeleton;
}

/** Two rounds: the first untangles, the second gives every name room (chosen by eye among six variants). */
function roundsFor(order) {
  const steps = order < 300 ? 300 : order < 1000 ? 200 : order < 2500 ? 125 : order < 8000 ? 60 : 30;
  const common = {
    adjustSizes: false,
    edgeWeightInfluence: 0.7,
    strongGravityMode: true,
    slowDown: 1 + Math.log(order),
    barnesHutOptimize: order > 1000,
    barnesHutTheta: 0.6,
  };
  const untangle = { ...common, outboundAttractionDistribution: true, linLogMode: false, scalingRatio: 12, gravity: 0.03 };
  const spread = { ...common, outboundAttractionDistribution: false, linLogMode: true, scalingRatio: 3, gravity: 0.02 };
  return [...Array(steps).fill(untangle), ...Array(steps).fill(spread)];
}

function startWorker() {
  try {
    const address = URL.createObjectURL(new Blob([workerCode], { type: "text/javascript" }));
    return new Worker(address);
  } catch {
    return null;
  }
}

/** Where a browser allows no worker: the same steps between frames. */
function inSlices({ nodes, edges, steps }, take) {
  let step = 0;
  const slice = () => {
    const end = performance.now() + 14;
    while (step < steps.length && performance.now() < end) {
      iterate(steps[step], nodes, edges);
      step += 1;
    }
    take(nodes, step >= steps.length);
    if (step < steps.length) requestAnimationFrame(slice);
  };
  slice();
}

/** Scale to pixels of a usual window, so that sizes mean something, push apart what overlaps, and tidy small pieces. */
function settle(skeleton) {
  const [main, ...rest] = pieces(skeleton);
  if (!main) return;
  const room = 760 * Math.max(1, (main.length / 130) ** 0.4);
  const frame = frameOf(skeleton, main);
  const scale = room / Math.max(frame.right - frame.left, frame.bottom - frame.top, 1);
  skeleton.updateEachNodeAttributes((_, attributes) => ({
    ...attributes,
    x: attributes.x * scale,
    y: attributes.y * scale,
  }));
  const maxIterations = skeleton.order < 3000 ? 150 : 20;
  noverlap.assign(skeleton, { maxIterations, settings: { margin: 6, expansion: 1.05, ratio: 1.15, gridSize: 20 } });
  shelve(skeleton, frameOf(skeleton, main), rest);
}
/** Give the shown graph its positions; deals stand beside the middle of their parties. */
function place(shown, skeleton) {
  shown.updateEachNodeAttributes(
    (id, attributes) => {
      if (!skeleton.hasNode(id)) return attributes;
      const { x, y } = skeleton.getNodeAttributes(id);
      return { ...attributes, x, y };
    },
    { attributes: ["x", "y"] },
  );
  let index = 0;
  shown.forEachNode((id, { type }) => {
    if (type !== "Deal") return;
    const around = shown.filterNeighbors(id, (other) => skeleton.hasNode(other));
    const mean = (axis) => around.reduce((sum, other) => sum + shown.getNodeAttribute(other, axis), 0) / (around.length || 1);
    const angle = index * GOLDEN_ANGLE;
    shown.mergeNodeAttributes(id, { x: mean("x") + 16 * Math.cos(angle), y: mean("y") + 16 * Math.sin(angle) });
    index += 1;
  });
}
