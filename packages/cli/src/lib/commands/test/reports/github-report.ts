import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
import { isAbsolute, relative, resolve } from "node:path";
import { failureMarkdown } from "@cassette/testing";
import type { Writer } from "../../../output/writer.js";
import type { Report, Reported } from "./report.js";
import { failuresIn, reported } from "./reported.js";

/** GitHub shows ten annotations of a step, and cuts long ones. */
const LONGEST_ANNOTATION = 4_000;
/** GitHub refuses a summary of more than 1 MiB. */
const LONGEST_SUMMARY = 512 * 1024;

/** What GitHub Actions passes to a step. */
export type GithubEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Workflow commands of GitHub Actions: an annotation at the line of each assertion that does not hold; and the summary of the step,
 * with screens. What the other report prints may contain recorded text, so commands are off meanwhile.
 * @param text the report for people, on the same stream.
 */
export function githubReport(writer: Pick<Writer, "line">, text: Report, env: GithubEnvironment): Report {
  const summary: string[] = [];
  let [count, failed] = [0, 0];
  return {
    async scenario(file, outcome) {
      const token = randomUUID();
      await writer.line(`::stop-commands::${token}`);
      await text.scenario(file, outcome);
      await writer.line(`::${token}::`);
      const result = reported(file, outcome);
      const path = pathInRepository(file, env.GITHUB_WORKSPACE);
      for (const problem of result.problems) await writer.line(annotation(path, result.name, problem));
      count++;
      if (result.isOk) return;
      failed++;
      summary.push(...failuresIn(path, outcome).map((failure) => failureMarkdown(failure)));
    },
    async end() {
      await text.end?.();
      if (env.GITHUB_STEP_SUMMARY === undefined) return;
      const head =
        failed === 0 ? `### ${count} scenarios, all passed` : `### ${failed} of ${count} scenarios failed`;
      await appendFile(env.GITHUB_STEP_SUMMARY, `${shortened([head, ...summary])}\n`);
    },
  };
}

function annotation(file: string, name: string, { title, text, line }: Reported["problems"][number]): string {
  const place = [`file=${property(file)}`, ...(line === null ? [] : [`line=${line}`])];
  const message = data(`${title}\n${text}`.slice(0, LONGEST_ANNOTATION));
  return `::error ${[...place, `title=${property(name)}`].join(",")}::${message}`;
}

/** The data of a workflow command is one line. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** GitHub resolves paths from the top of the repository, the command from the working directory. */
function pathInRepository(file: string, workspace: string | undefined): string {
  if (workspace === undefined) return file;
  const path = relative(workspace, resolve(file));
  return path.startsWith("..") || isAbsolute(path) ? file : path.replaceAll("\\", "/");
}

/** Whole parts, as many as fit. */
function shortened(parts: readonly string[]): string {
  let text = "";
  for (const [index, part] of parts.entries()) {
    if (text.length + part.length > LONGEST_SUMMARY) return `${text}\n${parts.length - index} more failed.`;
    text += `${part}\n\n`;
  }
  return text.trimEnd();
}
