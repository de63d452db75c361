import type { Exit } from "@cassette/format";
import type { ExitStatus, FinalMetadata } from "./assertion.js";
import { type Check, quote, showJson } from "./mismatch.js";
import { sameJson } from "./service-checks.js";

export const finalMetadata: Check<FinalMetadata> = ({ metadata_key, equals, text }, { final, events }) => {
  const t_ms = events.at(-1)?.t_ms ?? 0;
  if (metadata_key !== undefined) {
    const value = final?.metadata?.[metadata_key];
    if (!sameJson(value, equals)) {
      const expected = `the final metadata has ${showJson(equals ?? null)} at ${quote(metadata_key)}`;
      const keys = Object.keys(final?.metadata ?? {});
      const others = keys.length > 0 ? `; there are ${keys.map(quote).join(", ")}` : "";
      const found = value === undefined ? `it is not there${others}` : `it has ${showJson(value)}`;
      return { expected, found, t_ms };
    }
  }
  if (text === undefined || final?.final_text?.includes(text)) return null;
  const expected = `the final text contains ${quote(text)}`;
  return { expected, found: final?.final_text ? `it is ${quote(final.final_text)}` : "there is none", t_ms };
};

export const exitStatus: Check<ExitStatus> = ({ exit_code, signaled }, { final, events }) => {
  const t_ms = events.at(-1)?.t_ms ?? 0;
  const how = signaled === undefined ? "" : signaled ? ", ended by a signal" : ", not ended by a signal";
  const expected = `the program ended${exit_code === undefined ? "" : ` with ${exit_code}`}${how}`;
  const exit = final?.exit;
  if (!exit) return { expected, found: final ? "the recording does not say how" : "it still runs", t_ms };
  const isIt = (exit_code ?? exit.Code) === exit.Code && (signaled ?? exit.Signaled) === exit.Signaled;
  return isIt ? null : { expected, found: `it ended with ${describeExit(exit)}`, t_ms };
};

function describeExit({ Code, Signal, Signaled }: Exit): string {
  return Signaled ? `${Code}, by the signal "${Signal}"` : String(Code);
}
