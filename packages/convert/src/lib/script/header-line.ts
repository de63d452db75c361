import type { RecordingFacts } from "../recording/recording.js";

/** What the first line of a typescript says: `Script started on DATE [NAME="VALUE" …]`. */
export function factsInHeader(line: string): Pick<RecordingFacts, "startedAtMs" | "term"> & Sides {
  const [, date = "", fields = ""] = /^Script started on ([^[]*)(?:\[(.*)\])?/.exec(line) ?? [];
  const startedAtMs = Date.parse(date.trim());
  const named = Object.fromEntries(
    [...fields.matchAll(/([A-Z_]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  return {
    ...(startedAtMs > 0 && { startedAtMs }),
    ...(named.TERM && { term: named.TERM }),
    cols: numberOf(named.COLUMNS),
    rows: numberOf(named.LINES),
  };
}

/** A size whose sides may be unknown. */
export interface Sides {
  cols: number | undefined;
  rows: number | undefined;
}

/** The exit status in the last line: `Script done on DATE [COMMAND_EXIT_CODE="0"]`; null for any other text. */
export function exitInFooter(text: string): { code?: number } | null {
  const [footer, status] =
    /^\r?\n?Script done on [^\n]*?(?:COMMAND_EXIT_CODE="(\d{1,9})"[^\n]*)?\n*$/.exec(text) ?? [];
  if (footer === undefined) return null;
  return status === undefined ? {} : { code: Number(status) };
}

/** Whether a line is a typescript's first. */
export function isHeaderLine(line: string): boolean {
  return line.startsWith("Script started on ");
}

export function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
