import { createHash, hash } from "node:crypto";
import type { Hashing } from "./hashing.js";

/** SHA-256 of Node. */
export const nodeHashing: Hashing = {
  start() {
    const digest = createHash("sha256");
    return {
      update: (bytes) => void digest.update(bytes),
      hex: () => digest.digest("hex"),
    };
  },
  hash: (bytes) => hash("sha256", bytes, "hex"),
};
