// Choosing a claim marks it in the text. Without this script the page still shows text, names and claims with quotes.
"use strict";
const claims = [...document.querySelectorAll(".claim")];
const text = document.getElementById("text");
const marksOf = new Map(claims.map((claim) => [claim, JSON.parse(claim.dataset.marks)]));
const ROLES = ["evidence", "subject", "object", "trigger", "value"];
let marked = [];

/** Mark the pieces of a claim by role and bring its evidence into view. */
function show(claim) {
  for (const piece of marked) piece.classList.remove(...ROLES);
  marked = [];
  for (const role of ROLES)
    for (const [first, last] of marksOf.get(claim)?.[role] ?? [])
      for (let number = first; number <= last; number++) {
        const piece = document.getElementById(`p${number}`);
        piece.classList.add(role);
        marked.push(piece);
      }
  document.body.classList.toggle("chosen", Boolean(claim));
  if (!claim) return;
  marked[0]?.scrollIntoView({ block: "center" });
  claim.scrollIntoView({ block: "nearest" });
}

function choose(claim) {
  for (let place = claim.parentElement; place; place = place.parentElement) if (place.id === "dropped") place.open = true;
  claim.open = true;
  claim.firstElementChild.focus({ preventScroll: true });
}

for (const claim of claims)
  claim.addEventListener("toggle", () => {
    if (claim.open) for (const other of claims) other.open = other === claim;
    if (claim.open || !claims.some((other) => other.open)) show(claim.open ? claim : null);
  });

document.addEventListener("keydown", (event) => {
  const open = claims.find((claim) => claim.open);
  if (event.key === "Escape" && open) {
    open.open = false;
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = event.target.closest?.(".claim");
  if (!step || !at) return;
  const listed = claims.filter((claim) => claim.checkVisibility());
  const next = listed[listed.indexOf(at) + step];
  if (!next) return;
  event.preventDefault();
  choose(next);
});

// A click in the text goes through the claims whose evidence is there.
text.addEventListener("click", (event) => {
  const piece = event.target.closest("[id^=p]");
  if (!piece || String(getSelection())) return;
  const number = Number(piece.id.slice(1));
  const there = claims.filter(
    (claim) => !claim.parentElement.hidden && !claim.closest("#dropped") && (marksOf.get(claim).evidence ?? []).some(([first, last]) => first <= number && number <= last),
  );
  if (there.length) choose(there[(there.findIndex((claim) => claim.open) + 1) % there.length]);
});

// What is shown: names by type, their types in words, claims by status and strength.
for (const box of document.querySelectorAll(".legend input[data-type]"))
  box.addEventListener("change", () => {
    for (const mark of text.querySelectorAll("mark")) if (mark.dataset.type === box.dataset.type) mark.classList.toggle("off", !box.checked);
  });
const labels = document.getElementById("labels");
labels.addEventListener("change", () => document.body.classList.toggle("labels", labels.checked));

const status = document.getElementById("status");
const weak = document.getElementById("weak");
const counts = document.getElementById("counts");
const all = counts.textContent;
function filter() {
  let shown = 0;
  const listed = claims.filter((claim) => !claim.closest("#dropped"));
  for (const claim of listed) {
    const fits = (!status.value || claim.dataset.status === status.value) && (weak.checked || !claim.classList.contains("weak"));
    claim.parentElement.hidden = !fits;
    if (!fits) claim.open = false;
    shown += fits;
  }
  counts.textContent = shown === listed.length ? all : `${shown} of ${listed.length} claims`;
}
status.addEventListener("change", filter);
weak.addEventListener("change", filter);

const early = claims.find((claim) => claim.open);
if (early) show(early); // opened before this script was there
