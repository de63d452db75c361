import { describe, expect, it } from "vitest";
import { unsetVariables } from "./unset-variables.js";

describe("unsetVariables", () => {
  it("removes the named variables and no others", () => {
    const env = { DEPLOY_KEY: "x", PATH: "/bin" };
    unsetVariables(["DEPLOY_KEY"], env);
    expect(env).toEqual({ PATH: "/bin" });
  });

  it("refuses --unset-secrets without a script that names secrets", () => {
    expect(() => unsetVariables([], {})).toThrow(expect.objectContaining({ code: "CASSETTE_USAGE" }));
  });
});
