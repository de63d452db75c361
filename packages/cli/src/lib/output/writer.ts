import { once } from "node:events";

/** Writes to a stream, waiting for a slow reader. */
export interface Writer {
  write(data: string | Uint8Array): Promise<void>;
  line(text: string): Promise<void>;
}

/** Makes a writer over a stream; memory stays flat however slowly it is read. */
export function createWriter(stream: NodeJS.WriteStream): Writer {
  const write = async (data: string | Uint8Array) => {
    if (data.length > 0 && !stream.write(data)) await once(stream, "drain");
  };
  return { write, line: (text) => write(`${text}\n`) };
}
