// Starts one script for each argument, waits until it prints, says its process id; then waits to be killed.
import { createPtyDriver } from "../../dist/index.js";

const driver = createPtyDriver();
for (const script of process.argv.slice(2)) {
  const session = await driver.start({ argv: ["sh", "-c", script], rows: 24, cols: 80 });
  for await (const _ of session.output()) break;
  console.log(session.pid);
}
console.log("started");
setInterval(() => {}, 1_000);
