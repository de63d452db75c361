const HINTS: Readonly<Record<string, string | undefined>> = {
  ENOSPC: "Free some space; what was recorded until then can be recovered.",
  EDQUOT: "Free some of your quota; what was recorded until then can be recovered.",
  EACCES: "Check the permissions, or choose another directory.",
  EPERM: "Check the permissions, or choose another directory.",
  EROFS: "Choose a directory that can be written to.",
  EMFILE: "Raise the limit on open files, for example: ulimit -n 256.",
  ENFILE: "The system has too many open files; close some programs.",
};

/** What to do about an error of the operating system, by its code; undefined if there is no useful advice. */
export function systemErrorHint(code: string | undefined): string | undefined {
  return code === undefined ? undefined : HINTS[code];
}
