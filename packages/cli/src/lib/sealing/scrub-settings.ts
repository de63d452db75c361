import { hostname, userInfo } from "node:os";
import type { JsonValue } from "@cassette/format";
import { environmentSecrets } from "@cassette/scrub";

/**
 * What a scrubber is told of the machine and its user. It is kept in the private spool, so that what is recovered later
 * is scrubbed alike.
 */
export interface ScrubSettings {
  home?: string;
  worktree?: string;
  names: string[];
  secrets: string[];
}

/** Observes the settings of this process. Of the environment only values are kept whose variables say that they are secret. */
export function observeScrubSettings(env: NodeJS.ProcessEnv, cwd: string): ScrubSettings {
  return {
    ...(env.HOME && { home: env.HOME }),
    worktree: cwd,
    names: [userName(), hostname()].filter((name) => name !== ""),
    secrets: environmentSecrets(env),
  };
}

/** Settings as they stand in a spool. */
export function settingsToJson(settings: ScrubSettings): JsonValue {
  return { ...settings } as JsonValue;
}

/** Settings out of a spool; an older or foreign one may lack some. */
export function settingsFromJson(value: JsonValue): ScrubSettings {
  const { home, worktree, names, secrets } = (value ?? {}) as Partial<ScrubSettings>;
  return { ...(home && { home }), ...(worktree && { worktree }), names: names ?? [], secrets: secrets ?? [] };
}

/** A user without an entry in the system's list has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
