import { CassetteError } from "@cassette/format";
import { CommanderError } from "../commander/commander.js";
import type { CommandContext } from "../commander/context.js";
import { EXIT } from "../output/exit-status.js";
import { reportError, type Streams } from "../output/report-error.js";
import { signalStatus } from "../signals.js";
import { completeCommand } from "./command-prefix.js";
import type { CommandEntry } from "./commands.js";
import { createProgram } from "./program.js";

/**
 * Runs the command.
 * @param argv arguments after the program's name
 * @param commands all commands
 * @returns the exit status; nothing is thrown
 */
export async function runCommand(
  argv: readonly string[],
  given: Streams,
  commands: readonly CommandEntry[],
): Promise<number> {
  const streams = { ...given, jsonErrors: asksForJson(argv) };
  endOnFailedOutput(streams);
  let status: number = EXIT.success;
  const completed = completeCommand(argv, [...commands.flatMap(({ names }) => names), "help"]);
  const context: CommandContext = { argv, streams, finish: (code) => (status = code) };
  try {
    const program = await createProgram(context, commands, completed[0]);
    await program.parseAsync(completed, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.usage;
    return reportError(error, streams);
  }
}

/** A caller that reads results as JSON reads errors as JSON, too. */
function asksForJson(argv: readonly string[]): boolean {
  const separator = argv.indexOf("--");
  return argv.slice(0, separator < 0 ? undefined : separator).includes("--json");
}

/** A reader that closes the pipe (`| head`) is not an error; a full disk is. */
function endOnFailedOutput(streams: Streams): void {
  streams.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.success);
    // The terminal was closed.
    if (error.code === "EIO") process.exit(signalStatus("SIGHUP"));
    const message = `Writing to standard output failed with ${error.code}.`;
    process.exit(reportError(new CassetteError("CASSETTE_WRITE_FAILED", message, { cause: error }), streams));
  });
  // Standard error is gone, too: it cannot be reported.
  streams.stderr.on("error", () => {});
}
