import { CassetteError } from "@cassette/format";
import * as v from "valibot";
import { isMap, isNode } from "yaml";
import { type CellLook, TEXT_STYLES } from "../cells/cell-look.js";
import { isColorName } from "../cells/color-names.js";
import { parseYaml } from "../yaml/parse-yaml.js";
import type { Mask } from "./mask.js";

/** The contents of `cassette.config.yaml`. */
export interface CassetteConfig {
  /** What comparisons leave out: golden screens, `diff`, `record --mode all`, and stubs that normalise. */
  masks: Mask[];
}

// Strict, and about comparisons alone: the file comes with a repository, and nothing in it starts a program, reads a file or changes
// what is scrubbed.
const place = v.pipe(v.number(), v.integer(), v.minValue(1, "Rows and columns count from 1."));
const color = v.pipe(
  v.union([v.string(), v.number()]),
  v.check(isColorName, "A colour is a name, #rrggbb, or a number up to 255."),
);
const pattern = v.pipe(
  v.string(),
  v.minLength(1),
  v.rawTransform<string, RegExp>(({ dataset, addIssue, NEVER }) => {
    const [, source, flags] = /^\/(.+)\/([imsu]*)$/s.exec(dataset.value) ?? [];
    try {
      return source === undefined ? new RegExp(dataset.value) : new RegExp(source, flags);
    } catch {
      addIssue({ message: "A regular expression is expected." });
      return NEVER;
    }
  }),
);
const label = v.optional(v.pipe(v.string(), v.regex(/^[^<>\n]+$/, "A label is a text without < and >.")));
const looks = Object.fromEntries(TEXT_STYLES.map((look) => [look, v.optional(v.boolean())]));
const mask = v.union(
  [
    v.strictObject({ pattern, label }),
    v.strictObject({
      rectangle: v.strictObject({
        row: place,
        rows: v.optional(place),
        column: v.optional(place),
        columns: v.optional(place),
      }),
      label,
    }),
    v.strictObject({
      style: v.strictObject({ fg: v.optional(color), bg: v.optional(color), ...looks }),
      label,
    }),
  ],
  "A mask has a pattern, a rectangle or a style, and may have a label.",
);
const ONLY_KEY = "Its only key is masks, a list.";
const config = v.strictObject({ masks: v.optional(v.array(mask), []) });

/**
 * Reads the settings of a project: YAML or JSON.
 * @param file its name, for errors.
 * @throws CassetteError CASSETTE_CONFIG_INVALID, with file and line and never the contents.
 */
export function parseConfig(text: string, file: string): CassetteConfig {
  const { document, errors, lineOf } = parseYaml(text);
  const refuse = (message: string, line: number): never => {
    throw new CassetteError("CASSETTE_CONFIG_INVALID", message, { file, line });
  };
  const [error] = errors;
  if (error) return refuse("It is neither YAML nor JSON.", error.line);
  if (document.contents !== null && !isMap(document.contents)) return refuse(ONLY_KEY, 1);
  const result = v.safeParse(config, document.toJS() ?? {}, { abortEarly: true });
  if (result.success) return { masks: result.output.masks as (Mask & { style?: CellLook })[] };
  const [issue] = result.issues;
  const keys = (issue.path ?? []).map((item) => item.key as string | number);
  return refuse(messageOf(issue), lineOf(deepestNode(document, keys)));
}

function messageOf({ type, expected, message }: v.BaseIssue<unknown>): string {
  if (type === "strict_object" && expected === "never") return "There is no such key; the only one is masks.";
  return message.startsWith("Invalid") ? ONLY_KEY : message;
}

function deepestNode(document: ReturnType<typeof parseYaml>["document"], keys: (string | number)[]): unknown {
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents;
}
