// Copies the pinned browser assets into static/ with their licences and a manifest of hashes; --check only compares.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const statics = join(here, "..", "static");
const pinned = JSON.parse(readFileSync(join(here, "package.json"), "utf8")).dependencies;

const copies = {
  "vendor/htmx.min.js": ["htmx.org", "dist/htmx.min.js"],
  "vendor/sortable.min.js": ["sortablejs", "Sortable.min.js"],
};
for (const subset of ["latin", "latin-ext"]) {
  copies[`fonts/atkinson-hyperlegible-next-${subset}-wght-normal.woff2`] =
    ["@fontsource-variable/atkinson-hyperlegible-next", `files/atkinson-hyperlegible-next-${subset}-wght-normal.woff2`];
  copies[`fonts/fraunces-${subset}-opsz-normal.woff2`] =
    ["@fontsource-variable/fraunces", `files/fraunces-${subset}-opsz-normal.woff2`];
}

// A named but absent source map stops Django's manifest storage.
const withoutMap = (text) => text.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, "").trimEnd() + "\n";
const sha256 = (content) => createHash("sha256").update(content).digest("hex");

function read(name, file) {
  const content = readFileSync(join(modules, name, file));
  return file.endsWith(".js") ? withoutMap(content.toString()) : content;
}

function licence(name) {
  const installed = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
  if (installed.version !== pinned[name]) throw new Error(`${name}: ${installed.version} is installed, ${pinned[name]} is pinned`);
  return `==== ${name} ${installed.version} (${installed.license})\n\n${readFileSync(join(modules, name, "LICENSE"), "utf8").trim()}\n`;
}

const files = {};
for (const [path, [name, file]] of Object.entries(copies)) files[path] = read(name, file);
for (const folder of ["vendor", "fonts"]) {
  const names = new Set(Object.entries(copies).filter(([path]) => path.startsWith(folder)).map(([, [name]]) => name));
  files[`${folder}/LICENCES.txt`] = [...names].map(licence).join("\n");
}
const hashes = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, sha256(content)]));
files["vendor/MANIFEST.json"] = JSON.stringify({ packages: pinned, sha256: hashes }, null, 2) + "\n";

if (process.argv.includes("--check")) {
  const differ = Object.entries(files)
    .filter(([path, content]) => !existsSync(join(statics, path)) || sha256(readFileSync(join(statics, path))) !== sha256(content))
    .map(([path]) => path);
  if (differ.length) {
    console.error(`These differ from the pinned packages: ${differ.join(", ")}`);
    process.exit(1);
  }
  console.log("static/vendor and static/fonts are what vendor/package-lock.json pins");
} else {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(statics, path)), { recursive: true });
    writeFileSync(join(statics, path), content);
    console.log(`${String(Buffer.byteLength(content)).padStart(7)}  static/${path}`);
  }
}
