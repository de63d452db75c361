/** Compares the cursor column that the user's terminal reports with that of the frames. */
export interface CursorCheck {
  /** Receives a reply that the recording's own emulator would have sent. */
  drawn(reply: Uint8Array): void;
  /** Receives input from the terminal. */
  answered(bytes: Uint8Array): void;
  /** How often the two columns differed. Rows are not compared: a terminal need not have started with an empty screen. */
  readonly differences: number;
}

/** CPR and DECXCPR. */
const CURSOR_REPORTS = /\x1b\[\??\d+;(\d+)(?:;\d+)?R/g;

/** Makes a check for a recording from its start: both answer the same queries in the same order. */
export function createCursorCheck(): CursorCheck {
  const drawn: number[] = [];
  const answered: number[] = [];
  let differences = 0;

  function take(bytes: Uint8Array, into: number[]): void {
    for (const [, col] of Buffer.from(bytes).toString("latin1").matchAll(CURSOR_REPORTS))
      into.push(Number(col));
    while (drawn.length > 0 && answered.length > 0) if (drawn.shift() !== answered.shift()) differences++;
  }

  return {
    drawn: (reply) => take(reply, drawn),
    answered: (bytes) => take(bytes, answered),
    get differences() {
      return differences;
    },
  };
}
