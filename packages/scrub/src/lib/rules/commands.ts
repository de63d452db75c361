import { type Finder, found, nothing } from "../engine/finder.js";
import { isPlaceholder } from "./placeholder.js";

/** A command and where its arguments hold a password. */
const COMMANDS: readonly (readonly [name: string, password: RegExp])[] = [
  ["curl ", / (?:-u|-U|--user|--proxy-user)[ =]?["']?[^\s:"']{1,64}:([^\s"']{3,128})/],
  ["wget ", / --(?:http-|ftp-|proxy-)?password[ =]["']?([^\s"']{3,128})/],
  ["sshpass ", / -p ?["']?([^\s"']{3,128})/],
  ["mysql", / -p["']?([^\s"']{4,128})/],
  ["mariadb", / -p["']?([^\s"']{4,128})/],
  ["redis-cli ", / -a ["']?([^\s"']{4,128})/],
  ["docker login", / (?:-p|--password)[ =]["']?([^\s"']{4,128})/],
  ["-passin ", / pass:([^\s"']{3,128})/],
  ["-passout ", / pass:([^\s"']{3,128})/],
  ["login ", /^login[ \t]+\S{1,64}\s+password[ \t]+(?=\S*[^a-z\s])([^\s"']{3,128})/],
];
const BY_NAME = new Map(COMMANDS);
/** How far from its name a command's arguments are read. */
const LONGEST = 300;
const END = /[\r\n|;&\0]/;

/** `curl -u name:…`, `mysql -p…`, `sshpass -p …` and `login … password …` of a netrc file. */
export const COMMAND_PASSWORDS: Finder = {
  rule: "command-password",
  kind: "secrets",
  label: "<redacted>",
  anchors: COMMANDS.map(([literal]) => ({ literal })),
  find(text, at, { literal }) {
    const rest = text.slice(at, at + LONGEST);
    // A file gives name and password a line each.
    const length = literal === "login " ? -1 : rest.search(END);
    const command = length === -1 ? rest : rest.slice(0, length);
    const [whole, password] = BY_NAME.get(literal)?.exec(command) ?? [];
    const until = at + command.length;
    if (whole === undefined || password === undefined || isPlaceholder(password)) return nothing(until);
    const end = at + command.indexOf(whole) + whole.length;
    return found(end - password.length, end);
  },
};
