import { once } from "node:events";

/** Writes to a stream, waiting while its reader is behind. */
export interface Writer {
  text(text: string): Promise<void>;
  line(text: string): Promise<void>;
}

/** Makes a writer over a stream; memory stays flat however slowly it is read. */
export function createWriter(stream: NodeJS.WriteStream): Writer {
  async function write(text: string): Promise<void> {
    if (!stream.write(text)) await once(stream, "drain");
  }
  return { text: write, line: (text) => write(`${text}\n`) };
}
