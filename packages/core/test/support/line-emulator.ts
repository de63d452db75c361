import type { Emulator, TerminalSize } from "@cassette/format";

/** The simplest thing that is an emulator: the last lines of what it was fed. */
export function createLineEmulator({ rows, cols }: TerminalSize): Emulator {
  let size = { Rows: rows, Cols: cols };
  let fed = "";
  return {
    identity: { name: "lines", version: "1" },
    pendingBytes: 0,
    synchronized: false,
    async feed(bytes) {
      fed += Buffer.from(bytes).toString("latin1");
    },
    resize(next) {
      size = { Rows: next.rows, Cols: next.cols };
    },
    snapshot: () => ({
      size,
      text: fed.split("\n").slice(-size.Rows),
      cursor: { Row: 0, Col: 0, Visible: true },
      title: "",
      alternate: false,
    }),
    takeReplies: () => [],
    close() {},
  };
}
