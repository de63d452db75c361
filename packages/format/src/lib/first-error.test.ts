import { describe, expect, it } from "vitest";
import { firstError } from "./first-error.js";

/** Fails, and then fails to dispose of two resources. */
function failThrice(): void {
  using _outer = failing("outer");
  using _inner = failing("inner");
  throw new Error("first");
}

function failing(name: string): Disposable {
  return {
    [Symbol.dispose]() {
      throw new Error(name);
    },
  };
}

describe("firstError", () => {
  it("finds the error that came before those of disposing", () => {
    let thrown: unknown;
    try {
      failThrice();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).not.toMatchObject({ message: "first" });
    expect(firstError(thrown)).toMatchObject({ message: "first" });
  });

  it("returns any other error as it is", () => {
    const error = new TypeError("x");
    expect(firstError(error)).toBe(error);
    expect(firstError(undefined)).toBeUndefined();
  });
});
