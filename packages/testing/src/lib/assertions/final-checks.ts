import type { Exit, FreeMap } from "@cassette/format";
import type { ExitStatus, FinalMetadata } from "./assertion.js";
import { type Check, quote, showJson } from "./mismatch.js";
import { sameJson } from "./service-checks.js";

export const finalMetadata: Check<FinalMetadata> = ({ metadata_key, equals, text }, { final, events }) => {
  const t_ms = events.at(-1)?.t_ms ?? 0;
  const metadata = final?.metadata ?? {};
  if (metadata_key !== undefined && !sameJson(metadata[metadata_key], equals)) {
    const expected = `the final metadata has ${showJson(equals ?? null)} at ${quote(metadata_key)}`;
    return { expected, found: describeMember(metadata, metadata_key), t_ms };
  }
  if (text === undefined || final?.final_text?.includes(text)) return null;
  const expected = `the final text contains ${quote(text)}`;
  return { expected, found: final?.final_text ? `it is ${quote(final.final_text)}` : "there is none", t_ms };
};

function describeMember(metadata: FreeMap, key: string): string {
  const value = metadata[key];
  if (value !== undefined) return `it has ${showJson(value)}`;
  const keys = Object.keys(metadata);
  return `it is missing${keys.length > 0 ? `; there are ${keys.map(quote).join(", ")}` : ""}`;
}

export const exitStatus: Check<ExitStatus> = ({ exit_code, signaled }, { final, events }) => {
  const t_ms = events.at(-1)?.t_ms ?? 0;
  const expected = `the program ended${describeExpected({ exit_code, signaled })}`;
  const exit = final?.exit;
  if (!exit) return { expected, found: final ? "the recording does not say how" : "it still runs", t_ms };
  const isIt = (exit_code ?? exit.Code) === exit.Code && (signaled ?? exit.Signaled) === exit.Signaled;
  return isIt ? null : { expected, found: `it ended with ${describeExit(exit)}`, t_ms };
};

function describeExpected({ exit_code, signaled }: Pick<ExitStatus, "exit_code" | "signaled">): string {
  const how = signaled === undefined ? "" : signaled ? ", ended by a signal" : ", not ended by a signal";
  return exit_code === undefined ? how : ` with ${exit_code}${how}`;
}

function describeExit({ Code, Signal, Signaled }: Exit): string {
  return Signaled ? `${Code}, by the signal "${Signal}"` : String(Code);
}
