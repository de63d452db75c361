/** Names that many machines and users have: masking them would hide nothing and would tear ordinary text apart. */
const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  `root admin administrator user users guest nobody daemon www-data ubuntu debian fedora centos alpine arch vagrant docker
  podman runner jenkins gitlab github circleci travis buildkite builder build node python deploy deployer service server
  client host localhost localdomain machine desktop laptop macbook computer workstation container kubernetes default test
  tester testing developer development production staging public private system backup postgres mysql redis nginx apache
  oracle amazon google azure ec2-user codespace vscode coder worker master main primary secret password token account
  example sample demo terminal console window windows linux darwin cassette workspace workspaces project projects
  application postgresql nonexistent homeless-shelter shared config`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** The shortest name of a user or a machine that is looked for. */
const SHORTEST_NAME = 6;

/** Whether a user's or a machine's name is long and rare enough to be masked: six characters, and not an ordinary word. */
export function isDistinctiveName(name: string): boolean {
  return name.length >= SHORTEST_NAME && !ORDINARY_WORDS.has(name.toLowerCase());
}
