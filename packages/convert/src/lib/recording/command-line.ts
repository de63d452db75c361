import type { RecordingFacts } from "./recording.js";

/** The command as one line for a shell. */
export function commandLine({ command, argv }: RecordingFacts): string | undefined {
  return command ?? argv?.map(quoted).join(" ");
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
