/** Cells that looks at screens go over: on a large screen a look takes as long as drawing thousands of bytes. */
export interface LookBudget {
  /** Whether the bytes before an offset allow another look. A look that is refused is remembered. */
  allows(offset: number): boolean;
  /** A look has gone over so many cells, allowed or not. */
  spend(cells: number): void;
  /** A look was refused. */
  readonly isExceeded: boolean;
}

/** Cells that any stream may have looked at. */
const ALLOWANCE = 2 ** 24;
/** Cells for each byte. Editors and pagers at 50×200 have about 150 looked at, at 24×80 about 35. */
const CELLS_PER_BYTE = 384;

/**
 * Makes a budget of looks, so that what a screen of many cells takes does not grow beyond the length of the stream. The count depends on
 * bytes and sizes only.
 * @param weight how much more a look takes than one at rows of text.
 */
export function createLookBudget(weight: number): LookBudget {
  let spent = 0;
  /** Cells of the last look; the next goes over about as many. */
  let last = 0;
  let isExceeded = false;
  return {
    allows(offset) {
      const isAllowed = spent + last * weight <= ALLOWANCE + CELLS_PER_BYTE * offset;
      isExceeded ||= !isAllowed;
      return isAllowed;
    },
    spend(cells) {
      last = cells;
      spent += cells * weight;
    },
    get isExceeded() {
      return isExceeded;
    },
  };
}
