#!/usr/bin/env node
// Writes the repository's address into the manifests of all published packages. A forge's runner passes it, so that the
// repository itself contains no address. Usage: node tools/release/name-repository.mjs https://FORGE/OWNER/NAME
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifestOf, publicPackages } from "../pack.mjs";

const [url] = process.argv.slice(2);
if (!URL.canParse(url ?? "")) {
  console.error("usage: node tools/release/name-repository.mjs https://FORGE/OWNER/NAME");
  process.exit(2);
}
const root = dirname(dirname(import.meta.dirname));
for (const name of publicPackages()) {
  const directory = `packages/${name}`;
  const manifest = { ...manifestOf(name), repository: { type: "git", url: `git+${url}.git`, directory } };
  writeFileSync(join(root, directory, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
