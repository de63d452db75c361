import { createRequire } from "node:module";

/** The library in one file, made by the build; undefined in unbuilt code. */
declare const __COMMANDER__: string | undefined;

// The library is CommonJS: `require` takes half the time of an import, and a quarter from one file. Every start pays for it.
const library: typeof import("commander") = createRequire(import.meta.url)(
  typeof __COMMANDER__ === "string" ? __COMMANDER__ : "commander",
);

export const { Argument, Command, CommanderError, InvalidArgumentError, Option } = library;
export type Command = import("commander").Command;
export type Option = import("commander").Option;
