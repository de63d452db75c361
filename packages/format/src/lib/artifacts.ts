import type { OptionalDocuments } from "./reports.js";

/** The version of the wire format that this package describes. A reader of version 1 refuses any other. */
export const FORMAT_VERSION = 1;

/** A `.json` file of a cassette. */
interface DocumentFacts {
  file: string;
  /** May be absent; present but empty it is an error. */
  optional: boolean;
  /** Fields that scrubbing leaves alone: numbers, ids and digests of the format itself. */
  kept: readonly string[];
}

/** The `.json` files of a cassette, in the order in which a reader checks them. */
export const DOCUMENTS = {
  manifest: { file: "manifest.json", optional: false, kept: ["version", "id", "content_digest"] },
  final: { file: "final.json", optional: false, kept: ["seq", "t_ms", "exit", "duration_ms"] },
  scrubReport: { file: "scrub-report.json", optional: false, kept: [] },
  quota: { file: "quota.json", optional: true, kept: [] },
  discovery: { file: "discovery.json", optional: true, kept: [] },
} as const satisfies Record<string, DocumentFacts>;

/** The name of a document in our code. */
export type DocumentName = keyof typeof DOCUMENTS;

/** The names of all documents, in that order. */
export const documentNames = Object.keys(DOCUMENTS) as DocumentName[];

/** The names of those that a cassette need not have. */
export const optionalDocumentNames = documentNames.filter(
  (name): name is keyof OptionalDocuments => DOCUMENTS[name].optional,
);

/** File names inside a cassette directory. */
export const ARTIFACT = {
  input: "input.jsonl",
  outputRaw: "output.raw",
  output: "output.jsonl",
  frames: "frames.jsonl",
  serviceEvents: "service-events.jsonl",
  ...documentFiles(),
} as const;

/** The name of a file of the format. */
export type ArtifactName = (typeof ARTIFACT)[keyof typeof ARTIFACT];

/** Files that a complete cassette contains, in the order in which a reader opens them. */
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

/** Files that may be absent; an empty one is an error. */
export const OPTIONAL_ARTIFACTS: readonly ArtifactName[] = optionalDocumentNames.map(
  (name) => DOCUMENTS[name].file,
);

type DocumentFiles = { [Name in DocumentName]: (typeof DOCUMENTS)[Name]["file"] };

function documentFiles(): DocumentFiles {
  const files = Object.entries(DOCUMENTS).map(([name, { file }]) => [name, file]);
  return Object.fromEntries(files) as DocumentFiles;
}

/** Terminal sizes are unsigned 16-bit numbers on the wire. */
export const MAX_WIRE_SIZE = 65_535;

/** The most rows, and the most columns, that a terminal is started with, resized to and drawn at. */
export const MAX_TERMINAL_SIZE = 500;
