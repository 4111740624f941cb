// What hangs together, and where the small pieces go: in rows below the large one, instead of a ring around it.

const GAP = 34;
const NAME = 96;

/** Return the connected pieces of a graph as lists of ids, the largest first. */
export function pieces(graph) {
  const seen = new Set();
  const found = [];
  graph.forEachNode((start) => {
    if (seen.has(start)) return;
    seen.add(start);
    const piece = [start];
    for (const id of piece) {
      graph.forEachNeighbor(id, (other) => {
        if (seen.has(other)) return;
        seen.add(other);
        piece.push(other);
      });
    }
    found.push(piece);
  });
  return found.sort((a, b) => b.length - a.length);
}

/** Return the box around some nodes. */
export function frameOf(graph, ids) {
  const frame = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const id of ids) {
    const { x, y } = graph.getNodeAttributes(id);
    frame.left = Math.min(frame.left, x);
    frame.right = Math.max(frame.right, x);
    frame.top = Math.min(frame.top, y);
    frame.bottom = Math.max(frame.bottom, y);
  }
  return frame;
}

/** Set the small pieces in rows below (smaller y is lower) the frame of the large one. */
export function shelve(graph, frame, small) {
  const wide = Math.max(frame.right - frame.left, 600);
  const start = (frame.left + frame.right) / 2 - wide / 2;
  let [x, y, row] = [0, frame.top - 2 * GAP, 0];
  for (const piece of small) {
    const box = shrunk(graph, piece);
    const [w, h] = [box.right - box.left + NAME, box.bottom - box.top + GAP];
    if (x + w > wide && x > 0) [x, y, row] = [0, y - row, 0];
    for (const id of piece) {
      graph.updateNodeAttributes(id, (at) => ({ ...at, x: start + x + at.x - box.left, y: y - (at.y - box.top) }));
    }
    x += w;
    row = Math.max(row, h);
  }
}

/** Pull a piece together if the layout stretched it, and return its box. */
function shrunk(graph, piece) {
  const box = frameOf(graph, piece);
  const size = Math.max(box.right - box.left, box.bottom - box.top);
  const wanted = 60 * Math.sqrt(piece.length - 1);
  if (size > wanted) {
    const scale = wanted / size;
    for (const id of piece) graph.updateNodeAttributes(id, (at) => ({ ...at, x: at.x * scale, y: at.y * scale }));
  }
  return frameOf(graph, piece);
}
