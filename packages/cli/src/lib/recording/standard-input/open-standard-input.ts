import { fstatSync } from "node:fs";
import { CassetteError } from "@cassette/format";

const INPUT = 0;

/** Data for a program from standard input. */
export interface StandardInput {
  /** Begins to read on demand: unread data is left to other processes that share the input. */
  open(): AsyncIterable<Uint8Array>;
  /** Whether it is a device such as /dev/null, whose end needs no warning. */
  readonly isDevice: boolean;
  /** Lets the process end although there may be more data. */
  leave(): void;
}

/**
 * Standard input as data.
 * @throws CassetteError CASSETTE_USAGE if it cannot be read.
 */
export function openStandardInput(): StandardInput {
  const stat = fstatSync(INPUT);
  if (stat.isDirectory()) {
    throw new CassetteError("CASSETTE_USAGE", "Standard input is a directory.", {
      hint: "Use a file, a pipe or, for a program without input, --headless.",
    });
  }
  let isOpen = false;
  return {
    isDevice: stat.isCharacterDevice(),
    open() {
      isOpen = true;
      return process.stdin.iterator({ destroyOnReturn: false });
    },
    leave() {
      if (!isOpen) return;
      process.stdin.pause();
      // A file has no handle to unreference.
      process.stdin.unref?.();
    },
  };
}
