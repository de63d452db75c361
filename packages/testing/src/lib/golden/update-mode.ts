/** Whether golden files are rewritten ("all"), written if missing ("new"), or only read ("none"). */
export type UpdateMode = "all" | "new" | "none";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The update mode: `CASSETTE_UPDATE=1` rewrites golden files; else with `CI` none is written, not even with the runner's own flag;
 * else that flag decides.
 * @param flag the runner's update mode, if it has one: `-u` is "all".
 */
export function updateMode(env: Environment, flag?: unknown): UpdateMode {
  if (isOn(env.CASSETTE_UPDATE)) return "all";
  if (isOn(env.CI)) return "none";
  return flag === "all" || flag === "none" ? flag : "new";
}

/** The same from the snapshot state of Vitest and Jest: `_updateSnapshot`, private to them and the same in both. */
export function updateModeOf(snapshotState: object | undefined, env: Environment = process.env): UpdateMode {
  const state = snapshotState ?? {};
  return updateMode(env, "_updateSnapshot" in state ? state._updateSnapshot : undefined);
}

function isOn(variable = ""): boolean {
  return !["", "0", "false"].includes(variable);
}
