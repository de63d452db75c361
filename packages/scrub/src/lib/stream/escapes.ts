/** What a control sequence does to the neighbourhood of characters; what erases or rises may end what a screen showed. */
export type Effect = "none" | "moves" | "rises" | "erases";

const STAYS = new Set([..."mKhlnctpuqx~sgiX"]);
/** Where programs begin to redraw. */
const RISES = new Set([..."AFHLMSTfd"]);
const ALTERNATE = /^\?(?:47|1047|1049)$/;

/** The effect of CSI `params` `final`; what is not known is taken for a move. */
export function effectOf(params: string, final: string): Effect {
  if (final === "J") return "erases";
  if ((final === "h" || final === "l") && params.startsWith("?")) {
    return params.split(";").some((param, index) => ALTERNATE.test(index === 0 ? param : `?${param}`))
      ? "erases"
      : "none";
  }
  if (final === "u" && params === "") return "moves";
  if (RISES.has(final)) return "rises";
  return STAYS.has(final) ? "none" : "moves";
}

/** The effect of ESC `final`. */
export function effectOfEscape(final: string): Effect {
  if (final === "c") return "erases";
  if (final === "M") return "rises";
  return "8DE".includes(final) ? "moves" : "none";
}
