import { CassetteError } from "@cassette/format";
import { EXIT } from "./output/exit-status.js";
import { reportError, type Streams } from "./output/report-error.js";
import { completeCommand } from "./program/command-prefix.js";
import { CommanderError } from "./program/commander.js";
import { COMMANDS } from "./program/commands.js";
import { createProgram } from "./program/program.js";
import { signalStatus } from "./recording/signals.js";

/**
 * Runs the command.
 * @param argv arguments after the program's name
 * @returns the exit status; nothing is thrown
 */
export async function run(argv: readonly string[], streams: Streams): Promise<number> {
  endOnFailedOutput(streams);
  let status: number = EXIT.done;
  const completed = completeCommand(argv, [...COMMANDS.flatMap(({ names }) => names), "help"]);
  const program = await createProgram({ argv, streams, finish: (code) => (status = code) }, completed[0]);
  try {
    await program.parseAsync(completed, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return reportError(error, streams);
  }
}

/** A reader that has seen enough (`| head`) is not an error; a full disk is. */
function endOnFailedOutput(streams: Streams): void {
  streams.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(EXIT.done);
    // The terminal was closed.
    if (error.code === "EIO") process.exit(signalStatus("SIGHUP"));
    const message = `Writing to standard output failed with ${error.code}.`;
    process.exit(reportError(new CassetteError("CASSETTE_WRITE_FAILED", message, { cause: error }), streams));
  });
  // Nobody is left to be told.
  streams.stderr.on("error", () => {});
}
