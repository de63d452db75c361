/** What `pnpm bench --help` prints. */
export const HELP = `Usage: pnpm bench [JOB...] [options]

Each job runs contestants in turns and compares them with the first of their table, round by round. A peer that is not
installed is named as missing.

  record     a program's terminal: a bare C reader, script, asciinema, ttyrec
  evidence   record, open, verify and replay cassettes: sha256sum
  frames     draw and sample programs, a log, CJK and emoji: the bare emulator
  seek       the screen at any moment of a long recording: drawing all of it
  scrub      find secrets in a log: secretlint
  seal       record and seal logs with the whole command: a bare C reader
  stub       an hour's recording stands in for its program: node -e 0
  play       a person plays an hour's recording: node -e 0
  grep       search cassettes: verifying them
  scenarios  hundreds of scenarios, and one over an hour: opening the cassettes
  start      how long the command takes to start: node -e 0
  memory     of what other jobs time inside of this process, and of the command: node -e 0
  growth     from 1 to 1,000 MB and from 1,000 to 1,000,000 events: sha256sum

Options:
  --quick          less of everything and 3 rounds: all jobs in under three minutes
  --rounds N       9 unless told
  --json FILE      write the results
  --markdown FILE  write them as docs/benchmarks.md has them`;
