// How types, predicates, numbers and dates read.

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const HIDDEN = new Set(
  ("id name title key aliases known documents claims status current stage confidence sources kinds disputed deal facility_id " +
    "chip_id first_reported last_reported ended_as unallocated").split(" "),
);

/** Return the words of an ontology: what the page says for its names. */
export function wording(meta) {
  const valued = { ...meta.attributes, ...meta.qualifiers };

  /** A relationship type in words, read from its subject or, if `inverse`, from its object. */
  function phrase(type, inverse = false) {
    const known = meta.predicates[type];
    if (known) return inverse ? known.inverse : known.label;
    const plain = type.replaceAll("_", " ").toLowerCase();
    return inverse ? { "party to": "party", covers: "covered by" }[plain] ?? `${plain} (of)` : plain;
  }

  /** Whether two ends are alike, so that no arrow is drawn. */
  const symmetric = (type) => Boolean(meta.predicates[type]?.symmetric);

  /** A property's name in words. */
  const label = (name) => valued[name]?.label ?? name.replace(/_(mw|usd)$/, "").replaceAll("_", " ").replace(/^it\b/, "IT");

  /** The unit of a property: that of the ontology, or told by the name's end. */
  const unit = (name) => valued[name]?.unit ?? (/_mw$/.test(name) ? "MW" : /_usd$/.test(name) ? "USD" : null);

  /** A value with its unit: 11.9e9 of USD → "$11.9 billion". */
  function quantity(name, value) {
    if (Array.isArray(value)) return value.map((item) => quantity(name, item)).join(", ");
    if (typeof value !== "number") return isDate(value) ? day(value) : spoken(value);
    const of = unit(name);
    if (of === "USD") return `$${large(value)}`;
    if (of === "%") return `${number(value)}%`;
    if (of === "years" && value === 1) return "1 year";
    return of ? `${number(value)} ${of}` : number(value);
  }

  /** The qualifiers of a fact as short texts: ["up to 300 MW", "$11.9 billion", "5 years", "Monolith 1"]. */
  function qualifiers(props) {
    const found = [];
    for (const name of Object.keys(meta.qualifiers)) {
      if (props[name] === undefined) continue;
      const bound = props[`${name.split("_")[0]}_bound`];
      found.push((bound && bound !== "range" ? `${bound} ` : "") + quantity(name, props[name]));
    }
    if (props.role) found.push(String(props.role));
    return found;
  }

  /** The properties of a node worth a line: [label, text], its housekeeping left out. */
  function details(props) {
    const rows = [];
    for (const [name, value] of Object.entries(props)) {
      if (HIDDEN.has(name) || /_(status|as_of|bound|disputed)$/.test(name) || value === "") continue;
      const bound = props[`${name}_bound`] ?? props[`${name.split("_")[0]}_bound`];
      const asOf = props[`${name}_as_of`];
      const text = (bound && typeof value === "number" ? `${bound} ` : "") + quantity(name, value);
      const notes = [props[`${name}_status`], asOf && `as of ${day(asOf)}`, props[`${name}_disputed`] && "disputed"];
      rows.push([label(name), text, notes.filter(Boolean).join(", ")]);
    }
    return rows;
  }

  return { phrase, symmetric, label, quantity, qualifiers, details };
}

/** A number as people write it. */
export const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 2 });

function large(value) {
  for (const [size, word] of [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]]) {
    if (Math.abs(value) >= size) return `${number(value / size)} ${word}`;
  }
  return number(value);
}

/** A word of a closed list without its underscores: "ai_lab" → "AI lab". */
const spoken = (value) => (/^[a-z]+(_[a-z]+)+$/.test(value) ? value.replaceAll("_", " ").replace(/^ai\b/, "AI") : String(value));

const isDate = (value) => typeof value === "string" && /^\d{4}-\d{2}(-\d{2})?$/.test(value);

/** An ISO date of any precision as people write it: "7 May 2026", "May 2026", "2026". */
export function day(value) {
  const [, year, month, date] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(String(value)) ?? [];
  if (!year) return String(value);
  return [date && Number(date), month && (MONTHS[Number(month) - 1] ?? month), year].filter(Boolean).join(" ");
}

/** "1 fact", "2 facts". */
export const count = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

/** When a fact was reported: one day, or the first and the last. */
export function reported(props) {
  const { first_reported: first, last_reported: last } = props;
  if (!first && !last) return "";
  return !first || !last || first === last ? day(first ?? last) : `${day(first)} – ${day(last)}`;
}
