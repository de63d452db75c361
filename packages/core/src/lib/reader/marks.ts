import type { ServiceEventRecord } from "@cassette/format";
import type { Cassette } from "./cassette.js";

/** A place that was marked during a recording. */
export interface Mark {
  seq: number;
  t_ms: number;
  /** May be empty. */
  label: string;
}

/** The label of a service event that is a mark (`{"type": "cassette.mark", "label": …}`); null for any other. */
export function markLabel({ payload }: ServiceEventRecord): string | null {
  if (!payload.json.includes("cassette.mark")) return null;
  const value: unknown = JSON.parse(payload.json);
  if (typeof value !== "object" || value === null || !("type" in value) || value.type !== "cassette.mark") {
    return null;
  }
  return "label" in value && typeof value.label === "string" ? value.label : "";
}

/** The marks of a cassette, in order. */
export async function readMarks(cassette: Pick<Cassette, "serviceEvents">): Promise<Mark[]> {
  const marks: Mark[] = [];
  for await (const record of cassette.serviceEvents()) {
    const label = markLabel(record);
    if (label !== null) marks.push({ seq: record.seq, t_ms: record.t_ms, label });
  }
  return marks;
}
