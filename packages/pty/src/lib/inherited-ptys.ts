import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { CassetteError } from "@cassette/format";
import { isRunnable } from "./launch.js";

/** The command to start: the program itself, or a closer that replaces itself with the program. */
export interface WrappedCommand {
  file: string;
  args: string[];
  env: Record<string, string>;
}

/** A program that closes descriptors and then executes another. */
interface DescriptorCloser {
  name: string;
  args: string[];
}

/** Set by us only; the closer gets only variables with this prefix, and so no setting meant for the program. */
const PREFIX = "_";

const PERL = `
my @fds = split /,/, shift @ARGV;
my %env = map { substr($_, 1) => $ENV{$_} } grep { /^_/ } keys %ENV;
my @foreign = map { open(my $fd, "<&=", $_); $fd } @fds;
%ENV = %env;
exec { $ARGV[0] } @ARGV or do { print STDERR "$ARGV[0]: $!\\n"; exit 1 };
`;

const PYTHON = `
import os, signal, sys
for fd in sys.argv[1].split(","): os.close(int(fd))
for name in ("SIGPIPE", "SIGXFSZ"): signal.signal(getattr(signal, name), signal.SIG_DFL)
env = {name[1:]: value for name, value in os.environb.items() if name.startswith(b"_")}
argv = [os.fsencode(word) for word in sys.argv[2:]]
try: os.execvpe(argv[0], argv, env)
except OSError as error: sys.exit("%s: %s" % (sys.argv[2], error.strerror))
`;

/** Programs that can close any descriptor and execute another; some shells accept only one digit. */
export const DESCRIPTOR_CLOSERS: readonly DescriptorCloser[] = [
  { name: "perl", args: ["-e", PERL, "--"] },
  { name: "python3", args: ["-I", "-S", "-c", PYTHON] },
];

/**
 * Keeps the program from inheriting the terminals of other sessions of this process: it would keep them
 * open. Descriptors of node-pty are inherited by every child, and Node cannot change that afterwards; so if
 * there are any, the program is started through one that closes them first.
 * @throws CassetteError `CASSETTE_SPAWN_FAILED` when there are some and neither perl nor python3 to close them.
 */
export function withoutInheritedPtys(
  argv: readonly [string, ...string[]],
  env: Record<string, string>,
  foreign: readonly number[] = inheritedMasters(),
  closers: readonly DescriptorCloser[] = DESCRIPTOR_CLOSERS,
): WrappedCommand {
  const [file, ...args] = argv;
  if (foreign.length === 0) return { file, args, env };
  const closer = findCloser(closers);
  if (closer === undefined) {
    throw new CassetteError(
      "CASSETTE_SPAWN_FAILED",
      "Another session is open in this process, and there is neither perl nor python3 to keep it from the program.",
      { hint: "Install perl or python3, or close the other session first." },
    );
  }
  return {
    file: closer.file,
    args: [...closer.args, foreign.join(","), ...argv],
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [PREFIX + name, value])),
  };
}

function findCloser(closers: readonly DescriptorCloser[]): { file: string; args: string[] } | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).concat("/usr/bin", "/bin");
  for (const { name, args } of closers) {
    for (const folder of folders) {
      const file = join(folder, name);
      if (folder.startsWith("/") && isRunnable(file)) return { file, args };
    }
  }
  return undefined;
}

/** Masters of pseudo-terminals that a child would inherit. None on macOS, where node-pty closes them in the child. */
function inheritedMasters(): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc/self/fd")
    .map(Number)
    .filter((fd) => fd > 2 && isMaster(fd) && isInherited(fd));
}

function isMaster(fd: number): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).endsWith("/ptmx");
  } catch {
    return false;
  }
}

/** `O_CLOEXEC`, as Linux shows it in a descriptor's flags. */
const CLOSE_ON_EXEC = 0o2000000;

function isInherited(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1];
    return flags === undefined || (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    return false;
  }
}
