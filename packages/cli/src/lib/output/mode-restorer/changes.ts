/** The changes to a terminal's initial state, in the order in which they were made. */
export interface Changes {
  /**
   * Adds a change, or replaces an earlier one with the same name.
   * @param undo the sequence that undoes it.
   * @param redo the sequence that makes it again.
   */
  change(what: string, undo: string, redo: string): void;
  /** Forgets a change: the initial state is back. */
  settle(what: string): void;
  has(what: string): boolean;
  /** Adds one level to a stack. */
  push(stack: string, undo: string, redo: string): void;
  /** Removes the top levels of a stack. */
  pop(stack: string, count?: number): void;
  /** Forgets all changes. */
  clear(): void;
  /** The sequences that undo all changes, the latest first: a change made on the alternate screen is undone there. */
  undo(): string;
  /** The sequences that make all changes again. @param after text to insert after the change of that name. */
  redo(after?: Readonly<Record<string, string>>): string;
}

/** Makes an empty list of changes. */
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
