import type { InputRecord } from "@cassette/format";
import { typedSteps, type WrittenStep } from "./typed-steps.js";

/** What a person typed, as people say it: `Ctrl+C`, `"ls -la" Enter`, `resize 100x30`, `withheld`. */
export function typedWords(record: InputRecord): string {
  if (record.withheld) return "withheld";
  const steps = typedSteps(record);
  if (steps !== null) return steps.map(stepWords).join(" ");
  const { kind, key, bytes } = record;
  return key ?? (bytes ? JSON.stringify(Buffer.from(bytes).toString("utf8")) : kind);
}

function stepWords(step: WrittenStep): string {
  if (typeof step.press === "string") return step.press;
  if (typeof step.paste === "string") return `paste ${JSON.stringify(step.paste)}`;
  if (typeof step.type !== "string") {
    const [name, value] = Object.entries(step)[0] ?? [];
    return [name, value].filter((part) => typeof part === "string").join(" ");
  }
  const text = step.type.replace(/\r$/, "");
  const enter = text === step.type ? [] : ["Enter"];
  return [...(text === "" ? [] : [JSON.stringify(text)]), ...enter].join(" ");
}
