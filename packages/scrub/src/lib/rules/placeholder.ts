// What masks and labels look like (ours and other tools'), and what stands for a value that is somewhere else.
const PLACEHOLDER =
  /^(?:[*#.xX_-]*|(?:\xc3\x97|\xe2\x80\xa2|\xef\xbc\x8a|\*)+|[<[({].*|\$.*|%.*|\\?["'`].*|.*\*{3}.*|null|true|false|none|undefined|redacted|changeme|placeholder)$/is;

/** Whether a value only stands for one: masked already, a variable, an angle-bracketed name, one letter repeated. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || new Set(value).size <= 2;
}
