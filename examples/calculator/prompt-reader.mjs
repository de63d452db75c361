const PROMPT = ">>> ";
const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g;

/**
 * Reads what Python prints at its prompt, in whatever pieces it comes: a piece may end inside of a character or of an
 * escape sequence.
 */
export function createPromptReader() {
  const decoder = new TextDecoder();
  let text = "";
  return {
    /**
     * @param {Uint8Array} bytes
     * @returns {(string | null)[]} the text before each prompt; null before the first
     */
    feed(bytes) {
      text = (text + decoder.decode(bytes, { stream: true })).replaceAll(ESCAPES, "");
      const parts = text.split(PROMPT);
      text = parts.pop() ?? "";
      return parts.map((part) => (part === "" ? null : answerIn(part)));
    },
  };
}

/** The first line echoes what was typed. */
function answerIn(part) {
  const lines = part.replaceAll("\r", "").trimEnd().split("\n");
  return lines.slice(1).join("\n");
}
