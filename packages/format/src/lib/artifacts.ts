/** The version of the wire this package describes. A reader of version 1 refuses any other. */
export const FORMAT_VERSION = 1;

/** File names inside a cassette directory. */
export const ARTIFACT = {
  manifest: "manifest.json",
  input: "input.jsonl",
  outputRaw: "output.raw",
  output: "output.jsonl",
  frames: "frames.jsonl",
  serviceEvents: "service-events.jsonl",
  final: "final.json",
  scrubReport: "scrub-report.json",
  quota: "quota.json",
  discovery: "discovery.json",
} as const;

/** The name of a file of the format. */
export type ArtifactName = (typeof ARTIFACT)[keyof typeof ARTIFACT];

/** Files that a complete cassette holds, in the order a reader looks for them. */
export const REQUIRED_ARTIFACTS: readonly ArtifactName[] = [
  ARTIFACT.manifest,
  ARTIFACT.input,
  ARTIFACT.outputRaw,
  ARTIFACT.output,
  ARTIFACT.frames,
  ARTIFACT.serviceEvents,
  ARTIFACT.final,
  ARTIFACT.scrubReport,
];

/** Files that may be absent; present but empty they are an error. */
export const OPTIONAL_ARTIFACTS: readonly ArtifactName[] = [ARTIFACT.quota, ARTIFACT.discovery];

/** Terminal sizes are unsigned 16-bit numbers on the wire. */
export const MAX_WIRE_SIZE = 65_535;

/** The most rows, and the most columns, that a terminal is started with, resized to and drawn at. */
export const MAX_TERMINAL_SIZE = 500;
