/** Emoji that are of two columns with U+FE0F after them, and of one without. */
const EMOJI = /^\p{Emoji}$/u;
const PICTOGRAPH = /^\p{Extended_Pictographic}$/u;
/** Characters that a modifier extends, and those that a pictograph extends. */
const ENDS_IN_PICTOGRAPH = /\p{Extended_Pictographic}\ufe0f?$/u;
const ENDS_IN_JOINER = /\p{Extended_Pictographic}[\p{M}\p{Emoji_Modifier}]*\u200d$/u;
const ONE_REGIONAL_INDICATOR = /^\p{Regional_Indicator}$/u;

const EMOJI_STYLE = 0xfe0f;
/** Code units of a cluster that nothing more joins but marks: no emoji is so long, and no cell grows without end. */
const LONGEST = 64;

/** Whether a code point may join the cluster before it although it has columns of its own, or may widen it. */
export function mayJoin(code: number): boolean {
  return code === EMOJI_STYLE || (code >= 0x2190 && code <= 0x3299) || (code >= 0x1f000 && code <= 0x1ffff);
}

/**
 * Whether a code point joins a cluster, after the rules for emoji in https://unicode.org/reports/tr29/: after U+200D, as a
 * skin tone, or as the second half of a flag.
 */
export function joins(cluster: string, code: number): boolean {
  if (cluster.length >= LONGEST) return false;
  if (isRegionalIndicator(code)) return ONE_REGIONAL_INDICATOR.test(cluster);
  if (isModifier(code)) return ENDS_IN_PICTOGRAPH.test(cluster);
  return (
    cluster.endsWith("\u200d") && PICTOGRAPH.test(String.fromCodePoint(code)) && ENDS_IN_JOINER.test(cluster)
  );
}

/** Whether a mark makes the narrow cluster before it wide. */
export function widens(cluster: string, mark: number): boolean {
  return mark === EMOJI_STYLE && EMOJI.test(cluster);
}

function isRegionalIndicator(code: number): boolean {
  return code >= 0x1f1e6 && code <= 0x1f1ff;
}

function isModifier(code: number): boolean {
  return code >= 0x1f3fb && code <= 0x1f3ff;
}
