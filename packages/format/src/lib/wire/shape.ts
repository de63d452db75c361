import type { GenericSchema } from "valibot";
import { foldCase } from "./fold-case.js";

/**
 * What the scanner and the encoder need to know about a schema: which objects are the format's own, the order of their keys,
 * which keys are left out when empty, and which values are integers or verbatim payloads.
 */
export type Shape =
  | ObjectShape
  | { kind: "array"; item: Shape }
  | { kind: "integer" }
  | { kind: "integer-map" }
  | { kind: "free-map" }
  | { kind: "json" }
  | { kind: "any" };

/** One of the format's own objects. */
export interface ObjectShape {
  kind: "object";
  /** In the order of the wire. */
  members: ReadonlyMap<string, Shape>;
  /** Left out when empty. */
  optional: ReadonlySet<string>;
  /** Written as null when empty. */
  nulled: ReadonlySet<string>;
  /** The members' names with case folded. */
  folded: ReadonlySet<string>;
}

/** The parts of valibot's schema objects that are read here. */
interface SchemaNode {
  type: string;
  entries?: Record<string, SchemaNode>;
  item?: SchemaNode;
  items?: readonly SchemaNode[];
  wrapped?: SchemaNode;
  default?: unknown;
  pipe?: readonly { type: string; metadata?: Record<string, unknown> }[];
}

/** Metadata of a schema whose value is kept as its text. */
export const VERBATIM = { wire: "json-text" } as const;

/** Metadata of a schema of maps with free keys, in which a number at any depth must fit a double. */
export const FREE_MAP = { wire: "free-map" } as const;

/** Metadata of a schema of maps with free keys and integers. */
export const INTEGER_MAP = { wire: "integer-map" } as const;

/** The shapes of schemas by their metadata. */
const MARKED: ReadonlyMap<unknown, Shape> = new Map<unknown, Shape>([
  [VERBATIM, { kind: "json" }],
  [FREE_MAP, { kind: "free-map" }],
  [INTEGER_MAP, { kind: "integer-map" }],
]);

/** Derives the shape from a schema, so that order and omission are defined in one place: the schema. */
export function shapeOf(schema: GenericSchema): Shape {
  return readNode(schema as unknown as SchemaNode);
}

function readNode(node: SchemaNode): Shape {
  if (node.wrapped) return readNode(node.wrapped);
  if (node.pipe?.some((step) => step.type === "safe_integer")) return { kind: "integer" };
  const marked = node.pipe?.map(({ metadata }) => MARKED.get(metadata)).find((shape) => shape !== undefined);
  if (marked) return marked;
  // The items of a tuple of the format all have one type.
  const item = node.item ?? node.items?.[0];
  if (item) return { kind: "array", item: readNode(item) };
  return node.entries ? readEntries(node.entries) : { kind: "any" };
}

function readEntries(entries: Record<string, SchemaNode>): ObjectShape {
  const named = Object.entries(entries);
  return {
    kind: "object",
    members: new Map(named.map(([key, node]) => [key, readNode(node)])),
    optional: new Set(named.filter(([, node]) => isOptional(node)).map(([key]) => key)),
    nulled: new Set(named.filter(([, node]) => isNulled(node)).map(([key]) => key)),
    folded: new Set(named.map(([key]) => foldCase(key))),
  };
}

/** `exit.Err` may be absent when read and is nevertheless always written. */
function isOptional(node: SchemaNode): boolean {
  return node.type === "optional" && node.wrapped?.type !== "null";
}

/** A nullable list that reads as empty: Go writes a nil slice as null. */
function isNulled(node: SchemaNode): boolean {
  return node.type === "nullable" && node.default !== undefined;
}
