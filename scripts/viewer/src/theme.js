// Colours for the canvas, read from the style sheet, so that light and dark are said in one place.

/** Return the current colours. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    page: read("--page"),
    text: read("--text"),
    quiet: read("--quiet"),
    edge: read("--edge"),
    faint: read("--faint"),
    accent: read("--accent"),
    warn: read("--warn"),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** Mix two #rrggbb colours: `share` of the second. */
export function mix(one, other, share) {
  const parts = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const [a, b] = [parts(one), parts(other)];
  return "#" + a.map((value, i) => Math.round(value * (1 - share) + b[i] * share).toString(16).padStart(2, "0")).join("");
}

/** Call when light turns to dark or back. */
export function onThemeChange(call) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", call);
}
