import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "vitest";
import { createFakeDriver, createPtyDriver } from "../src/index.js";
import { type SessionHarness, sessionBehaviours } from "../src/suite.js";

const size = { rows: 24, cols: 80 };

function realHarness(): SessionHarness {
  const driver = createPtyDriver({ killGraceMs: 300, exitGraceMs: 1_500 });
  return {
    start: ({ argv }, options) => driver.start({ argv, ...size, ...options }),
    elapse: (ms) => sleep(ms),
  };
}

function fakeHarness(): SessionHarness {
  let driver = createFakeDriver(async () => {});
  return {
    start({ argv, fake }, options) {
      driver = createFakeDriver(fake);
      return driver.start({ argv, ...size, ...options });
    },
    elapse: (ms) => driver.advance(ms),
  };
}

describe.each([
  ["createPtyDriver", realHarness],
  ["createFakeDriver", fakeHarness],
] as const)("%s: a session", (_, createHarness) => {
  for (const { name, check } of sessionBehaviours) it(name, () => check(createHarness()));
});
