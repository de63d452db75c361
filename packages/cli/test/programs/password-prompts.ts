import { join } from "node:path";

const PROMPT = join(import.meta.dirname, "prompt.mjs");

/** A program that asks for a password. */
export interface PasswordPrompt {
  /** The program, which is skipped where it is missing. */
  program: string;
  /** A command line for `sh`. */
  command: string;
  /** What is on the screen when the password is typed, once for each time. */
  prompts: string[];
  /** What is on the screen when it was taken; left out, the screen rests. */
  ends?: string;
  /** False if the program reads a number of keys and no line. */
  isLine?: boolean;
  /** What is typed before the prompt, and after it was answered. */
  before?: object[];
  after?: object[];
}

/** The password that is typed; ten keys. */
export const PASSWORD = "hunter2Xy9";
const LENGTH = `accepted ${PASSWORD.length}`;
const COUNT = 'echo; echo "accepted $' + '{#x}"';
const enter = { press: "Enter" };

const bash = (command: string, prompt: string, isLine = true): PasswordPrompt => ({
  program: "bash",
  command: `exec bash -c '${command}; ${COUNT}'`,
  prompts: [prompt],
  ends: LENGTH,
  isLine,
});
export const nodePrompt = (way: string, prompt: string): PasswordPrompt => ({
  program: "node",
  command: `exec node ${PROMPT} ${way}`,
  prompts: [prompt],
  ends: LENGTH,
});
const shell = (program: string, command: string, prompts: string[], more: Partial<PasswordPrompt> = {}) => ({
  program,
  command,
  prompts,
  ...more,
});
const python = (code: string, prompt: string): PasswordPrompt => ({
  program: "python3",
  command: `exec /usr/bin/python3 -c '${code}'`,
  prompts: [prompt],
  ends: LENGTH,
});
const quitVim = [{ wait: { settledMs: 300 } }, { press: "Escape" }, { type: ":q!" }, enter];

/** Prompts that read in raw mode. */
export const RAW_PROMPTS: Record<string, PasswordPrompt> = {
  "bash read -s -n": bash('read -s -n 10 -p "Password: " x', "Password:", false),
  "bash read -e -s": bash('read -e -s -p "Passphrase: " x', "Passphrase:"),
  "a prompt in German": bash('read -s -n 10 -p "Bitte Kennwort eingeben: " x', "Kennwort", false),
  "a prompt above the field": bash('echo "Enter your password:"; read -s -n 10 x', "password:", false),
  "fish read -s": shell(
    "fish",
    `exec fish -c 'read -s -P "Password: " x; echo "accepted "(string length $x)'`,
    ["Password:"],
    { ends: LENGTH },
  ),
  "zsh read -k": shell(
    "zsh",
    `exec zsh -fc 'print -n "Password: "; read -s -k 10 x; print; print "accepted $(printf %s "$x" | wc -c)"'`,
    ["Password:"],
    { ends: LENGTH, isLine: false },
  ),
  "Node, with stars": nodePrompt("stars", "Password:"),
  "Node, with nothing": nodePrompt("nothing", "OTP"),
  "Node, drawn again": nodePrompt("redrawn", "Secret"),
  "Node, in a frame": nodePrompt("framed", "password"),
  "Node, above the cursor": nodePrompt("below", "Passphrase:"),
  dialog: shell(
    "dialog",
    `x=$(dialog --passwordbox "The password of the database" 10 40 3>&1 1>&2 2>&3); ${COUNT}`,
    ["password"],
    { ends: LENGTH },
  ),
  "dialog, which prints it": shell(
    "dialog",
    'dialog --passwordbox "The password" 10 40; echo " accepted 10"',
    ["password"],
    { ends: LENGTH },
  ),
  whiptail: shell(
    "whiptail",
    `x=$(whiptail --passwordbox "Your passphrase" 8 40 3>&1 1>&2 2>&3); ${COUNT}`,
    ["passphrase"],
    { ends: LENGTH },
  ),
  "vim -x": shell("vim", "exec vim -u NONE -x new.txt", ["encryption key:", "again:"], { after: quitVim }),
};

/** Prompts of programs that the rule was not made with, in raw mode or not. */
export const OTHER_PROMPTS: Record<string, PasswordPrompt> = {
  "gpg, loopback": shell(
    "gpg",
    "echo text >plain; exec gpg --homedir . --pinentry-mode loopback --symmetric plain",
    ["Enter passphrase"],
  ),
  "gpg, pinentry-curses": shell(
    "pinentry-curses",
    "echo text >plain; echo pinentry-program /usr/bin/pinentry-curses >gpg-agent.conf; GPG_TTY=$(tty) gpg --homedir . --symmetric plain; gpgconf --homedir . --kill all",
    ["Passphrase", "re-enter"],
  ),
  "gpg, pinentry-tty": shell(
    "pinentry-tty",
    "echo text >plain; echo pinentry-program /usr/bin/pinentry-tty >gpg-agent.conf; GPG_TTY=$(tty) gpg --homedir . --symmetric plain; gpgconf --homedir . --kill all",
    ["Passphrase", "Repeat"],
  ),
  "pass insert": shell(
    "pass",
    "mkdir store; echo 00 >store/.gpg-id; PASSWORD_STORE_DIR=$PWD/store exec pass insert site",
    ["Enter password", "Retype password"],
  ),
  "keepassxc-cli": shell("keepassxc-cli", "exec keepassxc-cli db-create -p new.kdbx", [
    "Enter password",
    "Repeat password",
  ]),
  "cryptsetup luksFormat": shell(
    "cryptsetup",
    "truncate -s 32M disk; exec cryptsetup -q luksFormat --pbkdf-force-iterations 1000 --pbkdf pbkdf2 disk -y",
    ["Enter passphrase", "Verify passphrase"],
  ),
  "openssl enc": shell("openssl", "echo text | openssl enc -aes-256-cbc -pbkdf2 -out e; echo over", [
    "encryption password:",
    "Verifying",
  ]),
  psql: shell("psql", "exec psql -W -h 127.0.0.1 -p 1", ["Password:"]),
  mysql: shell("mysql", "exec mysql -p -h 127.0.0.1 -P 1", ["Enter password:"]),
  "redis-cli --askpass": shell("redis-cli", "exec redis-cli --askpass -p 1 ping", ["input password"]),
  lftp: shell("lftp", "exec lftp -u me 127.0.0.1", ["Password:"], {
    after: [{ wait: { settledMs: 300 } }, { type: "exit" }, enter],
  }),
  "curl -u": shell("curl", "exec curl -u me http://127.0.0.1:1/", ["password"]),
  htpasswd: shell("htpasswd", "exec htpasswd -c file me", ["New password:", "Re-type"]),
  "7z -p": shell("7z", "echo text >plain; exec 7z a -p new.7z plain", ["Enter password"]),
  "zip -e": shell("zip", "echo text >plain; exec zip -e new.zip plain", [
    "Enter password:",
    "Verify password:",
  ]),
  "ssh-keygen": shell("ssh-keygen", "exec ssh-keygen -q -t ed25519 -f new", [
    "Enter passphrase",
    "same passphrase",
  ]),
  sudo: shell(
    "sudo",
    "exec setpriv --reuid=65534 --regid=65534 --clear-groups sudo -k -p 'Password for %u: ' true",
    ["Password for"],
    {
      // It discards what is typed before it has set the terminal again.
      after: [{ wait: "try again" }, { wait: { settledMs: 300 } }, { press: "Ctrl+C" }],
    },
  ),
  su: shell("su", "exec setpriv --reuid=65534 --regid=65534 --clear-groups su root -c true", ["Password:"]),
  smbclient: shell("smbclient", "exec smbclient -p 1 -U me //127.0.0.1/share", ["Password for"]),
  restic: shell("restic", "exec restic init --repo repository", ["enter password", "again"]),
  "age -p": shell("age", "echo text | age -p -o new; echo over", ["Enter passphrase", "Confirm passphrase"]),
  "borg init": shell(
    "borg",
    "BORG_BASE_DIR=$PWD exec borg init -e repokey repository",
    ["passphrase:", "same passphrase"],
    {
      after: [{ wait: "display" }, { type: "n" }, enter],
    },
  ),
  "git credential": shell(
    "git",
    "printf 'protocol=https\\nhost=h\\nusername=me\\n\\n' | GIT_CONFIG_NOSYSTEM=1 git credential fill >/dev/null; echo over",
    ["Password for"],
  ),
  "python getpass": python('import getpass; print("accepted", len(getpass.getpass()))', "Password:"),
  "python click": python(
    'import click; print("accepted", len(click.prompt("Token", hide_input=True)))',
    "Token",
  ),
  "python prompt_toolkit": python(
    'from prompt_toolkit import prompt; print("accepted", len(prompt("Password: ", is_password=True)))',
    "Password:",
  ),
  "python curses": python(
    'import curses;f=lambda s:(curses.noecho(),s.addstr(3,2,"Your password: "),s.refresh(),s.getstr())[3];x=curses.wrapper(f);print("accepted", len(x))',
    "password:",
  ),
  "python urwid": python(
    'import urwid as u\ne=u.Edit("Password: ",mask="*")\ndef k(x):\n  if x=="enter": raise u.ExitMainLoop()\nu.MainLoop(u.Filler(u.LineBox(e)),unhandled_input=k).run()\nprint("accepted",len(e.edit_text))',
    "Password:",
  ),
  "emacs read-passwd": shell(
    "emacs",
    "exec emacs -nw -Q --eval '(progn (read-passwd \"Password: \") (kill-emacs))'",
    ["Password:"],
  ),
  "vim inputsecret": shell("vim", "exec vim -u NONE -c 'call inputsecret(\"Password: \")' -c q", [
    "Password:",
  ]),
  "nvim inputsecret": shell("nvim", "exec nvim -u NONE -c 'call inputsecret(\"Password: \")' -c q", [
    "Password:",
  ]),
  "vim :X": shell("vim", "exec vim -u NONE -c X new.txt", ["encryption key:", "again:"], { after: quitVim }),
  "dialog --insecure": shell(
    "dialog",
    `x=$(dialog --insecure --passwordbox "Password" 8 40 3>&1 1>&2 2>&3); ${COUNT}`,
    ["Password"],
    { ends: LENGTH },
  ),
  "dialog --passwordform": shell(
    "dialog",
    `x=$(dialog --insecure --passwordform "Sign in" 10 44 2 "Password:" 1 1 "" 1 12 20 0 "PIN:" 2 1 "" 2 12 20 0 3>&1 1>&2 2>&3); ${COUNT}`,
    ["Password:"],
    { ends: "accepted" },
  ),
  "zsh vared, masked": shell(
    "zsh",
    `exec zsh -fc 'read -rs "x?Password: "; print; print "accepted $(printf %s "$x" | wc -c)"'`,
    ["Password:"],
    { ends: LENGTH },
  ),
  "perl Term::ReadKey": shell(
    "perl",
    `exec perl -MTerm::ReadKey -e '$|=1; print "PIN: "; ReadMode("cbreak"); my $x=""; while(1){my $k=ReadKey(0); last if $k eq "\\n"||$k eq "\\r"; $x.=$k; print "*"} ReadMode(0); print "\\naccepted ".length($x)."\\n"'`,
    ["PIN:"],
    { ends: LENGTH },
  ),
  "bash, a star a key": bash(
    'printf "Passwort: "; x=; while IFS= read -rs -n 1 k && [ -n "$k" ]; do x=$x$k; printf "*"; done',
    "Passwort:",
  ),
  tcsh: shell(
    "tcsh",
    `exec tcsh -fc 'echo -n "Password: "; stty -echo; set x = "$<"; stty echo; echo; echo over'`,
    ["Password:"],
  ),
  "stty -icanon -echo, dd": shell(
    "sh",
    `printf 'API token: '; s=$(stty -g); stty -icanon -echo min 10; x=$(dd bs=1 count=10 2>/dev/null); stty "$s"; ${COUNT}`,
    ["API token:"],
    { ends: LENGTH, isLine: false },
  ),
  "node readline, muted": shell(
    "node",
    `exec node -e 'const r=require("readline").createInterface({input:process.stdin,output:process.stdout,terminal:true});r.question("Password: ",x=>{console.log();console.log("accepted",x.length);r.close()});r._writeToOutput=()=>{}'`,
    ["Password:"],
    { ends: LENGTH },
  ),
  "node readline, stars": shell(
    "node",
    `exec node -e 'const r=require("readline").createInterface({input:process.stdin,output:process.stdout,terminal:true});r._writeToOutput=t=>process.stdout.write(t.startsWith("Secret")?"Secret key: "+"*".repeat(r.line.length):t.length==1?"*":t);r.question("Secret key: ",x=>{console.log("accepted",x.length);r.close()})'`,
    ["Secret key:"],
    { ends: LENGTH },
  ),
};
