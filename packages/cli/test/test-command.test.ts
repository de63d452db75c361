import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

/** A folder with a recording of `printf` and scenarios over it. */
async function withScenarios(scenarios: Record<string, string>): Promise<string> {
  const dir = temporaryDirectory();
  await cassette(["record", join(dir, "hello.cassette"), "--", "printf", "hello"]);
  for (const [name, groups] of Object.entries(scenarios)) {
    writeFileSync(
      join(dir, name),
      `name: ${name}\ncassette_path: hello.cassette\ngroups:\n  end:\n${groups}`,
    );
  }
  return dir;
}

const PASSING = "    - { type: frame_contains, text: hello }\n    - { type: exit_status, exit_code: 0 }\n";
const FAILING = "    - { type: frame_contains, text: goodbye }\n";

describe("cassette test", () => {
  it("prints only a line for each passing scenario and a summary", async () => {
    const cwd = await withScenarios({ "a.yaml": PASSING, "b.yaml": PASSING });
    expect(await cassette(["test", "a.yaml", "b.yaml"], { cwd })).toEqual({
      status: 0,
      stdout: "ok a.yaml: 2 assertions\nok b.yaml: 2 assertions\n2 scenarios, all passed\n",
      stderr: "",
    });
  });

  it("exits with 1 and shows what does not hold", async () => {
    const cwd = await withScenarios({ "a.yaml": FAILING, "b.yaml": PASSING });
    const { status, stdout } = await cassette(["test", "a.yaml", "b.yaml"], { cwd });
    expect(status).toBe(1);
    expect(stdout).toContain("failed a.yaml: 1 of 1 assertion\n");
    expect(stdout).toContain('expected  some frame contains "goodbye"');
    const command = /cassette (play hello\.cassette --from \d+ms)/.exec(stdout)?.[1] ?? "";
    const shown = await cassette(command.split(" "), { cwd });
    expect(shown).toMatchObject({ status: 0, stdout: "hello\n" });
    expect(stdout).toMatch(/2 scenarios: 1 passed, 1 failed\n$/);
  });

  it("exits with 1 if a recording is missing, and checks the others", async () => {
    const cwd = await withScenarios({ "b.yaml": PASSING });
    writeFileSync(
      join(cwd, "a.json"),
      '{"name": "a", "cassette_path": "gone", "groups": {"end": [{"type": "exit_status", "exit_code": 0}]}}',
    );
    const { status, stdout } = await cassette(["test", "a.json", "b.yaml"], { cwd });
    expect(status).toBe(1);
    expect(stdout).toContain("There is no cassette at gone. [CASSETTE_SCENARIO_MISMATCH]");
    expect(stdout).toContain("ok b.yaml");
  });

  it("exits with 2 for an invalid scenario, naming file and line", async () => {
    const cwd = await withScenarios({ "a.yaml": "    - { type: frame_contains }\n" });
    const { status, stderr } = await cassette(["test", "a.yaml"], { cwd });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr:
        "cassette: a.yaml:5: groups.end.0.text: it is missing. [CASSETTE_SCENARIO_INVALID]\n  See the example in `cassette test --help`.\n",
    });
    expect(await cassette(["test", "gone.yaml"], { cwd })).toMatchObject({ status: 2 });
  });

  it("prints one object a scenario, in the order given", async () => {
    const cwd = await withScenarios({ "a.yaml": FAILING, "b.yaml": PASSING });
    const { stdout } = await cassette(["test", "b.yaml", "a.yaml", "gone.yaml", "--json"], { cwd });
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { path: "b.yaml", name: "b.yaml", ok: true, assertions: 2, failures: [], error: null },
      { path: "a.yaml", ok: false, failures: [{ group: "end", type: "frame_contains" }], error: null },
      { path: "gone.yaml", name: null, ok: false, error: { code: "CASSETTE_NOT_FOUND" } },
    ]);
  });
});
