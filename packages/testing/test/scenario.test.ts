import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { XTERM_IDENTITY } from "@cassette/frames";
import { describe, expect, it } from "vitest";
import { openScenario, parseScenario, runScenario, type Scenario, scenarioText } from "../src/index.js";
import { record, recordSample, temporaryDirectory } from "./sample-cassette.js";

const FULL = `
name: sample
cassette_path: ../sample.cassette
expected_manifest_id: sample
required_emulator: ${JSON.stringify(XTERM_IDENTITY)}
replay_mode: realtime
terminal_size: { rows: 4, cols: 24 }
resolution_ms: 50
environment:
  home: home
  config_root: home/config
  allowlist: [LANG, LEVEL, ABSENT]
  variables: { LEVEL: 3, SECRET: x }
expected_artifacts: [manifest.json, output.raw]
groups:
  screens:
    - { type: frame_contains, text: Help, at_ms: 150 }
    - { type: frame_contains, name: greeting, text: Goodbye }
  end:
    - { type: exit_status, exit_code: 3 }
    - { type: exit_status, exit_code: 4 }
`;

async function scenarioFile(text: string): Promise<string> {
  const dir = temporaryDirectory();
  await recordSample(join(dir, "sample.cassette"));
  mkdirSync(join(dir, "scenarios"));
  const file = join(dir, "scenarios/sample.yaml");
  writeFileSync(file, text);
  return file;
}

/** A scenario over the sample, with some fields changed. */
async function withSample(fields: Partial<Scenario>): Promise<Scenario> {
  const cassette_path = await recordSample(join(temporaryDirectory(), "sample.cassette"));
  return { name: "sample", cassette_path, groups: {}, ...fields };
}

describe("runScenario", () => {
  it("judges every assertion of every group and reports every failure", async () => {
    const result = await runScenario(await scenarioFile(FULL));
    expect(result).toMatchObject({
      name: "sample",
      ok: false,
      assertions: 4,
      error: null,
      replayed_ms: 1_000,
    });
    expect(result.failures.map(({ group, assertion }) => `${group}/${assertion}`)).toEqual([
      "screens/greeting",
      "end/exit_status",
    ]);
    expect(scenarioText(result)).toMatch(
      /^failed sample: 2 of 4 assertions\n\n {2}screens › greeting, line \d+ \(frame_/,
    );
  });

  it("reads JSON alike", async () => {
    const scenario = await withSample({ groups: { all: [{ type: "raw_output_order" }] } });
    const file = join(temporaryDirectory(), "scenario.json");
    writeFileSync(file, JSON.stringify(scenario));
    expect(scenarioText(await runScenario(file))).toBe("ok sample: 1 assertion");
  });

  it.each<[Partial<Scenario>, string, RegExp]>([
    [{ expected_manifest_id: "other" }, "CASSETTE_ID_MISMATCH", /the expected id/],
    [{ expected_content_digest: "0".repeat(64) }, "CASSETTE_BINDING_DIGEST_MISMATCH", /digest/],
    [{ required_emulator: { name: "vt10x", version: "1" } }, "CASSETTE_EMULATOR_MISMATCH", /emulator/],
    [{ terminal_size: { rows: 24, cols: 80 } }, "CASSETTE_SCENARIO_MISMATCH", /4 × 24 .* not 24 × 80/],
    [{ resolution_ms: 100 }, "CASSETTE_SCENARIO_MISMATCH", /50 ms, not 100/],
    [{ expected_artifacts: ["quota.json"] }, "CASSETTE_SCENARIO_MISMATCH", /no quota\.json/],
    [{ cassette_path: "nowhere" }, "CASSETTE_SCENARIO_MISMATCH", /no cassette at nowhere/],
  ])("fails when the recording is not as %j says", async (fields, code, message) => {
    const result = await runScenario(await withSample(fields));
    expect(result).toMatchObject({ ok: false, assertions: 0, error: { code } });
    expect(scenarioText(result)).toMatch(message);
  });

  it.each([
    ["collapsed", undefined, 0],
    ["realtime", undefined, 3_600_000],
    ["scaled", 2, 7_200_000],
  ] as const)(
    "replays an hour in mode %s on a clock of its own",
    async (replay_mode, replay_scale, replayed_ms) => {
      const cassette_path = await record(
        join(temporaryDirectory(), "hour"),
        async ({ recorder, at, output }) => {
          await output("begun");
          at(3_600_000);
          recorder.recordFinal();
        },
      );
      const scenario: Scenario = { name: "hour", cassette_path, replay_mode, replay_scale, groups: {} };
      expect(await runScenario(scenario)).toMatchObject({ ok: true, replayed_ms });
    },
  );

  it("leaves no files, and runs in parallel with itself", async () => {
    const file = await scenarioFile(FULL);
    const before = readdirSync(dirname(dirname(file)), { recursive: true });
    const results = await Promise.all(Array.from({ length: 20 }, () => runScenario(file)));
    expect(results.map(({ failures }) => failures.length)).toEqual(results.map(() => 2));
    expect(readdirSync(dirname(dirname(file)), { recursive: true })).toEqual(before);
  });

  it("reports an invalid scenario as a usage error", async () => {
    await expect(runScenario({ name: "x" } as Scenario)).rejects.toThrow(TypeError);
  });

  it("reports a missing scenario file", async () => {
    await expect(runScenario("nowhere.yaml")).rejects.toMatchObject({ code: "CASSETTE_NOT_FOUND" });
  });
});

describe("openScenario", () => {
  it("makes the directories of the environment and lets only listed variables pass", async () => {
    const file = await scenarioFile(FULL);
    const home = join(file, "../home");
    const outer = { LANG: "C.UTF-8", LEVEL: "1", TOKEN: "secret" };
    await using open = await openScenario(file, { env: outer });
    expect(open.env).toEqual({
      LANG: "C.UTF-8",
      LEVEL: "3",
      HOME: home,
      XDG_CONFIG_HOME: join(home, "config"),
    });
    expect(existsSync(join(home, "config"))).toBe(true);
  });

  it("keeps a directory that code beside the recording wrote into", async () => {
    const file = await scenarioFile(FULL);
    const open = await openScenario(file);
    writeFileSync(join(open.env.HOME ?? "", "kept"), "");
    await open.close();
    expect(readdirSync(join(file, "../home"))).toEqual(["kept"]);
  });
});

describe("parseScenario", () => {
  const parse = (groups: string) =>
    parseScenario(`name: a\ncassette_path: b\ngroups:\n  one:\n${groups}`, "s.yaml");

  it.each([
    ["    - { type: frame_contains }", "groups.one.0.text", 5],
    [
      "    - type: frame_contains\n      text: a\n      txt: a",
      "groups.one.0.txt: there is no such field",
      7,
    ],
    ["    - { type: frame_stable_for, text: a, stable_for_ms: 0 }", "more than 0", 5],
    ["    - { type: input_bytes }", "expected bytes_hex or key", 5],
    ["    - type: exit_status\n    - type: input_bytes\n      bytes_hex: 6x", "hexadecimal", 7],
    ["    - { type: frame_matches, pattern: '/(/' }", "regular expression", 5],
    ["    - { type: service_json, json_path: '$.a[0]', equals: 1 }", "$ or $.a.b", 5],
    ["    - { type: service_json_path, json_path: '$.a[?@.b]' }", "JSONPath", 5],
    ["    - { type: text_style, text: a, fg: crimson }", "colour", 5],
    ["    - { type: title, at_ms: 5 }", "text or pattern", 5],
    ["    - { type: timing_gap, kind: keys }", "groups.one.0.kind", 5],
    ["    - just a text", "groups.one.0", 5],
    ["    []", "It has no assertions, so it would always pass.", 4],
    ["  - [", "neither YAML nor JSON", 5],
  ])("refuses %j", (groups, message, line) => {
    expect(() => parse(groups)).toThrow(
      expect.objectContaining({
        code: "CASSETTE_SCENARIO_INVALID",
        message: expect.stringContaining(message),
        file: "s.yaml",
        line,
      }),
    );
  });

  it.each([
    ["", "it is empty"],
    ["steps: []", "it is a script, not a scenario"],
    ["- { wait: ready }", "it is a script, not a scenario"],
    ["cassette: b\nname: a\ngroups: {}", "cassette: there is no such field"],
    ["name: a\ngroups: {}", "cassette_path: it is missing"],
  ])("says what is wrong with %j as a whole", (text, message) => {
    expect(() => parseScenario(text, "s.yaml")).toThrow(
      expect.objectContaining({ code: "CASSETTE_SCENARIO_INVALID", message: `${message}.` }),
    );
  });

  it("refuses a directory", async () => {
    await expect(runScenario(import.meta.dirname)).rejects.toMatchObject({
      code: "CASSETTE_SCENARIO_INVALID",
      message: "It is a directory; a scenario is a file.",
    });
  });

  it("takes fields of other types where the reference does", () => {
    const scenario = parse("    - { type: exit_status, exit_code: 0, at_ms: 5, text: '' }");
    expect(scenario.groups.one).toHaveLength(1);
  });

  it("fails an assertion of an unknown type", async () => {
    const scenario = await withSample(parse("    - { type: frame_smells, of: roses }"));
    scenario.cassette_path = (await withSample({})).cassette_path;
    const { failures } = await runScenario(scenario);
    expect(failures).toMatchObject([{ type: "frame_smells", found: 'there is no "frame_smells"' }]);
    const misspelt = await runScenario({
      ...scenario,
      groups: parse("    - { type: frame_contain }").groups,
    });
    expect(misspelt.failures[0]?.found).toContain("did you mean frame_contains?");
  });

  it("never repeats what was given, which may be a secret", () => {
    expect(() => parse("    - { type: title, text: { token: hunter2 } }")).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining("hunter2") }),
    );
  });
});
