// Hovering, clicking and dragging on the canvas.

/** Wire the pointer; `on.node`, `on.edge`, `on.nothing`, `on.hint` and `on.redraw` are called. */
export function pointer(sigma, drawn, state, on) {
  let dragged = null;
  let moved = false;

  const hover = (kind, id) => {
    if (state.hovered?.id === id) return;
    state.hovered = id ? { kind, id } : null;
    sigma.getContainer().style.cursor = id ? "pointer" : "";
    on.hint(state.hovered);
    on.redraw();
  };
  sigma.on("enterNode", ({ node }) => hover("node", node));
  sigma.on("leaveNode", () => !dragged && hover(null, null));
  sigma.on("enterEdge", ({ edge }) => hover("edge", edge));
  sigma.on("leaveEdge", () => hover(null, null));
  sigma.on("leaveStage", () => hover(null, null));

  sigma.on("clickNode", ({ node }) => !moved && on.node(node));
  sigma.on("clickEdge", ({ edge }) => on.edge(edge));
  sigma.on("clickStage", () => on.nothing());

  sigma.on("downNode", ({ node }) => {
    dragged = node;
    moved = false;
    if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
  });
  sigma.on("moveBody", ({ event }) => {
    if (!dragged) return;
    moved = true;
    const { x, y } = sigma.viewportToGraph(event);
    drawn.mergeNodeAttributes(dragged, { x, y });
    event.preventSigmaDefault();
    event.original.preventDefault();
    event.original.stopPropagation();
  });
  const drop = () => {
    dragged = null;
    setTimeout(() => (moved = false));
  };
  sigma.on("upNode", drop);
  sigma.on("upStage", drop);
}
