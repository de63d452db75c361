import { lexiconText } from "./lexicon/secret-names.js";
import { commandsText } from "./rules/commands.js";
import { COMMON_TOKENS, OTHER_TOKENS } from "./rules/tokens.js";

/** Of the rules that are code: to be raised whenever one of them finds more or less. */
const REVISION = 3;

/** The version of the default set: changes with the data of its rules by itself. */
export const DEFAULT_VERSION = `${REVISION}.${digest(
  [COMMON_TOKENS, OTHER_TOKENS, lexiconText(), commandsText()].join("\0"),
)}`;

/** 32 bits in hexadecimal (FNV-1a): distinguishes versions, and no more. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
