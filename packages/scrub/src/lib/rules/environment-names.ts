/** Variables that hold the name of a user; sudo and doas keep the caller's. */
const USER_VARIABLES = ["USER", "LOGNAME", "USERNAME", "SUDO_USER", "DOAS_USER"];

/** A name of a user, and the variable that holds it. */
export interface EnvironmentName {
  variable: string;
  name: string;
}

/** Names of users in an environment: what some variables hold, and the last part of HOME. */
export function environmentNames(env: Readonly<Record<string, string | undefined>>): EnvironmentName[] {
  const home = env.HOME?.split("/").findLast((part) => part !== "");
  const held = USER_VARIABLES.map((variable) => ({ variable, name: env[variable] ?? "" }));
  return [...held, { variable: "HOME", name: home ?? "" }].filter(({ name }) => name !== "");
}
