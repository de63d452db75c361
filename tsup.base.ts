import type { Options } from "tsup";

/** What every package's build shares; a package adds its entries. Declarations come from `tsc`. */
export const base: Options = {
  format: "esm",
  target: "node20",
  platform: "node",
  sourcemap: true,
  clean: true,
  dts: false,
  splitting: true,
  silent: true,
};
