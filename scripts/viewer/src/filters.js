// What is shown: by entity type, status and relation. Each choice is counted given the others.

/** Return the filter of a graph, with `change` called after each choice. */
export function filters(graph, change) {
  const usual = { type: ["Deal"], status: [], relation: [] };
  const off = Object.fromEntries(Object.entries(usual).map(([facet, hidden]) => [facet, new Set(hidden)]));

  const kindsOf = (fact) => ({ type: [fact.source.type, fact.target.type], status: [fact.status], relation: [fact.type] });

  function passes(fact, except) {
    const kinds = kindsOf(fact);
    return Object.entries(off).every(
      ([facet, hidden]) => facet === except || !kinds[facet].some((kind) => kind !== null && hidden.has(kind)),
    );
  }

  const showsFact = (fact) => passes(fact, null);

  /** A node is shown unless its type is off, or the other choices took all of its facts. */
  function showsNode(node) {
    if (off.type.has(node.type)) return false;
    const told = node.facts.filter((fact) => !fact.structure);
    return told.length === 0 || told.some((fact) => passes(fact, "type")) || node.facts.some(showsFact);
  }

  function counts() {
    const found = { type: new Map(), status: new Map(), relation: new Map() };
    const add = (facet, kind) => kind !== null && found[facet].set(kind, (found[facet].get(kind) ?? 0) + 1);
    for (const node of graph.nodes.values()) {
      const told = node.facts.filter((fact) => !fact.structure);
      if (told.length === 0 || told.some((fact) => passes(fact, "type"))) add("type", node.type);
    }
    for (const fact of graph.facts.values()) {
      if (passes(fact, "status")) add("status", fact.status);
      if (passes(fact, "relation")) add("relation", fact.type);
    }
    return found;
  }

  return {
    showsFact,
    showsNode,
    counts,
    isOff: (facet, kind) => off[facet].has(kind),
    set(facet, kind, shown) {
      if (shown) off[facet].delete(kind);
      else off[facet].add(kind);
      change();
    },
    only(facet, kind, all) {
      const alone = all.every((other) => (other === kind) !== off[facet].has(other));
      off[facet] = new Set(alone ? [] : all.filter((other) => other !== kind));
      change();
    },
    /** What differs from the usual view, for the address. */
    save() {
      const chosen = Object.entries(off).map(([facet, hidden]) => [facet, [...hidden].sort().join(".")]);
      return chosen.filter(([facet, hidden]) => hidden !== usual[facet].join("."));
    },
    restore(saved) {
      for (const facet of Object.keys(off)) {
        if (saved.has(facet)) off[facet] = new Set(saved.get(facet).split(".").filter(Boolean));
      }
    },
  };
}
