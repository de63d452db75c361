/** What XML 1.0 does not allow, and what would reorder a line; lone surrogates too. */
const REPLACED =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes text safe as the content of an element: recorded text is hostile. Stays as long in UTF-16 units. */
export function escapeText(text: string): string {
  return text.replace(REPLACED, "\ufffd").replace(/[&<>]/g, (char) => ENTITIES[char] ?? char);
}

/** Makes text safe as the value of a quoted attribute. */
export function escapeAttribute(text: string): string {
  return text
    .replace(REPLACED, "\ufffd")
    .replace(/[&<>"'\t\n\r]/g, (char) => ENTITIES[char] ?? `&#${char.charCodeAt(0)};`);
}

/** A number as briefly as possible, to three decimals: `.5`, `-3`, `12.04`. */
export function number(value: number): string {
  const text = String(Math.round(value * 1_000) / 1_000);
  return text.replace(/^(-?)0\./, "$1.");
}
