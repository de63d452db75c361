/** Text attributes, by the number that resets them, and the numbers that set them. */
const PARTS: readonly [reset: number, ...set: (number | [from: number, to: number])[]][] = [
  [10, [11, 19]],
  [22, 1, 2],
  [23, 3, 20],
  [24, 4, 21],
  [25, 5, 6],
  [27, 7],
  [28, 8],
  [29, 9],
  [39, [30, 38], [90, 97]],
  [49, [40, 48], [100, 107]],
  [50, 26],
  [54, 51, 52],
  [55, 53],
  [59, 58],
  [65, [60, 64]],
  [75, 73, 74],
];
/** Numbers that are followed by a colour: 5 and an index, or 2 and three values. */
const COLOURS: ReadonlySet<number> = new Set([38, 48, 58]);

const NO_UNDERLINE = "4:0";

const RESET_BY = new Map(
  PARTS.flatMap(([reset, ...set]) =>
    set.flatMap((numbers) => rangeOf(numbers).map((number): [number, number] => [number, reset])),
  ),
);
const RESETS: ReadonlySet<number> = new Set(PARTS.map(([reset]) => reset));

function rangeOf(numbers: number | [number, number]): number[] {
  if (typeof numbers === "number") return [numbers];
  const [from, to] = numbers;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The current text attributes (SGR). */
export interface TextAttributes {
  /** Receives the parameters of an SGR sequence. */
  take(params: string): void;
  reset(): void;
  /** The parameters that set the attributes again; empty when none is set. */
  readonly params: string;
}

/** Programs change attributes more often than anything else, so parameters are parsed on demand. */
const MOST_WAITING = 256;

/** Makes a set without attributes. */
export function createTextAttributes(): TextAttributes {
  const set = new Map<number, string>();
  let waiting: string[] = [];

  function apply(): void {
    for (const params of waiting) applySgr(set, params);
    waiting = [];
  }

  function reset(): void {
    set.clear();
    waiting = [];
  }

  return {
    take(params) {
      if (params === "" || params === "0") reset();
      else if (waiting.push(params) > MOST_WAITING) apply();
    },
    reset,
    get params() {
      apply();
      return [...set.values()].join(";");
    },
  };
}

function applySgr(set: Map<number, string>, params: string): void {
  const numbers = params.split(";");
  for (let at = 0; at < numbers.length; ) {
    const text = colourAt(numbers, at);
    at += text.split(";").length;
    const number = Number.parseInt(text, 10) || 0;
    const reset = RESET_BY.get(number);
    if (number === 0) set.clear();
    else if (RESETS.has(number)) set.delete(number);
    else if (text === NO_UNDERLINE) set.delete(24);
    else if (reset !== undefined) set.set(reset, text);
  }
}

/** The parameter at an index; for a colour with all its values. */
function colourAt(numbers: readonly string[], at: number): string {
  const isColour = COLOURS.has(Number(numbers[at]));
  const length = !isColour ? 1 : numbers[at + 1] === "2" ? 5 : numbers[at + 1] === "5" ? 3 : 1;
  return numbers.slice(at, at + length).join(";");
}
