// ForceAtlas2 in a worker: fixed steps from a fixed start, so that a file looks the same on every machine.

import iterate from "graphology-layout-forceatlas2/iterate.js";

const EVERY_MS = 200;

self.onmessage = ({ data: { nodes, edges, steps } }) => {
  let shown = Date.now();
  for (const settings of steps) {
    iterate(settings, nodes, edges);
    if (Date.now() - shown > EVERY_MS) {
      self.postMessage({ nodes: nodes.slice(), done: false });
      shown = Date.now();
    }
  }
  self.postMessage({ nodes, done: true });
};
