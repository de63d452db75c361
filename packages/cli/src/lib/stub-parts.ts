import { readFileSync } from "node:fs";

/** Put in by the build: the versions of the packages that `stub-in-one.cjs` is made of. */
declare const __STUB_PARTS__: Record<string, string> | undefined;

/** Whether the packages that are installed are those that `stub-in-one.cjs` is made of: one may have been released since. */
export function areStubPartsInstalled(): boolean {
  if (typeof __STUB_PARTS__ !== "object") return false;
  return Object.entries(__STUB_PARTS__).every(([name, version]) => {
    try {
      const manifest = readFileSync(require.resolve(`${name}/package.json`), "utf8");
      return (JSON.parse(manifest) as { version: string }).version === version;
    } catch {
      return false;
    }
  });
}
