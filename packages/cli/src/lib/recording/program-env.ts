import { inheritedEnv } from "@cassette/pty";

/** What answers a program when there is no person's terminal is an emulator of this kind. */
const DEFAULT_TERM = "xterm-256color";

/**
 * The environment of a recorded program.
 * @param term name of its terminal's type; a person's terminal has one already.
 */
export function programEnv(term: string | undefined, hasPerson: boolean): NodeJS.ProcessEnv {
  const env = inheritedEnv();
  return { ...env, TERM: term ?? (hasPerson ? env.TERM : DEFAULT_TERM) };
}
