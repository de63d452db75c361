/**
 * Ends a test run with one plain line: `N passed, N failed`, and the number of skipped tests if there are any. A file that fails
 * to load and an error outside any test count as failed.
 * @implements {import("vitest/node").Reporter}
 */
export default class TallyReporter {
  /** Written when the process ends, so that it is the last line. */
  constructor() {
    this.line = "0 passed, 0 failed";
    process.on("exit", () => process.stdout.write(`${this.line}\n`));
  }

  /**
   * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
   * @param {ReadonlyArray<import("vitest/node").SerializedError>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state]++;
      if (module.errors().length > 0) count.failed++;
    }
    const skipped = count.skipped + count.pending;
    this.line = `${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  }
}
