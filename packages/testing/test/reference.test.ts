import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runScenario, scenarioText } from "../src/index.js";

describe("runScenario, over what the reference recorded", () => {
  it.each(["top", "vim"])("%s: a scenario written for the reference passes", async (name) => {
    const result = await runScenario(join(import.meta.dirname, `reference/${name}.yaml`));
    expect(scenarioText(result)).toMatch(/^ok real-\S+: \d+ assertions$/);
  });
});
