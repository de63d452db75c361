import type { TestTry } from "../runners/test-try.js";

/** The screens of one test: the first number it may use, and how many it has compared in this try. */
interface Numbered {
  attempt: number | string;
  first: number;
  count: number;
}

/** Tests of one name: the highest number in use, and each test's own. */
interface SameName {
  highest: number;
  tests: Map<object | string, Numbered>;
}

const files = new Map<string, { run?: object; names: Map<string, SameName> }>();

/** The number of the next screen of a test: 1, 2, … in each try of it, and after those of earlier tests of the same name. */
export function nextScreenNumber({ file, test, identity, attempt = 0, run }: TestTry): number {
  let known = files.get(file);
  if (known === undefined || known.run !== run) {
    known = { run, names: new Map() };
    files.set(file, known);
  }
  const named = known.names.get(test) ?? { highest: 0, tests: new Map() };
  known.names.set(test, named);
  const mine = named.tests.get(identity ?? test) ?? { attempt, first: named.highest, count: 0 };
  named.tests.set(identity ?? test, mine);
  if (mine.attempt !== attempt) Object.assign(mine, { attempt, count: 0 });
  mine.count++;
  named.highest = Math.max(named.highest, mine.first + mine.count);
  return mine.first + mine.count;
}
