// Finding a name although it is half typed, or typed wrong.

/** Return text without case, accents and punctuation. */
export function plain(text) {
  return String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Return a function from a query to the best entries of [{item, names}], best first. */
export function searcher(entries, limit = 12) {
  const rows = entries.map(({ item, names, weight }) => ({
    item,
    weight,
    names: names.map((name) => ({ name, plain: plain(name), words: plain(name).split(" ") })),
  }));
  return (query) => {
    const wanted = plain(query);
    if (!wanted) return [];
    const found = [];
    for (const row of rows) {
      let best = null;
      for (const name of row.names) {
        const score = rank(wanted, name);
        if (score > 0 && (!best || score > best.score)) best = { score, name: name.name };
      }
      if (best) found.push({ item: row.item, name: best.name, score: best.score + Math.min(row.weight, 99) / 1000 });
    }
    return found.sort((a, b) => b.score - a.score).slice(0, limit);
  };
}

/** How well a name answers a query: 0 not at all, 6 exactly. */
function rank(wanted, { plain: name, words }) {
  if (name === wanted) return 6;
  if (name.startsWith(wanted)) return 5;
  const asked = wanted.split(" ");
  if (asked.every((part) => words.some((word) => word.startsWith(part)))) return 4;
  if (name.includes(wanted)) return 3;
  let slips = 0;
  for (const part of asked) {
    const slip = Math.min(...words.map((word) => slipsBetween(part, word)));
    if (slip > allowed(part)) return 0;
    slips += slip;
  }
  return 2 - slips / 4;
}

const allowed = (word) => (word.length < 4 ? 0 : word.length < 7 ? 1 : 2);

/** Letters wrong, missing, doubled or swapped between what was typed and the beginning of a word, or the whole word. */
function slipsBetween(typed, word) {
  if (Math.abs(word.length - typed.length) <= 2) {
    const whole = distance(typed, word);
    if (whole <= 2) return whole;
  }
  return word.length > typed.length ? distance(typed, word.slice(0, typed.length)) : 9;
}

function distance(a, b) {
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
