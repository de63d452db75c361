import { type Finder, found, nothing } from "../engine/finder.js";
import { isExample, isPlaceholder } from "./placeholder.js";

/** A value without quotes, or in them. */
const VALUE = String.raw`["']?([^\s"']{3,128})`;
const option = (names: string, value = VALUE) => new RegExp(` (?:${names})[ =]?${value}`);

/** A command and where its arguments hold a password. */
const COMMANDS: readonly (readonly [name: string, password: RegExp])[] = [
  [
    "curl ",
    option("-[a-zA-Z]{0,8}[uU]|--user|--proxy-user", String.raw`["']?[^\s:"']{1,64}:([^\s"']{3,128})`),
  ],
  ["wget ", option("--(?:http-|ftp-|proxy-)?password")],
  ["sshpass ", option("-p")],
  ["mysql", / -p["']?([^\s"']{4,128})/],
  ["mariadb", / -p["']?([^\s"']{4,128})/],
  ["mongosh ", option("-p|--password")],
  ["redis-cli ", option("-a|--pass")],
  ["requirepass ", new RegExp(`^requirepass ${VALUE}`)],
  ...[
    "docker login",
    "podman login",
    "nerdctl login",
    "helm registry login",
    "cf login",
    "oc login",
    "az login",
  ].map((name) => [name, option("-p|--password", String.raw`["']?([^\s"'-][^\s"']{3,128})`)] as const),
  ["ldapsearch ", option("-w")],
  ["smbclient ", option("-U", String.raw`["']?[^\s%"']{1,64}%([^\s"']{3,128})`)],
  ["ssh-keygen ", option("-N|-P")],
  ["sqlplus ", / [^\s/"']{1,64}\/([^\s@"']{4,128})@/],
  ...["-pass ", "-passin ", "-passout "].map((name) => [name, / pass:([^\s"']{3,128})/] as const),
  ["IDENTIFIED BY ", /^IDENTIFIED BY ["']([^"']{3,128})["']/],
  ["echo ", /^echo ["']?([^\s"'$]{4,128})["']? ?\| ?[^|]{1,64} --password-stdin/],
  [
    "login ",
    /^login[ \t]+\S{1,64}\s+(?:[-+|\d]{1,6}\s{1,4})?(?:account[ \t]+\S{1,64}\s+)?[-+]?[ \t]{0,8}password[ \t]+(?=\S*[^a-z\s])([^\s"']{3,128})/,
  ],
];
const BY_NAME = new Map(COMMANDS);
/** These go on behind a line's end, or a pipe. */
const UNENDED = new Set(["login ", "echo "]);
/** Looked for in base64 and hexadecimal, too. */
const ENCODED = new Set(["curl ", "sshpass ", "mysql", "docker login"]);
/** How far from its name a command's arguments are read. */
const LONGEST = 300;
const END = /[\r\n|;&\0]/;
const CONTINUED = /\\\r?\n/g;

/** `curl -u name:…`, `mysql -p…`, `sshpass -p …` and `login … password …` of a netrc file. */
export const COMMAND_PASSWORDS: Finder = {
  rule: "command-password",
  kind: "secrets",
  label: "<redacted>",
  anchors: COMMANDS.map(([literal]) => ({ literal, plainOnly: !ENCODED.has(literal) })),
  find(text, at, { literal }) {
    const rest = text.slice(at, at + LONGEST).replace(CONTINUED, (end) => " ".repeat(end.length));
    const length = UNENDED.has(literal) ? -1 : rest.search(END);
    const command = length === -1 ? rest : rest.slice(0, length);
    const [whole, password] = BY_NAME.get(literal)?.exec(command) ?? [];
    if (whole === undefined || password === undefined) return nothing();
    if (isPlaceholder(password) || isExample(password)) return nothing();
    const end = at + command.indexOf(whole) + whole.lastIndexOf(password) + password.length;
    return found(end - password.length, end);
  },
};
