import {
  type Assertion,
  assertHolds,
  assertScreen,
  openTerminal,
  reslice,
  runScenario,
  type Scenario,
} from "@cassette/testing";

export const held: Assertion = { type: "frame_contains", text: "ready" };
// @ts-expect-error: a text is needed
export const without: Assertion = { type: "frame_contains" };
// @ts-expect-error: there is no such type
export const unknown: Assertion = { type: "frame_contians", text: "ready" };
export const scenario: Scenario = { name: "a", cassette_path: "b", groups: { all: [held] } };

export async function run(): Promise<boolean> {
  await assertHolds("a.cassette", held, { type: "bell", min: 1 });
  await assertScreen({ name: "a test" }, "a.cassette", { at: { mark: "ready" }, styles: true });
  await assertScreen({ name: "a test" }, "a.cassette", {
    masks: [{ pattern: /a/, label: "b" }, { style: { dim: true } }],
  });
  // @ts-expect-error: a rectangle has a row
  await assertScreen({ name: "a test" }, "a.cassette", { masks: [{ rectangle: { column: 1 } }] });
  // @ts-expect-error: a moment is milliseconds, an event or a mark
  await assertScreen({ name: "a test" }, "a.cassette", { at: "ready" });
  for await (const slice of reslice("a.cassette", { seed: 1 })) {
    if (slice.kind === "output") slice.bytes satisfies Uint8Array;
  }
  await using terminal = await openTerminal({ argv: ["less", "a.txt"] });
  await terminal.waitFor(/ready/);
  await assertHolds(terminal, held);
  return (await runScenario(scenario)).ok;
}
