import { once } from "node:events";

/** Writes lines to a stream, waiting while its reader is behind. */
export interface Writer {
  line(text: string): Promise<void>;
}

/** Makes a writer over a stream; memory stays flat however slowly it is read. */
export function createWriter(stream: NodeJS.WriteStream): Writer {
  return {
    async line(text) {
      if (!stream.write(`${text}\n`)) await once(stream, "drain");
    },
  };
}
