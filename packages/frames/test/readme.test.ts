import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import * as frames from "../src/index.js";

const README = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");

describe("README", () => {
  it("has a program that does what it says", async () => {
    const [, program = ""] = /```js\n(.*?)```/s.exec(README) ?? [];
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const body = program.replace(/^import \{(.*)\} from .*$/m, "const {$1} = frames;");
    await new Function("frames", `return (async () => { ${body} })()`)(frames);
    const lines = log.mock.calls.map((parts) => parts.join(" "));
    log.mockRestore();
    expect(lines).toEqual(["after 1, 0 ms: Password:", "after 3, 950 ms: Password:\nWelcome"]);
  });

  it("names every function there is", () => {
    for (const name of Object.keys(frames)) expect(README).toContain(name);
  });
});
