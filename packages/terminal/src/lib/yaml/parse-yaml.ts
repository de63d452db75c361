import { type Document, LineCounter, type Node, parseDocument } from "yaml";

/** A YAML or JSON text whose parts know where they are. Lines and columns count from 1. */
export interface LocatedYaml {
  document: Document;
  /** What makes it neither YAML nor JSON; empty if it is one of them. */
  errors: { message: string; line: number; column: number }[];
  /** The line of an offset in the text. */
  lineAt(offset: number): number;
  /** The line on which a node of the document begins; 1 for what is none. */
  lineOf(node: unknown): number;
}

/**
 * Parses a file that a user wrote. Some editors begin a file with a byte order mark, which the library takes for a first
 * item of a list; it is left out.
 */
export function parseYaml(text: string): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ""), { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const errors = document.errors.map(({ message, pos: [offset] }) => {
    const { line, col: column } = lines.linePos(offset);
    return { message, line, column };
  });
  return { document, errors, lineAt, lineOf: (node) => lineAt((node as Node | null)?.range?.[0] ?? 0) };
}
