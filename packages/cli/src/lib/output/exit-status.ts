import type { CassetteErrorCode } from "@cassette/format";
import { ERROR_TABLE } from "../errors/error-table.js";

/** The command's exit statuses. `128 + n` means signal n. */
export const EXIT = {
  success: 0,
  /** The check has a negative result: invalid, different, not found. */
  negative: 1,
  usage: 2,
  /** A failure: program, disk, lock, platform. */
  failure: 3,
  /** The program ran, and no cassette was made. */
  notMade: 4,
} as const;

/** How an error decides the exit status. */
export type ExitKind = Exclude<keyof typeof EXIT, "success">;

/** The status of a stub whose driver's input differs from the recording. */
export const STUB_FAILED = 86;

/** The exit status for an error code. */
export function exitStatusOf(code: CassetteErrorCode): number {
  return EXIT[ERROR_TABLE[code].exit];
}
