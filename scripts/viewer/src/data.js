// From the rows in the page to a graph: entities and the facts between them, with the evidence apart.

/** Return {meta, nodes, facts, claims, documents} from the parsed JSON. */
export function readGraph(raw) {
  const graph = { meta: raw.meta, nodes: new Map(), facts: new Map(), claims: new Map(), documents: new Map() };
  for (const [id, type, props] of raw.nodes) addNode(graph, id, type, props);
  for (const [id, type, source, target, props] of raw.edges) addEdge(graph, id, type, source, target, props);
  for (const claim of graph.claims.values()) claim.withdrawnBy = graph.documents.get(claim.props.withdrawn_by) ?? null;
  for (const fact of graph.facts.values()) {
    graph.nodes.get(fact.props.deal)?.told.push(fact);
    const ids = fact.props.claims ?? [];
    for (const id of ids) graph.claims.get(id)?.facts.push(fact);
    fact.withdrawn = ids.length > 0 && ids.every((id) => graph.claims.get(id)?.withdrawn);
  }
  return graph;
}

function addNode(graph, id, type, props) {
  if (type === "Claim") {
    const withdrawn = Boolean(props.withdrawn_by);
    graph.claims.set(id, { id, props, document: null, facts: [], weak: isWeak(graph, props), withdrawn });
  }
  else if (type === "Document") graph.documents.set(id, { id, props, claims: 0 });
  else if (!graph.meta.records.includes(type)) {
    graph.nodes.set(id, { id, type, props, name: nameOf(id, props), facts: [], claims: [], documents: [], told: [] });
  }
}

function nameOf(id, props) {
  return String(props.name || props.title || id);
}

function addEdge(graph, id, type, from, to, props) {
  const source = graph.nodes.get(from);
  const target = graph.nodes.get(to);
  const claim = graph.claims.get(from);
  if (source && target) addFact(graph, { id, type, source, target, props, structure: graph.meta.structures.includes(type) });
  else if (claim && type === "STATED_IN") {
    claim.document = graph.documents.get(to) ?? null;
    if (claim.document) claim.document.claims += 1;
  } else if (claim && target) target.claims.push({ claim, as: type });
  else if (type === "MENTIONS" && target && graph.documents.has(from)) target.documents.push(graph.documents.get(from));
}

function addFact(graph, fact) {
  fact.status = fact.structure ? null : (fact.props.status ?? "asserted");
  fact.weak = isWeak(graph, fact.props);
  graph.facts.set(fact.id, fact);
  fact.source.facts.push(fact);
  if (fact.target !== fact.source) fact.target.facts.push(fact);
}

/** Say whether what has these properties is to be marked as weakly read. */
function isWeak(graph, { confidence }) {
  return typeof confidence === "number" && confidence < graph.meta.weak;
}

/** Return the words for what makes a claim, or all claims behind a fact, doubtful. */
export const doubts = (told) => ["weak", "withdrawn"].filter((word) => told[word]);

/** Return the claims behind a fact that this page holds, newest first. */
export function claimsOf(graph, fact) {
  const found = (fact.props.claims ?? []).map((id) => graph.claims.get(id)).filter(Boolean);
  return found.sort((a, b) => String(b.props.published ?? "").localeCompare(String(a.props.published ?? "")));
}

/** Return the latest day that anything in the page was reported, or null. */
export function asOf(graph) {
  let latest = "";
  for (const fact of graph.facts.values()) latest = later(latest, fact.props.last_reported);
  for (const document of graph.documents.values()) latest = later(latest, document.props.published);
  return latest || null;
}

const later = (one, other) => (typeof other === "string" && other > one ? other : one);
