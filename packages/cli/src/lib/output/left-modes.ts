/** Watches what a program switches on in its terminal, to switch off what it leaves behind. */
export interface LeftModes {
  /** Takes output, in any pieces. */
  watch(bytes: Uint8Array): void;
  /** What puts the terminal back as it was; empty if the program did so itself. */
  restore(): string;
}

/** Private modes that a shell does not want to find switched on: cursor keys, mouse, focus, alternate screens, paste, updates. */
const SWITCHED_OFF = new Set([
  1, 5, 9, 47, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1047, 1049, 2004, 2026, 2031, 2048,
]);
/** And switched off: wrapping, the cursor. */
const SWITCHED_ON = new Set([7, 25]);
const SEQUENCE = /\x1b(?:\[\?([\d;]+)([hl])|\[([>=<])([\d;]*)u|([=>]))/g;
const UNFINISHED = /\x1b(?:\[[?>=<]?[\d;]*)?$/;
const LONGEST_TAIL = 64;

/** Makes a watch for a terminal as shells have it. */
export function createLeftModes(): LeftModes {
  const changed = new Set<number>();
  let keyboards = 0;
  let keypad = false;
  let tail = "";

  function setModes(modes: string, isOn: boolean): void {
    for (const mode of modes.split(";").map(Number)) {
      if (!SWITCHED_OFF.has(mode) && !SWITCHED_ON.has(mode)) continue;
      if (isOn === SWITCHED_OFF.has(mode)) changed.add(mode);
      else changed.delete(mode);
    }
  }

  return {
    watch(bytes) {
      const text = tail + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
      tail = UNFINISHED.exec(text)?.[0].slice(-LONGEST_TAIL) ?? "";
      if (!text.includes("\x1b")) return;
      for (const [, modes, how, keyboard, count, pad] of text.matchAll(SEQUENCE)) {
        if (modes !== undefined) setModes(modes, how === "h");
        else if (keyboard === ">") keyboards++;
        else if (keyboard === "<") keyboards = Math.max(0, keyboards - (Number(count) || 1));
        else if (pad !== undefined) keypad = pad === "=";
      }
    },
    restore() {
      const modes = [...changed].map((mode) => `\x1b[?${mode}${SWITCHED_OFF.has(mode) ? "l" : "h"}`);
      const rest = [keyboards > 0 ? `\x1b[<${keyboards}u` : "", keypad ? "\x1b>" : ""];
      const all = [...modes, ...rest].join("");
      return all === "" ? "" : `${all}\x1b[m`;
    },
  };
}
