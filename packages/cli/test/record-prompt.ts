import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { COMMAND, cassette, type Outcome, temporaryDirectory } from "./cassette.js";
import { PASSWORD, type PasswordPrompt } from "./programs/password-prompts.js";
import { openPane } from "./tmux-pane.js";
import { type Watched, watched } from "./watched.js";

const HALVES = [PASSWORD, PASSWORD.slice(0, 5), PASSWORD.slice(5)];
/** In base64, at any offset. */
const NEEDLES = [...HALVES, ...HALVES.flatMap((half) => [0, 1, 2].map((shift) => base64Inside(half, shift)))];
/** What comes after the program reads the rest unseen. */
const AHEAD =
  "echo begins; sleep 1.5; timeout --foreground 6 sh PROGRAM; stty sane -echo; timeout 7 cat >/dev/null";
const settled = { wait: { settledMs: 300 } };

const WAYS_BY_SCRIPT: Record<string, (password: string) => object[]> = {
  whole: (password) => [{ type: password }],
  keys: (password) => [...password].map((key) => ({ type: key })),
  "slow keys": (password) => [...password].flatMap((key) => [{ type: key }, { sleep: "70ms" }]),
  paste: (password) => [{ paste: password }],
};
/** How a password is typed. */
export const WAYS = [...Object.keys(WAYS_BY_SCRIPT), "by hand", "typed ahead"];

/** A recording in which a password was typed, and where it was seen meanwhile. */
export interface TypedRecording extends Watched<Outcome | null> {
  target: string;
  inputs: { bytes?: string; withheld?: boolean }[];
}

/** Records a prompt at which the password is typed. */
export async function recordTyped(prompt: PasswordPrompt, way: string): Promise<TypedRecording> {
  const dir = temporaryDirectory();
  const [work, scripts, tmp] = [join(dir, "work"), join(dir, "scripts"), join(dir, "work/tmp")];
  for (const each of [work, scripts, tmp]) mkdirSync(each);
  const target = join(work, "it");
  const env = { ...process.env, TERM: "xterm-256color", LC_ALL: "C.UTF-8", TMPDIR: tmp, HOME: work };
  const program = join(scripts, "program.sh");
  writeFileSync(program, `${prompt.command}\n`);
  const byScript = async () => {
    const script = join(scripts, "type.json");
    // What was typed ahead may leave a program at a prompt of its own.
    const ahead = { atEnd: "kill", steps: aheadSteps(prompt) };
    writeFileSync(script, JSON.stringify(way === "typed ahead" ? ahead : steps(prompt, way)));
    const started = way === "typed ahead" ? ["-c", `${AHEAD.replace("PROGRAM", program)}`] : [program];
    const argv = ["record", target, "--script", script, "--", "sh", ...started];
    return cassette(argv, { cwd: work, env });
  };
  const byHand = () => typeByHand(prompt, { target, program, work, env });
  const { result, seen, processes } = await watched(
    NEEDLES,
    work,
    way === "by hand" ? byHand : byScript,
    target,
  );
  if (!readdirSync(work).includes("it")) throw new Error(`No cassette: ${result?.stderr}`);
  return { result, target, seen, processes, inputs: inputsOf(target) };
}

function steps(prompt: PasswordPrompt, way: string): object[] {
  const { prompts, ends, before = [], after = [], isLine = true } = prompt;
  const typed = WAYS_BY_SCRIPT[way]?.(PASSWORD) ?? [];
  const answers = prompts.flatMap((text) => [
    { wait: text },
    settled,
    ...typed,
    settled,
    ...(isLine ? [{ press: "Enter" }] : []),
  ]);
  return [...before, ...answers, ...(ends === undefined ? [] : [{ wait: ends }]), ...after];
}

/** Types it before the prompt, and again at it: many programs discard what was typed before. */
function aheadSteps({ prompts, isLine = true }: PasswordPrompt): object[] {
  const lines = (pause: string) =>
    prompts.flatMap(() => [{ type: PASSWORD }, ...(isLine ? [{ press: "Enter" }] : []), { sleep: pause }]);
  return [{ wait: "begins" }, ...lines("1ms"), { sleep: "3s" }, ...lines("600ms")];
}

interface Place {
  target: string;
  program: string;
  work: string;
  env: NodeJS.ProcessEnv;
}

async function typeByHand(prompt: PasswordPrompt, { target, program, work, env }: Place): Promise<null> {
  const pane = await openPane();
  const { prompts, isLine = true, after = [] } = prompt;
  pane.type(
    `cd ${work}; export HOME=$PWD TMPDIR=$PWD/tmp CASSETTE_PROMPT_MODULES=${env.CASSETTE_PROMPT_MODULES}; clear`,
  );
  pane.press("Enter");
  await sleep(300);
  pane.type(`${process.execPath} ${COMMAND} record ${target} -- sh ${program}; echo exit''ed`);
  pane.press("Enter");
  for (const text of prompts) {
    await pane.shows(text);
    await sleep(300);
    for (const key of PASSWORD) {
      pane.type(key);
      await sleep(30 + 60 * Math.random());
    }
    if (isLine) pane.press("Enter");
  }
  for (const step of after as { wait?: unknown; type?: string; press?: string }[]) {
    if (step.wait) await sleep(400);
    if (step.type) pane.type(step.type);
    if (step.press) pane.press(step.press === "Ctrl+C" ? "C-c" : step.press);
  }
  await pane.shows("exited");
  return null;
}

/** What base64 of any text with this one inside has in it. */
function base64Inside(text: string, shift: number): string {
  const start = shift === 0 ? 0 : shift === 1 ? 2 : 3;
  const encoded = Buffer.from("x".repeat(shift) + text).toString("base64");
  const whole = Math.floor(((shift + text.length) * 8) / 6);
  return encoded.slice(start, whole);
}

/** The inputs of a cassette, without the answers of the terminal. */
export function inputsOf(target: string): { bytes?: string; withheld?: boolean }[] {
  const lines = readFileSync(join(target, "input.jsonl"), "utf8").trim().split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .filter(({ kind, answer }) => kind === "input" && !answer);
}
