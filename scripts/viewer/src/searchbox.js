// The search box: a combobox that finds names and walks them with the arrow keys.

import { byId, h } from "./dom.js";
import { swatch } from "./legend.js";
import { searcher } from "./search.js";

/** Wire the search box to the graph's names; `go` is called with the choice. */
export function createSearch(graph, go) {
  const [input, list] = [byId("search"), byId("found")];
  const find = searcher(
    [...graph.nodes.values()].map((node) => ({
      item: node,
      names: [node.name, ...(Array.isArray(node.props.aliases) ? node.props.aliases : []), node.id],
      weight: node.facts.length,
    })),
  );
  let hits = [];
  let at = 0;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    if (!hits[index]) return;
    close();
    input.value = "";
    go("node", hits[index].item.id, { focus: true });
  };

  const mark = () => {
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    if (hits.length) input.setAttribute("aria-activedescendant", `found-${at}`);
  };

  const show = () => {
    hits = find(input.value);
    at = 0;
    const none = input.value.trim() && !hits.length ? [h("li", { class: "none" }, "No such name")] : [];
    list.replaceChildren(...hits.map((hit, index) => option(hit, index)), ...none);
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };

  function option({ item, name }, index) {
    const also = name !== item.name && name !== item.id && h("small", {}, ` ${name}`);
    const text = h("span", { class: "text" }, item.name, also);
    const pick = (event) => (event.preventDefault(), choose(index));
    return h("li", { role: "option", id: `found-${index}`, onmousedown: pick }, swatch(graph.meta, item.type), text, h("small", {}, item.type));
  }

  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % Math.max(1, hits.length);
      mark();
    } else if (event.key === "Enter") choose(at);
    else if (event.key === "Escape") {
      event.stopPropagation();
      if (input.value) input.value = "";
      else input.blur();
      close();
    }
  });
}
