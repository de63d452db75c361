import { byteClass, isIn } from "../engine/byte-class.js";
import { type Finder, found, nothing, settled } from "../engine/finder.js";
import { beginsLog, endsRow, fillsRow, isRowEnd, nextRow, rowTextEnd } from "../engine/row-join.js";
import { isExample, isPlaceholder } from "../lexicon/placeholder.js";
import { isAlphanumeric } from "../lexicon/word-classes.js";

/** A value without quotes, or in them. */
const VALUE = String.raw`["']?([^\s"']{3,128})`;
/** Blanks are where a screen broke the command, too. */
const option = (names: string, value = VALUE) => new RegExp(` (?:${names})(?:=| {0,160})${value}`);

/** One that has a password among its options. */
const login = (command: string) =>
  new RegExp(String.raw`^${command}.*? (?:-p|--password)(?:=| {0,160})["']?([^\s"'-][^\s"']{3,128})`);

/** A command and where its arguments hold a password. */
const COMMANDS: readonly (readonly [name: string, password: RegExp])[] = [
  [
    "curl",
    option("-[a-zA-Z]{0,8}[uU]|--user|--proxy-user", String.raw`["']?[^\s:"']{1,64}:([^\s"']{3,128})`),
  ],
  ["wget", option("--(?:http-|ftp-|proxy-)?password")],
  ["sshpass", option("-p")],
  ["mysql", / -p["']?([^\s"']{4,128})/],
  ["mariadb", / -p["']?([^\s"']{4,128})/],
  ["mongosh", option("-p|--password")],
  ["redis-cli", option("-a|--pass")],
  ["requirepass", new RegExp(`^requirepass +${VALUE}`)],
  ...["docker", "podman", "nerdctl"].map((name) => [name, login(`${name} +login`)] as const),
  ["helm", login("helm +registry +login")],
  ...["cf login", "oc login", "az login"].map((name) => [name, login(name)] as const),
  ["ldapsearch", option("-w")],
  ["smbclient", option("-U", String.raw`["']?[^\s%"']{1,64}%([^\s"']{3,128})`)],
  ["ssh-keygen", option("-N|-P")],
  ["psexec", option("-p")],
  ["operator unseal", / unseal +(?:-\S{1,64} +)?([A-Za-z\d+/=]{40,128})/],
  ...["NetworkCredential(", "DirectoryEntry("].map(
    (name) => [name, /\((?:"[^"]{0,128}",\s{0,40}){1,2}"([^"]{6,128})"/] as const,
  ),
  ["sqlplus", / [^\s/"']{1,64}\/([^\s@"']{4,128})@/],
  ...["-pass ", "-passin", "-passout"].map((name) => [name, / pass:([^\s"']{3,128})/] as const),
  ["IDENTIFIED", /^IDENTIFIED +BY +["']([^"']{3,128})["']/],
  ["echo ", /^echo ["']?([^\s"'$]{4,128})["']? ?\| ?[^|]{1,64} --password-stdin/],
  [
    "login",
    /^login\s+\S{1,64}\s+(?:[-+|\d]{1,6}\s{1,4})?(?:account[ \t]+\S{1,64}\s+)?[-+]?[ \t]{0,8}password\s+(?=\S*[^a-z\s])([^\s"']{3,128})/,
  ],
];
/** All commands, as one text that changes with them. */
export function commandsText(): string {
  return COMMANDS.map(([name, { source }]) => `${name} ${source}`).join("\n");
}

/** These go on after a line's end, or a pipe. */
const UNENDED = new Set(["login", "echo "]);
/** Looked for in base64 and hexadecimal, too. */
const ENCODED = new Set(["curl", "sshpass", "mysql", "docker"]);
/** These are parts of names, too: `mysqldump`. */
const OPEN = new Set(["mysql", "mariadb", "psexec"]);
const AFTER_NAME = byteClass(..." \t\r\n\0\\");
/** How far from its name a command's arguments are read, and where another of its name is read again. */
const LONGEST = 400;
const AGAIN = 100;
const LONGEST_UNENDED = 240;
const MOST_ROWS = 8;
const END = /[\r\n|;&\0]|\xe2\x94\x82/g;
const ROW_END = /[\r\n\0]/g;
/** Without one of these, a row's end is all that is between two rows. */
const BORDER = /[|\\\xe2\0]/;

/** `curl -u name:…`, `mysql -p…`, `sshpass -p …` and `login … password …` of a netrc file. */
export const COMMAND_PASSWORDS: readonly Finder[] = COMMANDS.map(([name, pattern]) => {
  const isUnended = UNENDED.has(name);
  const isAnywhere = !pattern.source.startsWith("^");
  const mayGoOn = OPEN.has(name) || /[ (]$/.test(name);
  return {
    rule: "command-password",
    kind: "secrets",
    label: "<redacted>",
    anchors: [{ literal: name, anyCase: name === "psexec", plainOnly: !ENCODED.has(name) }],
    find(text, at) {
      if (!mayGoOn && !isIn(AFTER_NAME, text, at + name.length)) return nothing();
      const command = commandAt(text, at, isUnended);
      const [whole, password] = pattern.exec(command) ?? [];
      if (whole === undefined || password === undefined) {
        // The same name inside of it would read no more, or, near its start, hardly more.
        return nothing(isAnywhere ? at + (command.length < LONGEST ? command.length : AGAIN) : 0);
      }
      // Whatever the next row holds.
      if (isPlaceholder(password) || isExample(password)) return settled();
      const start = at + command.indexOf(whole) + whole.lastIndexOf(password);
      if (beginsRow(text, start) && !mayBeginRow(text, start, password)) return nothing();
      return found(start, start + password.length);
    },
  };
});

/** Whether nothing but blanks and borders is before it in its row. */
function beginsRow(text: string, at: number): boolean {
  return isRowEnd(text.charCodeAt(rowTextEnd(text, at) - 1));
}

/** Whether the value of an option that ended a row may begin the next, and not what the command answers. */
function mayBeginRow(text: string, at: number, value: string): boolean {
  return isAlphanumeric(value) && !beginsLog(text, at);
}

/** A command up to its end, with blanks where it goes on in the next row. @param isUnended whether no row's end ends it. */
function commandAt(text: string, at: number, isUnended: boolean): string {
  const all = text.slice(at, at + (isUnended ? LONGEST_UNENDED : LONGEST));
  if (isUnended && !BORDER.test(all)) return all;
  const ends = isUnended ? ROW_END : END;
  let command = "";
  let from = 0;
  for (let row = 1; row <= MOST_ROWS; row++) {
    ends.lastIndex = from;
    const stop = ends.exec(all)?.index;
    if (stop === undefined) return command + all.slice(from);
    const end = rowTextEnd(text, at + stop);
    const isContinued = text[end - 1] === "\\";
    const isBroken =
      end > at + from && endsRow(text, end) && (isUnended || isContinued || fillsRow(text, end));
    const next = isBroken ? nextRow(text, end) : -1;
    if (next === -1) return command + all.slice(from, stop);
    const cut = end - at - (isContinued ? 1 : 0);
    command += all.slice(from, cut) + " ".repeat(next - at - cut);
    from = next - at;
  }
  return command;
}
