import type { Assertion } from "../assertions/cassette-assertion.js";

/** Assertions bound to one recording. */
export interface Scenario {
  name: string;
  /** The cassette's directory, or a recording of another tool; relative to the scenario's file. */
  cassette_path: string;
  expected_manifest_id?: string;
  expected_content_digest?: string;
  required_emulator?: { name: string; version: string };
  /** Default: "collapsed". Time is virtual in every mode. */
  replay_mode?: "realtime" | "scaled" | "collapsed";
  replay_scale?: number;
  /** Must be the manifest's. */
  terminal_size?: { rows: number; cols: number };
  /** Must be the manifest's. */
  resolution_ms?: number;
  environment?: ScenarioEnvironment;
  /** Files of the cassette that must exist. */
  expected_artifacts?: string[];
  /** All are checked, and every failure is reported. */
  groups: Record<string, Assertion[]>;
}

/** The environment for code that runs beside the recording. */
export interface ScenarioEnvironment {
  /** Created and used as HOME; relative to the scenario's file. */
  home?: string;
  /** Created and used as XDG_CONFIG_HOME; relative to the scenario's file. */
  config_root?: string;
  /** Names of variables to take from the caller's environment and from `variables`. */
  allowlist?: string[];
  variables?: Record<string, string>;
}
