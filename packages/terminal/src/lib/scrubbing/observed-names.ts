import { posix } from "node:path";
import { environmentNames, isDistinctiveName } from "@cassette/scrub";

/** A name of the user or of the machine. */
export interface ObservedName {
  name: string;
  /** Where it was found: variables of the environment, or the system. */
  sources: readonly string[];
}

/** What the system knows about the user and the machine; unknown names are missing. */
export interface SystemNames {
  user?: string;
  home?: string;
  host?: string;
}

/** Collects the distinct names of the user and the machine from the environment and the system. */
export function observeNames(env: NodeJS.ProcessEnv, { user, home, host }: SystemNames): ObservedName[] {
  const found: [source: string, name: string | undefined][] = [
    ...environmentNames(env).map(({ variable, name }): [string, string] => [variable, name]),
    ["user database", user],
    ["user database", posix.basename(home ?? "")],
    ["host name", host],
    // Prompts show a host name without its domain.
    ["host name", host?.split(".")[0]],
  ];
  const sourcesOf = new Map<string, Set<string>>();
  for (const [source, name] of found) {
    if (!name) continue;
    sourcesOf.set(name, (sourcesOf.get(name) ?? new Set()).add(source));
  }
  return [...sourcesOf].map(([name, sources]) => ({ name, sources: [...sources] }));
}

/** Names that are not masked because they are too short or too common, unless an account has the same name. */
export function unmaskedNames(
  names: readonly ObservedName[],
  accountIdentifiers: readonly string[],
): ObservedName[] {
  return names.filter(({ name }) => !isDistinctiveName(name) && !accountIdentifiers.includes(name));
}

/** A sentence that lists names that are not masked. */
export function describeUnmasked(names: readonly ObservedName[]): string {
  const list = names.map(({ name, sources }) => `${JSON.stringify(name)} (${sources.join(", ")})`);
  return `Not masked, because too short or too common: ${list.join(", ")}. To mask one, list it under accountIdentifiers in --rules FILE.`;
}
