import { describe, expect, it } from "vitest";
import { isDistinctSecret } from "./word-classes.js";

describe("isDistinctSecret", () => {
  it.each(["hunter2Xy9", "Tr0ub4dor&3", "correct horse battery staple", "open sesame 4711"])(
    "accepts %s",
    (text) => {
      expect(isDistinctSecret(text)).toBe(true);
    },
  );

  it.each(["", "1234", "secret", "password", "development", "Administrator", "------------"])(
    "refuses %j",
    (text) => {
      expect(isDistinctSecret(text)).toBe(false);
    },
  );
});
