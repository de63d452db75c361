/** What is different from how a terminal was, in the order in which it was changed. */
export interface Changes {
  /**
   * Notes a change of something, or another one of the same.
   * @param undo puts it back.
   * @param redo changes it again.
   */
  change(what: string, undo: string, redo: string): void;
  /** It is as it was. */
  settle(what: string): void;
  has(what: string): boolean;
  /** Notes one more of what is kept on a stack. */
  push(stack: string, undo: string, redo: string): void;
  /** The last ones of a stack are gone. */
  pop(stack: string, count?: number): void;
  /** Everything is as it was. */
  clear(): void;
  /** What puts everything back, the latest first: what was changed on another screen is put back there. */
  undo(): string;
  /** What changes everything again. @param after by what was changed, something that follows it. */
  redo(after?: Readonly<Record<string, string>>): string;
}

/** Makes a terminal without changes. */
export function createChanges(): Changes {
  const changes = new Map<string, { undo: string; redo: string }>();
  const depths = new Map<string, number>();
  const change = (what: string, undo: string, redo: string) => {
    changes.delete(what);
    changes.set(what, { undo, redo });
  };
  return {
    change,
    settle: (what) => void changes.delete(what),
    has: (what) => changes.has(what),
    push(stack, undo, redo) {
      const depth = (depths.get(stack) ?? 0) + 1;
      depths.set(stack, depth);
      change(`${stack} ${depth}`, undo, redo);
    },
    pop(stack, count = 1) {
      const depth = depths.get(stack) ?? 0;
      const left = Math.max(0, depth - count);
      for (let level = depth; level > left; level--) changes.delete(`${stack} ${level}`);
      depths.set(stack, left);
    },
    clear() {
      changes.clear();
      depths.clear();
    },
    undo: () =>
      [...changes.values()]
        .toReversed()
        .map(({ undo }) => undo)
        .join(""),
    redo: (after = {}) => [...changes].map(([what, { redo }]) => redo + (after[what] ?? "")).join(""),
  };
}
