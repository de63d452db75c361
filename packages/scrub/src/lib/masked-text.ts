/** Labels, and the rules that put them there; any rule of secrets or names puts the others. */
const LABELS = { $HOME: "home-path", $WORKTREE: "worktree-path" } as const;
const PLAIN_LABELS = ["<redacted>", "<account>", "<name>"];
const ANY_LABEL = /<redacted>|<account>|<name>|\$HOME|\$WORKTREE/;

/**
 * Whether a text has a label in place of something.
 * @param hitCounts how often each rule hit where the text comes from: `$HOME` may be what a person wrote.
 */
export function isMaskedText(text: string, hitCounts: Readonly<Record<string, unknown>>): boolean {
  if (Object.keys(hitCounts).length === 0) return false;
  if (PLAIN_LABELS.some((label) => text.includes(label))) return true;
  return Object.entries(LABELS).some(([label, rule]) => text.includes(label) && rule in hitCounts);
}

/** Whether a text may be what another one was before it was scrubbed: anything may be in place of a label. */
export function matchesMasked(masked: string, text: string): boolean {
  const [first = "", ...rest] = masked.split(ANY_LABEL);
  const last = rest.pop();
  if (last === undefined) return masked === text;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at + 1);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at < text.length - last.length;
}
