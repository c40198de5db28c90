// Copies the few front-end files that the monitor serves from node_modules to the static folder, with a checksum
// manifest. Needs `npm ci --ignore-scripts` first; needs no network. Run again: nothing changes, nothing is written.
//
//   node scripts/build_static.mjs

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const target = join(root, "monitor", "base", "static", "vendor");

const FONT_WEIGHTS = ["400", "500", "600", "700"];
const FONT_SUBSETS = ["latin", "latin-ext"];

// Plotly ships its locales as CommonJS; a browser without a bundler needs them registered.
const asRegisteredLocale = (source) =>
  `(function () {\nvar module = { exports: {} };\n${source.replace("Dowload", "Download")}\n` +
  `if (window.Plotly) { window.Plotly.register(module.exports); }\n})();\n`;

const sources = [
  { from: "plotly.js-basic-dist-min/plotly-basic.min.js", to: "plotly/plotly-basic.min.js" },
  { from: "plotly.js-basic-dist-min/LICENSE", to: "plotly/LICENSE" },
  { from: "plotly.js-locales/nl.js", to: "plotly/plotly-locale-nl.js", change: asRegisteredLocale },
  { from: "@rijkshuisstijl-community/components-css/dist/index.css", to: "components/components.css" },
  { from: "@rijkshuisstijl-community/components-css/LICENSE.md", to: "components/LICENSE.md" },
  { from: "@fontsource/fira-sans/LICENSE", to: "fonts/LICENSE" },
  ...FONT_WEIGHTS.flatMap((weight) =>
    FONT_SUBSETS.map((subset) => ({
      from: `@fontsource/fira-sans/files/fira-sans-${subset}-${weight}-normal.woff2`,
      to: `fonts/fira-sans-${subset}-${weight}.woff2`,
    })),
  ),
];

const fail = (message) => {
  console.error(message);
  process.exit(2);
};

const checksum = (bytes) => createHash("sha256").update(bytes).digest("hex");

const version = (path) => {
  const name = path.startsWith("@") ? path.split("/").slice(0, 2).join("/") : path.split("/")[0];
  return `${name}@${JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version}`;
};

const produce = ({ from, change }) => {
  const path = join(modules, from);
  if (!existsSync(path)) {
    fail(`Het bestand ${from} ontbreekt in node_modules. Voer eerst uit: npm ci --ignore-scripts`);
  }
  const bytes = readFileSync(path);
  return change ? Buffer.from(change(bytes.toString("utf8")), "utf8") : bytes;
};

// A reader never sees half a file: write beside it, then rename.
const writeWhenChanged = (path, bytes) => {
  if (existsSync(path) && statSync(path).size === bytes.length && readFileSync(path).equals(bytes)) return false;
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}.tmp`;
  writeFileSync(fresh, bytes);
  renameSync(fresh, path);
  return true;
};

const filesUnder = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    : [];

let written = 0;
const manifest = {};
for (const source of sources) {
  const bytes = produce(source);
  if (writeWhenChanged(join(target, source.to), bytes)) written += 1;
  manifest[source.to] = { package: version(source.from), sha256: checksum(bytes), bytes: bytes.length };
}

const wanted = new Set([...Object.keys(manifest), "manifest.json"]);
for (const path of filesUnder(target)) {
  if (!wanted.has(relative(target, path).split(sep).join("/"))) rmSync(path);
}
const listing = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
writeWhenChanged(join(target, "manifest.json"), Buffer.from(`${JSON.stringify(listing, null, 2)}\n`, "utf8"));
console.log(
  written === 0
    ? `Front-endbestanden: ${sources.length} bestanden, niets gewijzigd.`
    : `Front-endbestanden: ${sources.length} bestanden, ${written} bijgewerkt.`,
);
