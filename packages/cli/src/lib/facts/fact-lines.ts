import { formatClock, formatSeconds } from "../time-text.js";
import type { CassetteFacts, SummaryFacts } from "./cassette-facts.js";

/** Further marks are only counted, so that the summary fits on one screen. */
const MARKS_SHOWN = 5;

/** The facts as lines for people: name and value. Recorded text is not escaped. */
export function factLines(facts: CassetteFacts | SummaryFacts): [name: string, value: string][] {
  const { program, terminal } = facts;
  const lines: [name: string, value: string | null][] = [
    ["title", facts.title],
    ["program", program.argv.length > 0 ? program.argv.map(quoted).join(" ") : program.name],
    ["version", program.version],
    ["ended", `${facts.ended}, after ${inWords(facts.duration_ms)}`],
    [
      "terminal",
      [`${terminal.cols}x${terminal.rows}`, terminal.term, terminal.locale].filter(Boolean).join(", "),
    ],
    ["recorded", `${facts.recorded_at} on ${facts.os} ${facts.arch} by ${facts.recorder_version}`],
    ...("events" in facts ? countLines(facts) : []),
    ["cut", cutInWords(facts.cut)],
    ["emulator", facts.emulator],
    ["scrubbed", scrubbing(facts.scrub)],
    ["integrity", "integrity" in facts ? facts.integrity : "not verified"],
    ["id", facts.id],
    ["sha256", facts.sha256],
  ];
  return lines.flatMap(([name, value]) => (value ? [[name, value]] : []));
}

function countLines({ events, bytes, marks }: CassetteFacts): [name: string, value: string | null][] {
  const shown = marks.slice(0, MARKS_SHOWN).map(({ t_ms, label }) => `${formatSeconds(t_ms)} ${label}`);
  const more = marks.length - shown.length;
  const counts = Object.entries(events).map(([kind, count]) => `${count} ${kind}`);
  return [
    ["events", counts.join(", ")],
    ["output", `${bytes.toLocaleString("en")} bytes`],
    ["marks", marks.length === 0 ? null : [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("; ")],
  ];
}

function cutInWords(cut: CassetteFacts["cut"]): string | null {
  return cut && `${formatSeconds(cut.from_ms)} to ${formatSeconds(cut.to_ms)} of ${cut.of}`;
}

const MINUTE_MS = 60_000;

function inWords(ms: number): string {
  return ms < MINUTE_MS ? formatSeconds(ms) : `${formatClock(ms)} (${formatSeconds(ms)})`;
}

/** The command as typed into a shell. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

function scrubbing({ status, rules, hits }: CassetteFacts["scrub"]): string {
  if (rules === null && status === "clean") return "not stated";
  const counts = Object.entries(hits).filter(([, count]) => count > 0);
  const found = counts.map(([rule, count]) => `${rule} ${count}`).join(", ");
  return found ? `${status}: ${found}` : status;
}
