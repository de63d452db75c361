import { replaceUnsafe, SERVER_COMMAND } from "@cassette/format";

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes text safe as the content of an element: recorded text is hostile. */
export function escapeText(text: string): string {
  return withoutUnsafe(text)
    .replace(/[&<>]/g, (char) => ENTITIES[char] ?? char)
    .replace(SERVER_COMMAND, "&#35;");
}

/** Makes text safe as the value of a quoted attribute. */
export function escapeAttribute(text: string): string {
  return withoutUnsafe(text)
    .replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
    .replace(SERVER_COMMAND, "&#35;");
}

/** Without what XML does not allow, or what a viewer could take for more than text. Stays as long in UTF-16 units. */
function withoutUnsafe(text: string): string {
  return replaceUnsafe(text, "\ufffd").replace(/[\ufffe\uffff]/g, "\ufffd");
}

/** A number as briefly as possible, to three decimals: `.5`, `-3`, `12.04`. */
export function number(value: number): string {
  const text = String(Math.round(value * 1_000) / 1_000);
  return text.replace(/^(-?)0\./, "$1.");
}
