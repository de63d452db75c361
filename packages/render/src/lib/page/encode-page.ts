import { deflateRawSync } from "node:zlib";
import type { PageBlock, PageDifference, PageEvent, PageFailure, PageHeader } from "./page-data.js";
import { createScreenEncoder, type MomentScreen } from "./screen-encoder.js";

/** What a page shows. */
export interface PageRecording {
  /** Heading: the command, or a title. */
  title: string;
  /** How it ended, how long and how large it is, on half a line. */
  summary: string;
  /** What the recording is, in words: name and value. */
  facts: readonly (readonly [name: string, value: string])[];
  durationMs: number;
  /** Longer pauses are cut to this while playing. Default: none is. */
  maxIdleMs?: number;
  events: readonly PageEvent[];
  /** The screens in order, at most so many a second. Is called again with fewer where the page would be too large. */
  screens: (fps: number) => Iterable<MomentScreen> | AsyncIterable<MomentScreen>;
}

/** A file of the recording, to be verified in the page and saved from it. */
export interface EvidenceFile {
  name: string;
  bytes: Uint8Array;
  /** In hexadecimal digits, as the manifest has it; null for the manifest itself. */
  sha256: string | null;
}

/** What a page can be given besides. */
export interface PageOptions {
  /** Why it is made: it opens at this place, expected and found side by side. */
  failure?: PageFailure;
  /** A second recording, and where it differs. */
  other?: { recording: PageRecording; differences: readonly PageDifference[] };
  evidence?: readonly EvidenceFile[];
  /** Size of the screens' data from which on fewer screens are shown, in bytes. Default: 25 MB. */
  mostBytes?: number;
}

/** A page's data: lines of text without `<`. */
export interface EncodedPage {
  header: PageHeader;
  /** Base64 of raw deflated JSON, each a {@link PageBlock}. */
  blocks: string[];
  otherBlocks: string[];
  /** Base64 of raw deflated bytes, in the order of the header. */
  evidence: string[];
}

const MOST_BYTES = 25e6;
/** Screens a second, the first that is small enough. */
const RATES = [60, 20, 5, 1, 0.2, 0.02];
/** Screens in a block: the first block is shown before the rest has been read. */
const FIRST_BLOCK = 60;
const LATER_BLOCKS = 1_000;

/** @throws what `screens` throws. */
export async function encodePage(recording: PageRecording, options: PageOptions): Promise<EncodedPage> {
  const { mostBytes = MOST_BYTES, failure = null, evidence = [], other } = options;
  const own = await encodeScreens(recording, mostBytes);
  const second = other && (await encodeScreens(other.recording, mostBytes));
  const header: PageHeader = {
    ...headerOf(recording, own),
    failure,
    evidence: evidence.map(({ name, bytes, sha256 }) => ({ name, size: bytes.length, sha256 })),
    other:
      other && second ? { header: headerOf(other.recording, second), differences: other.differences } : null,
  };
  return {
    header,
    blocks: own.blocks,
    otherBlocks: second?.blocks ?? [],
    evidence: evidence.map(({ bytes }) => deflateRawSync(bytes).toString("base64")),
  };
}

interface EncodedScreens {
  blocks: string[];
  fps: number;
}

function headerOf(recording: PageRecording, { fps, blocks }: EncodedScreens): PageHeader {
  const { title, summary, facts, durationMs, maxIdleMs = null, events } = recording;
  return {
    version: 1,
    ...{ title, summary, facts, durationMs, maxIdleMs, events },
    sampled:
      fps === RATES[0]
        ? null
        : `The recording is long: of its screens, at most ${rateInWords(fps)} are here.`,
    failure: null,
    other: null,
    evidence: [],
    blocks: blocks.length,
  };
}

function rateInWords(fps: number): string {
  return fps >= 1 ? `${fps} a second` : `one in ${1 / fps} seconds`;
}

async function encodeScreens(recording: PageRecording, mostBytes: number): Promise<EncodedScreens> {
  for (const [at, fps] of RATES.entries()) {
    const isLast = at === RATES.length - 1;
    const blocks = await encodeBlocks(recording.screens(fps), isLast ? Number.POSITIVE_INFINITY : mostBytes);
    if (blocks) return { blocks, fps };
  }
  throw new Error("The last rate has no limit.");
}

/** @returns null as soon as there are too many bytes. */
async function encodeBlocks(
  screens: Iterable<MomentScreen> | AsyncIterable<MomentScreen>,
  mostBytes: number,
): Promise<string[] | null> {
  const encoder = createScreenEncoder();
  const blocks: string[] = [];
  let size = 0;
  const close = () => {
    const block = packBlock(encoder.take());
    size += block.length;
    blocks.push(block);
  };
  for await (const moment of screens) {
    encoder.add(moment);
    if (encoder.waiting >= (blocks.length === 0 ? FIRST_BLOCK : LATER_BLOCKS)) close();
    if (size > mostBytes) return null;
  }
  if (encoder.waiting > 0 || blocks.length === 0) close();
  return size > mostBytes ? null : blocks;
}

function packBlock(block: PageBlock): string {
  return deflateRawSync(JSON.stringify(block)).toString("base64");
}
