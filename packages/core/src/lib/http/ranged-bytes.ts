import { CassetteError, type ReadableBytes } from "@cassette/format";
import { artifactChanged } from "../reader/file-errors.js";
import { displayUrl } from "./archive-url.js";
import { downloadFailed } from "./download-failed.js";

/** A request for a part of a resource. */
export interface PartRequest {
  url: URL;
  /** As in the header `Range`. */
  range: string;
  /** Most bytes that the answer may have. */
  maxBytes: number;
  /** The part is wanted only of this version. */
  ifRange?: string;
}

/** The answer. */
export interface PartResponse {
  /** Where it came from, after redirects. */
  url: URL;
  status: number;
  headers: PartHeaders;
  /** Empty unless the status is 206. */
  body: Uint8Array;
}

/** The headers that are read. */
interface PartHeaders {
  "content-range"?: string;
  "content-encoding"?: string;
  etag?: string;
  "last-modified"?: string;
  location?: string;
}

/** Requests a part, by the means of Node or of a browser. */
export type RequestPart = (request: PartRequest) => Promise<PartResponse>;

/** A part of the resource, in memory or on its way. */
interface Segment {
  start: number;
  end: number;
  bytes: Promise<Uint8Array>;
}

interface Resource {
  readonly path: string;
  readonly size: number;
  /** The version that is read: the value of `If-Range`. */
  readonly version: string | undefined;
  readonly request: (range: string, maxBytes: number) => Promise<PartResponse>;
  /** Parts read last, the newest at the end. */
  segments: Segment[];
}

/** The end of an archive has its list of entries: the longest comment and the record before it. */
const TAIL = 66 * 1024;
const SMALLEST = 64 * 1024;
const LARGEST = 4 * 1024 ** 2;
const HELD = 8;

/**
 * Opens a resource that a server serves in parts. Its end is read at once.
 * @throws CassetteError CASSETTE_URL_INVALID, CASSETTE_DOWNLOAD_FAILED, CASSETTE_RANGES_UNSUPPORTED; `signal.reason` when aborted.
 */
export async function openRangedBytes(url: URL, requestPart: RequestPart): Promise<ReadableBytes> {
  const response = await requestPart({ url, range: `bytes=-${TAIL}`, maxBytes: TAIL });
  const path = displayUrl(url);
  const { start, total } = checkPart(response, path);
  if (start !== Math.max(0, total - TAIL)) throw malformed(path);
  const resource: Resource = {
    path,
    size: total,
    version: versionOf(response),
    request: (range, maxBytes) =>
      requestPart({ url: response.url, ifRange: versionOf(response), range, maxBytes }),
    segments: [{ start, end: total, bytes: Promise.resolve(response.body) }],
  };
  return {
    path,
    size: total,
    read: (target, position) => read(resource, target, position),
    // Each part is requested of the version that was opened.
    assertUnchanged: async () => undefined,
    close: async () => {
      resource.segments = [];
    },
  };
}

async function read(resource: Resource, target: Uint8Array, position: number): Promise<number> {
  if (position >= resource.size || target.byteLength === 0) return 0;
  const found = resource.segments.find(({ start, end }) => position >= start && position < end);
  const segment = found ?? load(resource, position, target.byteLength);
  const part = (await segment.bytes).subarray(position - segment.start).subarray(0, target.byteLength);
  target.set(part);
  return part.length;
}

/** Reads on in larger and larger parts, as long as they follow one another. */
function load(resource: Resource, position: number, wanted: number): Segment {
  const before = resource.segments.find(({ end }) => end === position);
  // What is before a place that is read for the first time is often read next.
  const start = before ? position : position - (position % SMALLEST);
  const doubled = before ? 2 * (before.end - before.start) : 0;
  const length = Math.min(LARGEST, Math.max(SMALLEST, position - start + wanted, doubled));
  const end = Math.min(resource.size, start + length);
  const segment = { start, end, bytes: fetchPart(resource, start, end) };
  resource.segments = [...resource.segments.filter((old) => old !== before), segment].slice(-HELD);
  // A part that failed is requested again when it is needed again.
  segment.bytes.catch(() => {
    resource.segments = resource.segments.filter((other) => other !== segment);
  });
  return segment;
}

async function fetchPart({ request, path, size, version }: Resource, from: number, end: number) {
  const range = `bytes=${from}-${end - 1}`;
  const response = await request(range, end - from);
  if (response.status === 200 || response.status === 412 || response.status === 416)
    throw artifactChanged(path);
  const { start, total } = checkPart(response, path);
  if (total !== size || versionOf(response) !== version) throw artifactChanged(path);
  if (start !== from || response.body.length !== end - from) throw malformed(path);
  return response.body;
}

/** A part must say where in the resource it lies, and be as long as it says. */
function checkPart({ status, headers, body }: PartResponse, path: string): { start: number; total: number } {
  if (status === 200) {
    throw new CassetteError("CASSETTE_RANGES_UNSUPPORTED", "The server does not serve parts of a file.", {
      file: path,
      hint: "Download the archive, and name the file.",
    });
  }
  if (status !== 206) throw downloadFailed(path, `The server answers with status ${status}.`);
  if ((headers["content-encoding"] ?? "identity") !== "identity")
    throw downloadFailed(path, "The server compresses what it sends.");
  const [, first, last, all] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(headers["content-range"] ?? "") ?? [];
  const [start, end, total] = [Number(first), Number(last) + 1, Number(all)];
  if (!(start < end && end <= total) || end - start !== body.length) throw malformed(path);
  return { start, total };
}

/** A strong ETag, or else the time of the last change. */
function versionOf({ headers }: PartResponse): string | undefined {
  const { etag } = headers;
  return etag !== undefined && !etag.startsWith("W/") ? etag : headers["last-modified"];
}

function malformed(path: string): CassetteError {
  return downloadFailed(path, "The server sends another part than it was asked for.");
}
