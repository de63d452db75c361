// Asks what fish 4 asks when it starts, and does nothing before the answer to the last question (DA1) has come.
const QUERIES = ["\x1b[?u", "\x1b[>0q", "\x1bP+q696e646e\x1b\\", "\x1b]11;?\x1b\\", "\x1b[0c"];

process.stdin.setRawMode(true);
let answers = "";
process.stdin.on("data", (bytes) => {
  answers += bytes.toString("latin1");
  if (!/\x1b\[\?[\d;]*c/.test(answers)) return;
  process.stdout.write("ready\r\n");
  process.exit(0);
});
process.stdout.write(QUERIES.join(""));
