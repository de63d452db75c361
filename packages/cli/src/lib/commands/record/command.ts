import { CassetteError } from "@cassette/format";
import { parseDuration, parseWindowSize } from "@cassette/format/units";
import { parseResolution, parseSeconds, parseTermName, parseTimeout } from "../../arguments.js";
import { Command, Option } from "../../commander/commander.js";
import type { CommandContext } from "../../commander/context.js";
import { collect, parsing } from "../../commander/parsing.js";
import { parseFramePolicy } from "../../recording/frame-policy.js";

/** Declares `cassette record`. */
export function recordCommand({ argv, streams, finish }: CommandContext): Command {
  const command = new Command("record")
    .alias("rec")
    .description("record a program in its own pseudo-terminal")
    .usage("[options] [dir] -- <program> [arguments...]")
    .argument("[dir]", "directory to create; must not exist (default: PROGRAM-DATE-TIME.cassette)")
    .argument("[program...]", "the program and its arguments, after `--`");
  addProgramOptions(command);
  addRecordingOptions(command);
  addAttachmentOptions(command);
  addModeOptions(command);
  return addSealingOptions(command)
    .option("-q, --quiet", "print nothing but errors")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string | undefined, program: string[], options) => {
      const { target, command } = splitOperands([...(dir === undefined ? [] : [dir]), ...program], argv);
      checkFreshness(options);
      if (options.mode === undefined) {
        const { record } = await import("./record.js");
        finish(await record(target, requireOperand(command), options, streams));
      } else {
        const { recordByMode } = await import("./record-by-mode.js");
        finish(await recordByMode(requireTarget(target), command, options, streams));
      }
    });
}

function option<T>(flags: string, description: string, parse: (text: string) => T): Option {
  return new Option(flags, description).argParser(parsing(parse));
}

/** What the program is given: its input and its terminal. */
function addProgramOptions(command: Command): Command {
  return command
    .option("--script <file>", "YAML or JSON steps that type, press and wait")
    .option("--save-script <file>", "write a script that records this again; must not exist")
    .option(
      "--unset-secrets",
      "start the program without the variables that the script's `secret:` steps name",
    )
    .addOption(option("--window-size <colsxrows>", "size of the terminal (default: 80x24)", parseWindowSize))
    .addOption(
      new Option(
        "--widths <policy>",
        "width of emoji joined into one: unicode11 adds them up, graphemes gives two columns (default: unicode11, unless the program sets mode 2027)",
      ).choices(["unicode11", "graphemes"]),
    )
    .addOption(
      option(
        "--term <name>",
        "the program's TERM (default: xterm-256color; on a terminal, the terminal's own)",
        parseTermName,
      ),
    )
    .addOption(option("--timeout <duration>", "end the program after this long", parseTimeout));
}

/** What the cassette contains. */
function addRecordingOptions(command: Command): Command {
  return command
    .option("-t, --title <text>", "a title for the recording")
    .addOption(
      option("-i, --idle-time-limit <seconds>", "let players shorten longer pauses to this", parseSeconds),
    )
    .option("--env <name>", "record this variable's name, never its value; may be repeated", collect)
    .addOption(
      option("--resolution <duration>", "time resolution of the recording (default: 1ms)", parseResolution),
    )
    .addOption(
      option(
        "--frames <policy>",
        "when to keep a frame: settled, settled:200ms, chunk, interval:500ms (default: settled)",
        parseFramePolicy,
      ),
    )
    .option(
      "--manifest <file>",
      "YAML or JSON facts: fields of the manifest, quota, discovery, final, usage, cost_usd",
    );
}

/** What takes part in the recording besides the program. */
function addAttachmentOptions(command: Command): Command {
  return command
    .option("--service-events <file>", "record JSON lines from this file, named pipe or file descriptor")
    .option("--account <name>", "lock this account while recording; the name is scrubbed")
    .option("--lock-root <dir>", "directory of the locks (default: $XDG_STATE_HOME/cassette)")
    .option("--headless", "forward neither the keyboard nor standard input")
    .option("--mark-key <key>", "the key that makes a mark, or `none`", "Ctrl+\\");
}

/** What happens to an existing recording. */
function addModeOptions(command: Command): Command {
  return command
    .option("--overwrite", "replace an existing cassette")
    .addOption(
      option(
        "--mode <mode>",
        "if the cassette exists: `once` keeps it, `all` replays its input and shows what has changed; `none` never records",
        parseRecordMode,
      ),
    )
    .addOption(
      option(
        "--max-age <duration>",
        "with once or none: a recording older than this is stale",
        parseDuration,
      ),
    )
    .addOption(
      new Option(
        "--stale <warn|fail>",
        "what to do about a stale recording, or one whose program has changed (default: warn)",
      ).choices(["warn", "fail"]),
    );
}

/** What happens after the program has ended. */
function addSealingOptions(command: Command): Command {
  return command
    .option("--return", "exit with the program's status")
    .option(
      "--rules <file>",
      "YAML or JSON rules: what else to mask, and what not to mask (see `cassette scrub --help`)",
    )
    .option("--no-scrub", "do not mask secrets; the scrub report says so");
}

/**
 * Separates the target from the program, which comes after `--`.
 * @throws CassetteError CASSETTE_USAGE.
 */
function splitOperands(operands: string[], argv: readonly string[]) {
  const separator = argv.indexOf("--");
  const before = separator === -1 ? 1 : operands.length - (argv.length - separator - 1);
  const [program, ...rest] = operands.slice(before);
  const command: [string, ...string[]] | null = program ? [program, ...rest] : null;
  if (before > 1) requireOperand(null);
  return { target: operands.slice(0, before)[0], command };
}

/** @throws CassetteError CASSETTE_USAGE. */
function requireOperand<T>(operand: T | null | undefined): T {
  if (operand !== null && operand !== undefined) return operand;
  throw new CassetteError(
    "CASSETTE_USAGE",
    "Name the program after `--`, and at most one directory before it.",
    { hint: "cassette record demo.cassette -- git log" },
  );
}

/** @throws CassetteError CASSETTE_USAGE. */
function requireTarget(target: string | undefined): string {
  if (target !== undefined) return target;
  throw new CassetteError("CASSETTE_USAGE", "With --mode, say the directory of the recording before `--`.", {
    hint: "cassette record --mode once demo.cassette -- git log",
  });
}

/** Refuses options that would have no effect. @throws CassetteError CASSETTE_USAGE. */
function checkFreshness({ mode, maxAge, stale }: { mode?: string; maxAge?: number; stale?: string }): void {
  if (mode === "once" || mode === "none" || (maxAge === undefined && stale === undefined)) return;
  throw new CassetteError("CASSETTE_USAGE", "--max-age and --stale need --mode once or --mode none.");
}

/** @throws CassetteError CASSETTE_USAGE. */
function parseRecordMode(text: string): string {
  if (["once", "none", "all"].includes(text)) return text;
  const reason =
    text === "new_episodes"
      ? "Each screen depends on everything before it, so nothing can be added to a recording; --mode all records it again."
      : "A mode is once, none or all.";
  throw new CassetteError("CASSETTE_USAGE", reason);
}

const EXAMPLES = `
On a terminal you use the program as usual, in a window of the same size. The
exit status is 0 even if the program fails; --return exits with its status.

If standard input is not a terminal, it is recorded and forwarded to the program
at the pace at which it reads. In canonical mode (the program reads lines) the
program receives exactly these bytes, then an end of file. In raw mode (it reads
keys) the bytes are keys, and no end of file is sent. --headless and --script
ignore standard input.

Without a terminal the program's TERM is xterm-256color, or --term. If the
program is stopped, the recorder stops with it; \`fg\` continues both.

When the program ends, the recording is sealed: secrets and the names of the
user and the machine are masked, frames are rendered, and everything is scanned
again. Names of fewer than six characters and common ones (root, ubuntu)
are not masked; the last line lists them. Input at a password prompt (even if
the program shows stars) and of a script's step \`secret: NAME\` is never
recorded. Review a recording before you publish it.

Examples:
  cassette record ls.cassette -- ls -la --color=always
  cassette record less.cassette --script less.yaml -- less README.md
  printf "b\\na\\n" | cassette record sort.cassette -- sort

A script is a list of steps (docs/scripts.md shows each):
  - wait: README              # text on the screen, or a /regular expression/
  - wait: { settledMs: 300 }  # no output for this long
  - expect: README            # fail unless the screen shows it now
  - press: [Space, Ctrl+F]    # keys
  - type: "/word"             # text
  - secret: DB_PASSWORD       # the value of a variable, never recorded
  - paste: "two\\nlines"
  - resize: 100x30
  - sleep: 200ms
  - mark: searched
  - signal: SIGTERM
  - hangup                    # or let the script end the program: type: q
  - wait: { ended: true }     # until the program has ended
  - { wait: Tip, optional: true }
  - repeat: { times: 3, steps: [{ press: Down }] }
  - include: login.yaml

Facts for --manifest:
  harness: { name: agent, binary_version: "1.4", account_class: team }
  quota: { source: headers, status: known }
  final: { metadata: { case: answer } }
  cost_usd: 0.02
  usage: { input_tokens: 812, output_tokens: 40 }

Recording again: --mode once records if there is no cassette yet; --mode none
(for CI) never runs the program; --mode all replays the input of an existing
recording, each input as soon as the screen shows what it showed then, and
prints the differences. The new recording replaces the old one if there are
none, if you confirm, or with --overwrite.

  cassette record --mode once --max-age 90d git.cassette -- git log
  cassette record --mode all git.cassette`;
