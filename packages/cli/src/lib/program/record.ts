import { CassetteError } from "@cassette/format";
import { parseDuration, parseResolution, parseSeconds, parseTimeout, parseWindowSize } from "../arguments.js";
import { parseFramePolicy } from "../recording/frame-policy.js";
import { Command, Option } from "./commander.js";
import type { CommandContext } from "./context.js";
import { parsing } from "./parsing.js";

/** Declares `cassette record`. */
export function recordCommand({ argv, streams, finish }: CommandContext): Command {
  return new Command("record")
    .alias("rec")
    .description("record a program under a pseudo-terminal of its own")
    .usage("[options] [dir] -- <program> [arguments...]")
    .argument("[dir]", "directory to make; must not exist (default: PROGRAM-DATE-TIME.cassette)")
    .argument("[program...]", "the program and its arguments, after `--`")
    .option("--script <file>", "YAML or JSON steps that type, press and wait")
    .addOption(
      new Option("--window-size <colsxrows>", "size of the terminal (default: 80x24)").argParser(
        parsing(parseWindowSize),
      ),
    )
    .addOption(
      new Option("--timeout <duration>", "end the program after this long").argParser(parsing(parseTimeout)),
    )
    .option("-t, --title <text>", "what it shows")
    .addOption(
      new Option("-i, --idle-time-limit <seconds>", "let players shorten pauses to this").argParser(
        parsing(parseSeconds),
      ),
    )
    .option("--env <name>", "note the name of a variable, never its value; may be repeated", collect, [])
    .addOption(
      new Option("--resolution <duration>", "finest time that is kept (default: 1ms)").argParser(
        parsing(parseResolution),
      ),
    )
    .addOption(
      new Option(
        "--frames <policy>",
        "when to keep a screen: settled, settled:200ms, chunk, interval:500ms (default: settled)",
      ).argParser(parsing(parseFramePolicy)),
    )
    .option("--manifest <file>", "JSON: facts for the manifest, `quota`, `discovery` and `final`")
    .option(
      "--service-events <file>",
      "JSON lines from the program around it: a file, a named pipe or a descriptor's number",
    )
    .option("--account <name>", "take the account's lock meanwhile; the name is scrubbed")
    .option("--lock-root <dir>", "where locks are (default: $XDG_STATE_HOME/cassette)")
    .option("--headless", "let nobody type, although there is a terminal")
    .option("--mark-key <key>", "the key that makes a mark, or `none`", "Ctrl+\\")
    .option("--overwrite", "replace an existing cassette")
    .addOption(
      new Option(
        "--mode <mode>",
        "where a cassette stands already: `once` keeps it, `all` does again what was done to it and shows what has changed; `none` never records",
      ).argParser(parsing(parseRecordMode)),
    )
    .addOption(
      new Option("--max-age <duration>", "with once or none: a recording older than this is stale").argParser(
        parsing(parseDuration),
      ),
    )
    .addOption(
      new Option(
        "--stale <warn|fail>",
        "what a recording is that is old, or whose program has changed (default: warn)",
      ).choices(["warn", "fail"]),
    )
    .option("--return", "exit with the program's status")
    .option(
      "--rules <file>",
      "YAML or JSON: what else to look for, and what to leave (`cassette scrub --help`)",
    )
    .option("--no-scrub", "leave secrets where they are; the report says so")
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string | undefined, program: string[], options) => {
      const { target, command } = splitOperands([...(dir === undefined ? [] : [dir]), ...program], argv);
      checkFreshness(options);
      if (options.mode === undefined) {
        const { record } = await import("../commands/record.js");
        finish(await record(target, demand(command), options, streams));
      } else {
        const { recordByMode } = await import("../commands/record-by-mode.js");
        finish(await recordByMode(demandTarget(target), command, options, streams));
      }
    });
}

/**
 * Tells the target from the program: what stands behind `--` is the program.
 * @throws CassetteError CASSETTE_USAGE.
 */
function splitOperands(operands: string[], argv: readonly string[]) {
  const separator = argv.indexOf("--");
  const before = separator === -1 ? 1 : operands.length - (argv.length - separator - 1);
  const [program, ...rest] = operands.slice(before);
  const command: [string, ...string[]] | null = program ? [program, ...rest] : null;
  if (before > 1) demand(null);
  return { target: operands.slice(0, before)[0], command };
}

/** @throws CassetteError CASSETTE_USAGE. */
function demand<T>(operand: T | null | undefined): T {
  if (operand !== null && operand !== undefined) return operand;
  throw new CassetteError(
    "CASSETTE_USAGE",
    "Say the program behind `--`, and before it at most one directory.",
    { hint: "cassette record demo.cassette -- git log" },
  );
}

/** @throws CassetteError CASSETTE_USAGE. */
function demandTarget(target: string | undefined): string {
  if (target !== undefined) return target;
  throw new CassetteError("CASSETTE_USAGE", "With --mode, say the directory of the recording before `--`.", {
    hint: "cassette record --mode once demo.cassette -- git log",
  });
}

/** What would be looked at by nobody is refused. @throws CassetteError CASSETTE_USAGE. */
function checkFreshness({ mode, maxAge, stale }: { mode?: string; maxAge?: number; stale?: string }): void {
  if (mode === "once" || mode === "none" || (maxAge === undefined && stale === undefined)) return;
  throw new CassetteError("CASSETTE_USAGE", "--max-age and --stale go with --mode once or --mode none.");
}

/** @throws CassetteError CASSETTE_USAGE. */
function parseRecordMode(text: string): string {
  if (["once", "none", "all"].includes(text)) return text;
  const reason =
    text === "new_episodes"
      ? "A screen follows from all that came before, so nothing can be added to a recording; --mode all records it anew."
      : "A mode is once, none or all.";
  throw new CassetteError("CASSETTE_USAGE", reason);
}

function collect(value: string, list: string[]): string[] {
  return [...list, value];
}

const EXAMPLES = `
On a terminal you use the program as ever, in a window of the same size; keys,
output and resizes pass through. Without a terminal, or with --headless, nobody
types but a script. The exit status is 0 whatever the program's, unless
--return is given.

When the program has ended the recording is sealed: secrets are masked, frames
derived from what is left, all of it scanned once more. What is typed at a
password prompt is not recorded, also where the program shows stars. Review a
recording all the same before you publish it.

Examples:
  cassette record ls.cassette -- ls -la --color=always
  cassette record less.cassette --script less.yaml -- less README.md

Keeping recordings: --mode once records where there is none yet, --mode none
(for CI) never runs the program, --mode all does again what was done to an
existing recording, each input once the screen is what it was, prints in what
the two differ, and replaces it if they are the same, if you say so, or with
--overwrite.

  cassette record --mode once --max-age 90d git.cassette -- git log
  cassette record --mode all git.cassette

A script is a list of steps:
  - wait: README
  - press: [Space, Space]
  - type: q`;
