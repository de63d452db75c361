import type { InputRecord } from "@cassette/format";

/**
 * Makes one record of each line that was withheld key by key, so that a cassette does not reveal its length: the record of the
 * first key
 * becomes that of the line, and the others are left out.
 * @param records all input records, in order.
 * @returns what replaces a record, by its `seq`; null for what is left out.
 */
export function joinWithheld(records: readonly InputRecord[]): Map<number, InputRecord | null> {
  const joined = new Map<number, InputRecord | null>();
  let line: InputRecord[] = [];
  for (const record of records) {
    if (isPart(record)) line.push(record);
    else if (record.kind === "input" && !record.answer) {
      if (record.withheld && !record.bytes) joinLine(line, record, joined);
      line = [];
    }
  }
  return joined;
}

/** A key of a withheld line whose end follows later. */
function isPart({ withheld, bytes, masked }: InputRecord): boolean {
  return withheld === true && bytes !== undefined && masked === undefined;
}

function joinLine(
  [first, ...others]: readonly InputRecord[],
  end: InputRecord,
  joined: Map<number, InputRecord | null>,
): void {
  if (first === undefined) return;
  const { seq, t_ms, kind } = first;
  joined.set(seq, { seq, t_ms, kind, withheld: true });
  for (const { seq } of [...others, end]) joined.set(seq, null);
}
