import { nextState, STATE } from "./states.js";

/** A text without its escape sequences. Control characters outside of them stay. A sequence without an end goes to the end. */
export function withoutSequences(text: string): string {
  let state: number = STATE.ground;
  let kept = "";
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const before = state;
    state = nextState(before, text.charCodeAt(at));
    if (before === STATE.ground && state !== STATE.ground) kept += text.slice(start, at);
    if (before !== STATE.ground && state === STATE.ground) start = at + 1;
  }
  return state === STATE.ground ? kept + text.slice(start) : kept;
}
