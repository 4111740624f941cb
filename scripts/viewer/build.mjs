// Bundles the viewer into kg/export/viewer: one script, one style sheet, the page, the licences, and their hashes.
//   npm ci && npm run build

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "..", "kg", "export", "viewer");
const options = { bundle: true, minify: true, format: "iife", target: "es2021", legalComments: "none", write: false, charset: "utf8" };

/** `import code from "worker:./file.js"` gives the bundled text of a worker. */
const workers = {
  name: "workers",
  setup(builder) {
    builder.onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice("worker:".length)),
      namespace: "worker",
    }));
    builder.onLoad({ filter: /./, namespace: "worker" }, async ({ path }) => {
      const { outputFiles } = await build({ ...options, entryPoints: [path] });
      return { contents: outputFiles[0].text, loader: "text" };
    });
  },
};

const script = await build({ ...options, entryPoints: [join(here, "src", "main.js")], plugins: [workers], metafile: true });
const style = await build({ ...options, entryPoints: [join(here, "src", "viewer.css")] });
const files = {
  "viewer.js": script.outputFiles[0].text,
  "viewer.css": style.outputFiles[0].text,
  "page.html": await readFile(join(here, "src", "page.html"), "utf8"),
  "LICENSES.txt": await licences(Object.keys(script.metafile.inputs)),
};
for (const [name, text] of Object.entries(files)) await writeFile(join(target, name), text);

const sources = {};
for (const name of (await readdir(join(here, "src"))).sort()) sources[name] = hash(await readFile(join(here, "src", name)));
const bundled = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, hash(text)]));
await writeFile(join(target, "hashes.json"), `${JSON.stringify({ bundled, sources }, null, 2)}\n`);
for (const [name, text] of Object.entries(files)) console.log(`${(Buffer.byteLength(text) / 1024).toFixed(1).padStart(7)} KB  ${name}`);

function hash(content) {
  return createHash("sha256").update(content).digest("hex");
}

/** The licence text of every package that is in the bundle. */
async function licences(inputs) {
  const packages = [...new Set(inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean))].sort();
  packages.push("graphology-layout-forceatlas2");
  const texts = [];
  for (const name of [...new Set(packages)].sort()) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name}: no licence text`);
    texts.push(`${name} ${version} (${license})\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`);
  }
  return `The file viewer.js holds these packages.\n\n${texts.join(`\n${"-".repeat(72)}\n\n`)}`;
}
