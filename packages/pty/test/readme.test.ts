import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const packageRoot = fileURLToPath(new URL("..", import.meta.url));

describe("README", () => {
  it("shows a program that runs and prints what it says", () => {
    const program = /```ts\n([\s\S]*?)```/.exec(readFileSync(`${packageRoot}/README.md`, "utf8"))?.[1] ?? "";
    const args = ["--input-type=module", "-e", program];
    const output = execFileSync(process.execPath, args, { cwd: packageRoot, encoding: "utf8" });
    expect(output).toContain("hello world\r\n");
    expect(output).toContain("{ code: 0, signal: null }");
  });
});
