// Names on the canvas: the larger first, beside their node where there is room, never over each other.

const CELL = 48;

/** Return a function that draws the labels of sigma's current frame onto a context. */
export function labeller(sigma, colours) {
  const widths = new Map();

  function widthOf(context, font, text) {
    const key = font + text;
    if (!widths.has(key)) {
      context.font = font;
      widths.set(key, context.measureText(text).width);
    }
    return widths.get(key);
  }

  /** Draw the names of `ids`, which come largest first; returns what they cover. */
  return function draw(context, ids, { chosen, forced, quiet }) {
    const theme = colours();
    const { width } = sigma.getDimensions();
    const shown = inView(sigma, ids);
    const [taken, discs] = [grid(), grid()];
    for (const { x, y, radius } of shown) if (radius > 2) discs.add(around(x, y, radius));
    for (const [rank, { id, data, x, y, radius }] of shown.entries()) {
      const must = forced.has(id);
      if (!must && (quiet || data.faded || data.discreet || radius < 2)) continue;
      const size = Math.round(Math.min(16, Math.max(11, 8.5 + radius * 0.42)));
      const font = `${id === chosen || radius > 12 ? 650 : 450} ${size}px ${theme.font}`;
      const text = data.label.length > 42 ? `${data.label.slice(0, 40)}…` : data.label;
      const wide = widthOf(context, font, text);
      const boxes = places(x, y, radius + 4, wide, size);
      const large = must || rank < 20;
      const inside = boxes.filter(({ left, right }) => left > 0 && right < width);
      const open = (box) => taken.free(box) && discs.free(box);
      const box = inside.find(open) ?? (large ? inside.find(taken.free) : null) ?? (must ? boxes[0] : null);
      if (!box) continue;
      taken.add(box);
      if (large) taken.add(around(x, y, radius));
      write(context, font, text, box, theme, must);
    }
    return taken;
  };
}

/** The nodes on the screen, with their place and radius in pixels. */
function inView(sigma, ids) {
  const { width, height } = sigma.getDimensions();
  const shown = [];
  for (const id of ids) {
    const data = sigma.getNodeDisplayData(id);
    if (!data || data.hidden) continue;
    const { x, y } = sigma.framedGraphToViewport(data);
    if (x > -80 && y > -20 && x < width + 80 && y < height + 20) shown.push({ id, data, x, y, radius: sigma.scaleSize(data.size) });
  }
  return shown;
}

const around = (x, y, radius) => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius });

/** Where a label may stand: right, left, below, above. */
function places(x, y, gap, wide, size) {
  const box = (left, top) => ({ left, top, right: left + wide, bottom: top + size });
  return [
    box(x + gap, y - size / 2),
    box(x - gap - wide, y - size / 2),
    box(x - wide / 2, y + gap - 1),
    box(x - wide / 2, y - gap - size + 1),
  ];
}

function write(context, font, text, box, theme, must) {
  context.font = font;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = must ? 5 : 3.5;
  context.strokeStyle = theme.page;
  const middle = (box.top + box.bottom) / 2 + 0.5;
  context.strokeText(text, box.left, middle);
  context.fillStyle = theme.text;
  context.fillText(text, box.left, middle);
}

/** Boxes by the cells that they touch. */
function grid() {
  const cells = new Map();
  function* touched({ left, top, right, bottom }) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) yield `${x},${y}`;
    }
  }
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    add(box) {
      for (const cell of touched(box)) {
        if (cells.has(cell)) cells.get(cell).push(box);
        else cells.set(cell, [box]);
      }
    },
    free(box) {
      for (const cell of touched(box)) {
        if (cells.get(cell)?.some((other) => meet(box, other))) return false;
      }
      return true;
    },
  };
}

/** Write what an edge says at its middle, where there is room. */
export function writeEdge(context, sigma, edge, text, theme, taken) {
  const [source, target] = edge.ends.map((id) => sigma.framedGraphToViewport(sigma.getNodeDisplayData(id)));
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  const curve = edge.curve ?? 0;
  const [x, y] = [(source.x + target.x) / 2 + (dy * curve) / 2, (source.y + target.y) / 2 - (dx * curve) / 2];
  context.font = `11px ${theme.font}`;
  const wide = context.measureText(text).width;
  const box = { left: x - wide / 2 - 5, top: y - 9, right: x + wide / 2 + 5, bottom: y + 9 };
  if (Math.hypot(dx, dy) < wide * 0.8 || !taken.free(box)) return;
  taken.add(box);
  context.fillStyle = theme.page;
  context.beginPath();
  context.roundRect(box.left, box.top, wide + 10, 18, 9);
  context.fill();
  context.fillStyle = theme.quiet;
  context.textBaseline = "middle";
  context.fillText(text, x - wide / 2, y + 0.5);
}
