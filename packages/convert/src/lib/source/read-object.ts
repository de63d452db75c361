import type { FreeMap } from "@cassette/format";
import { type JsonPart, readJsonMembers } from "./json-members.js";
import { limitExceeded, type Source } from "./source.js";

/** A JSON object with one long list: the members before it, and the list piece by piece. */
export interface ObjectWithList {
  /** Without the list. */
  head: FreeMap;
  items(): AsyncGenerator<readonly JsonPart[], void>;
}

/**
 * Reads such an object. Where members that are needed come after the list, as in files with sorted keys, the list is held
 * in memory first.
 * @param needed names of members.
 * @param onCut called with the bytes of an incomplete end.
 * @throws CassetteError CASSETTE_SOURCE_INVALID, CASSETTE_LIMIT_EXCEEDED.
 */
export async function readObjectWithList(
  source: Source,
  listKey: string,
  needed: readonly string[],
  onCut: (bytes: number) => void,
): Promise<ObjectWithList> {
  const head: FreeMap = {};
  const held: JsonPart[] = [];
  const batches = readJsonMembers(source, listKey);
  const take = (parts: readonly JsonPart[]) => {
    for (const { key, value, kind } of parts) if (kind === "member") head[key] = value;
    return parts.filter(({ kind }) => kind === "item");
  };
  let done = false;
  let heldLength = 0;
  while (!done && !(held.length > 0 && needed.every((name) => Object.hasOwn(head, name)))) {
    const next = await batches.next();
    done = next.done === true;
    if (next.done) break;
    if (next.value.cutBytes !== null) onCut(Math.max(1, next.value.cutBytes));
    const items = take(next.value.parts);
    for (const item of items) heldLength += item.length;
    held.push(...items);
    if (heldLength > MOST_HELD)
      throw limitExceeded(source, "The events before the header have more characters", MOST_HELD, {
        line: 1,
      });
  }
  return {
    head,
    async *items() {
      yield held;
      for await (const { parts, cutBytes } of batches) {
        if (cutBytes !== null) onCut(Math.max(1, cutBytes));
        yield take(parts);
      }
      if (source.isTruncated) onCut(1);
    },
  };
}

/** Characters of events that are held while the header is awaited. */
const MOST_HELD = 64 * 1024 ** 2;
