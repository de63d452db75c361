const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;
const ESC = 0x1b;
/** What begins a string after ESC: DCS, SOS, OSC, PM, APC. The same letters 0x40 higher are the C1 controls after 0xC2. */
const STRINGS = new Set([0x50, 0x58, 0x5d, 0x5e, 0x5f]);

type State = "ground" | "escape" | "c1" | "osc" | "string";

/** Creates a listener: it takes the output piece by piece and returns how often the bell rings in each. */
export function countBells(): (bytes: Uint8Array) => number {
  let state: State = "ground";
  let before: State = "ground";

  function next(byte: number): boolean {
    if (state === "escape" || state === "c1") {
      const letter = state === "c1" ? byte - 0x40 : byte;
      // C1 controls take two bytes in UTF-8; another character that begins with 0xC2 changes nothing.
      const isOther = state === "c1" && byte >= 0xa0;
      if (STRINGS.has(letter)) state = letter === 0x5d ? "osc" : "string";
      else state = isOther ? before : "ground";
      return byte === BEL;
    }
    if (byte === ESC || byte === 0xc2) {
      before = state;
      state = byte === ESC ? "escape" : "c1";
      return false;
    }
    if (byte === CAN || byte === SUB) state = "ground";
    const rings = byte === BEL && state === "ground";
    // A BEL ends an OSC, and is part of any other string.
    if (byte === BEL && state === "osc") state = "ground";
    return rings;
  }

  return (bytes) => {
    let rings = 0;
    for (const byte of bytes) if (next(byte)) rings++;
    return rings;
  };
}
