import { access, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Cassette } from "@cassette/core/reader";
import { CassetteError, isCassetteError } from "@cassette/format";
import { type ConvertedRecording, openRecording } from "@cassette/terminal/recordings";
import { type CassetteEvidence, readEvidence } from "../evidence/read-evidence.js";
import { displayPath } from "../failure/display-path.js";
import { type PreparedEnvironment, prepareEnvironment } from "./environment.js";
import { parseScenario } from "./parse-scenario.js";
import type { Scenario } from "./scenario.js";
import { readScenario } from "./scenario-schema.js";

/** Options of a scenario's run. */
export interface ScenarioOptions {
  /** Base of relative paths in a scenario given as a value. Default: the working directory. */
  from?: string;
  /** The caller's environment, from which allow-listed variables are taken. Default: the process's. */
  env?: Readonly<Record<string, string | undefined>>;
  signal?: AbortSignal;
  /** Called when the recording is of another tool, such as a `.cast`: it is converted, and not scrubbed. */
  onConverted?: (converted: ConvertedRecording) => void;
}

/** A scenario whose recording is the one it is bound to. */
export interface OpenScenario {
  readonly scenario: Scenario;
  readonly cassette: Cassette;
  readonly evidence: CassetteEvidence;
  /** For code that runs beside the recording. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A parsed scenario, and the base directory of its paths. */
export interface LoadedScenario {
  scenario: Scenario;
  from: string;
}

/**
 * Reads a scenario from a file, or checks one given as a value.
 * @throws CassetteError CASSETTE_SCENARIO_INVALID, CASSETTE_NOT_FOUND, CASSETTE_READ_FAILED; TypeError for a value that is not a
 * scenario.
 */
export async function loadScenario(
  source: string | Scenario,
  options: ScenarioOptions = {},
): Promise<LoadedScenario> {
  if (typeof source === "string") {
    return { scenario: parseScenario(await readText(source), source), from: dirname(source) };
  }
  const result = readScenario(source);
  if ("scenario" in result) return { scenario: result.scenario, from: options.from ?? process.cwd() };
  const { path, message } = result.mistake;
  throw new TypeError(`This is no scenario: ${[path.join("."), message].filter(Boolean).join(": ")}.`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new CassetteError("CASSETTE_NOT_FOUND", "There is no such scenario file.", { file });
    if (code === "EISDIR")
      throw new CassetteError("CASSETTE_SCENARIO_INVALID", "It is a directory; a scenario is a file.", {
        file,
        hint: "`cassette script CASSETTE --scenario` prints a scenario of a recording.",
      });
    throw new CassetteError("CASSETTE_READ_FAILED", "The scenario file cannot be read.", {
      file,
      cause: error,
    });
  }
}

/**
 * Opens the recording that a scenario is bound to and replays it.
 * @throws CassetteError of {@link loadScenario} and of opening the cassette; CASSETTE_SCENARIO_MISMATCH when size, resolution or
 * artifacts differ from the scenario; `signal.reason` when aborted.
 */
export async function openScenario(
  source: string | Scenario,
  options: ScenarioOptions = {},
): Promise<OpenScenario> {
  const { scenario, from } = await loadScenario(source, options);
  return openLoaded(scenario, from, options);
}

/** {@link openScenario} for a scenario that is already parsed. */
export async function openLoaded(
  scenario: Scenario,
  from: string,
  options: ScenarioOptions,
): Promise<OpenScenario> {
  const { signal } = options;
  const dir = resolve(from, scenario.cassette_path);
  const cassette = await openBound(scenario, dir, options);
  let environment: PreparedEnvironment | undefined;
  try {
    checkFacts(scenario, cassette);
    await checkArtifacts(scenario, dir);
    const { replay_mode: mode, replay_scale: scale } = scenario;
    environment = prepareEnvironment(scenario.environment ?? {}, from, options.env ?? process.env);
    const evidence = await readEvidence(cassette, { mode, scale, label: displayPath(dir), signal });
    const { env, dispose } = environment;
    const close = async () => {
      evidence.close();
      dispose();
      await cassette.close();
    };
    return { scenario, cassette, evidence, env, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    environment?.dispose();
    await cassette.close();
    throw error;
  }
}

/** Exit status 2 is for scenario files: a missing cassette is a failing test. */
async function openBound(
  scenario: Scenario,
  dir: string,
  { signal, onConverted }: ScenarioOptions,
): Promise<Cassette> {
  const { expected_manifest_id: id, expected_content_digest: sha256, required_emulator: emulator } = scenario;
  try {
    return await openRecording(dir, { expect: { id, sha256 }, emulator, signal, onConverted });
  } catch (error) {
    if (!isCassetteError(error, "CASSETTE_NOT_FOUND")) throw error;
    throw mismatch(`There is no cassette at ${displayPath(dir)}.`, {});
  }
}

function checkFacts({ terminal_size: size, resolution_ms }: Scenario, { manifest }: Cassette): void {
  const { initial_rows, initial_cols } = manifest.terminal;
  if (size && (size.rows !== initial_rows || size.cols !== initial_cols)) {
    const [expected, actual] = [`${size.rows} × ${size.cols}`, `${initial_rows} × ${initial_cols}`];
    throw mismatch(`The terminal had ${actual} rows and columns, not ${expected}.`, { expected, actual });
  }
  const actual = manifest.timing.resolution_ms;
  if (resolution_ms !== undefined && resolution_ms !== actual) {
    throw mismatch(`The resolution is ${actual} ms, not ${resolution_ms}.`, {
      expected: resolution_ms,
      actual,
    });
  }
}

async function checkArtifacts({ expected_artifacts = [] }: Scenario, dir: string): Promise<void> {
  for (const name of expected_artifacts) {
    const exists = await access(join(dir, name)).then(
      () => true,
      () => false,
    );
    if (!exists) throw mismatch(`The cassette has no ${name}.`, { expected: name });
  }
}

function mismatch(
  message: string,
  details: { expected?: string | number; actual?: string | number },
): CassetteError {
  return new CassetteError("CASSETTE_SCENARIO_MISMATCH", message, details);
}
