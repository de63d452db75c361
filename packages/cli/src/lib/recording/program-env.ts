import { inheritedEnv } from "@cassette/pty";

/** Without the user's terminal, an emulator of this kind replies to the program. */
const DEFAULT_TERM = "xterm-256color";

/**
 * The environment of a recorded program.
 * @param term terminal type; an attached terminal has one already.
 */
export function programEnv(term: string | undefined, hasUserTerminal: boolean): NodeJS.ProcessEnv {
  const env = inheritedEnv();
  return { ...env, TERM: term ?? (hasUserTerminal ? env.TERM : DEFAULT_TERM) };
}
