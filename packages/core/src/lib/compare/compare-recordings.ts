import type { EmulatorFactory, FinalRecord, Screen } from "@cassette/format";
import { alignEpochs, type EpochPair } from "./align-epochs.js";
import { compareManifests, type ManifestDifference } from "./compare-manifests.js";
import {
  type ComparedScreen,
  compareScreens,
  type Normalise,
  type ScreenDifference,
} from "./compare-screens.js";
import { type Epoch, type Recording, readEpochs } from "./epochs.js";
import type { InputStep } from "./input-step.js";

/** One difference between two recordings. Its texts come from the recordings. */
export type RecordingDifference =
  | ({ kind: "manifest" } & ManifestDifference)
  | { kind: "exit"; a: string; b: string }
  /** The first inputs that differ; null if a recording has no further input. Later screens are not compared. */
  | { kind: "input"; a: InputStep | null; b: InputStep | null }
  /** The screens after this input differ; null for the first screen. */
  | { kind: "screen"; after: { a: InputStep | null; b: InputStep | null }; screen: ScreenDifference };

/** The result of a comparison. */
export interface RecordingComparison {
  /** Empty when they are the same. */
  differences: RecordingDifference[];
  /** Screens that were compared. */
  screens: number;
}

/** Options of a comparison. */
export interface CompareOptions {
  /** Makes the emulator that draws the screens of both. */
  createEmulator: EmulatorFactory;
  /** Replaces clocks, ids, durations before texts are compared. Default: nothing is replaced. */
  normalise?: Normalise;
  /** Replaces parts of screens before they are compared. Default: nothing is replaced. */
  mask?: (screen: Screen) => Screen;
  signal?: AbortSignal;
}

/**
 * Compares what two programs did, not when: the manifest's facts about the program, the screen after each input,
 * and how it ended. A screen counts as the same if the other recording showed it before its next input, too.
 * @throws `signal.reason` when aborted; whatever the emulator throws.
 */
export async function compareRecordings(
  a: Recording,
  b: Recording,
  { createEmulator, normalise = (text) => text, mask, signal }: CompareOptions,
): Promise<RecordingComparison> {
  const drawing = { createEmulator, mask, signal };
  const epochsA = await readEpochs(a, drawing);
  const epochsB = await readEpochs(b, drawing);
  const { pairs, parting } = alignEpochs(epochsA, epochsB);
  const differing = await differingPairs(pairs, {
    a: { recording: a, epochs: epochsA },
    b: { recording: b, epochs: epochsB },
    normalise,
    drawing,
  });
  const manifest = compareManifests(a.manifest, b.manifest, normalise);
  const [endA, endB] = [endOf(a.final), endOf(b.final)];
  return {
    differences: [
      ...manifest.map((difference) => ({ kind: "manifest" as const, ...difference })),
      ...(endA === endB ? [] : [{ kind: "exit" as const, a: endA, b: endB }]),
      ...differing,
      ...(parting ? [{ kind: "input" as const, ...parting }] : []),
    ],
    screens: pairs.length,
  };
}

interface Side {
  recording: Recording;
  epochs: Epoch[];
}

interface Sides {
  a: Side;
  b: Side;
  normalise: Normalise;
  drawing: Pick<CompareOptions, "createEmulator" | "mask" | "signal">;
}

async function differingPairs(
  pairs: readonly EpochPair[],
  { a, b, normalise, drawing }: Sides,
): Promise<RecordingDifference[]> {
  const compare = (one: ComparedScreen | undefined, other: ComparedScreen | undefined) =>
    one && other ? compareScreens(one, other, normalise) : null;
  const candidates = pairs.flatMap((pair) => {
    const difference = compare(a.epochs[pair.a]?.screen, b.epochs[pair.b]?.screen);
    return difference ? [{ pair, difference }] : [];
  });
  if (candidates.length === 0) return [];

  const last = pairs.at(-1);
  const passed = new Set<EpochPair>();
  /** Whether one side showed the other's final screen at any moment of the epoch. The last screens must be equal. */
  const look = async (side: "a" | "b") => {
    const [mine, other] = side === "a" ? [a, b] : [b, a];
    const wanted = new Map(candidates.map(({ pair }) => [pair[side], pair]));
    await readEpochs(mine.recording, {
      ...drawing,
      onMoment(epoch, screen) {
        const pair = wanted.get(epoch);
        if (!pair || pair === last || passed.has(pair)) return;
        const target = other.epochs[side === "a" ? pair.b : pair.a]?.screen;
        if (compare(screen(), target) === null) passed.add(pair);
      },
    });
  };
  await look("a");
  await look("b");
  return candidates
    .filter(({ pair }) => !passed.has(pair))
    .map(({ pair, difference }) => ({
      kind: "screen",
      after: { a: a.epochs[pair.a]?.input ?? null, b: b.epochs[pair.b]?.input ?? null },
      screen: difference,
    }));
}

function endOf({ exit, metadata }: FinalRecord): string {
  const how = !exit ? "not recorded" : exit.Signaled ? `signal ${exit.Signal}` : `status ${exit.Code}`;
  const why = ["interrupted", "timed_out"].filter((word) => metadata?.[word] === true);
  return [how, ...why].join(", ");
}
