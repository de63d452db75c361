/** What `pnpm bench --help` prints. */
export const HELP = `Usage: pnpm bench [JOB...] [options]

Each job runs its contestants in turns and compares them with the first one, round by round. Peers that are not
installed are reported as missing.

  record     record a terminal; compared with a bare C reader, script, asciinema, ttyrec
  evidence   record, open, verify and replay cassettes; compared with sha256sum
  frames     draw and sample programs, a log, CJK and emoji; compared with the bare emulator
  seek       the screen at any moment of a long recording; compared with drawing all of it
  scrub      find secrets in a log; compared with secretlint
  seal       record and seal logs with the whole command; compared with a bare C reader
  stub       a stub prints a recording of an hour; compared with node -e 0
  play       a user plays a recording of an hour; compared with node -e 0
  grep       search cassettes; compared with verifying them
  scenarios  hundreds of scenarios, and one over an hour; compared with opening the cassettes
  convert    asciicast in and out; compared with asciinema cat
  start      startup time of the command; compared with node -e 0
  memory     peak memory of the library's operations and of the command; compared with node -e 0
  growth     1 to 1,000 MB and 1,000 to 1,000,000 events; compared with sha256sum

Options:
  --quick          smaller inputs and 3 rounds: all jobs in less than three minutes
  --rounds N       number of rounds (default: 9)
  --json FILE      write the results as JSON
  --markdown FILE  write the results in the form of docs/benchmarks.md`;
