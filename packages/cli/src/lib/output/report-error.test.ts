import { CassetteError } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { reportError } from "./report-error.js";

function report(error: unknown, hasColors?: () => boolean, jsonErrors = false) {
  let printed = "";
  const stderr = {
    write: (text: string) => {
      printed += text;
    },
    hasColors,
  } as unknown as NodeJS.WriteStream;
  return { status: reportError(error, { stderr, jsonErrors }), printed };
}

describe("reportError", () => {
  it("prints place, sentence, code and hint", () => {
    const error = new CassetteError("CASSETTE_SCRIPT_INVALID", "Step 1: no.", {
      file: "s.yaml",
      line: 3,
      hint: "Do so.",
    });
    expect(report(error)).toEqual({
      status: 2,
      printed: "cassette: s.yaml:3: Step 1: no. [CASSETTE_SCRIPT_INVALID]\n  Do so.\n",
    });
  });

  it("suggests what the table says where the error has no hint of its own", () => {
    const { printed } = report(new CassetteError("CASSETTE_VERSION_UNSUPPORTED", "This is version 9."));
    expect(printed).toContain("\n  Update Cassette.\n");
  });

  it("prints errors as JSON for a caller that reads JSON, escaped in the same way", () => {
    const error = new CassetteError("CASSETTE_NOT_FOUND", "No such \x1b cassette.", { file: "c" });
    const { status, printed } = report(error, undefined, true);
    expect(status).toBe(2);
    expect(JSON.parse(printed)).toEqual({
      error: {
        code: "CASSETTE_NOT_FOUND",
        message: "No such \x1b cassette.",
        file: "c",
        line: null,
        hint: "Check the path.",
      },
    });
    expect(printed).not.toContain("\x1b");
  });

  it("escapes what could act on a terminal", () => {
    expect(report(new Error("a\x1b[31mb\x07")).printed).toContain(
      "cassette: a\\e[31mb\\x07 [CASSETTE_UNEXPECTED]\n",
    );
  });

  it("has colours if only colours are requested", () => {
    expect(report(new Error("no"), () => true).printed).toContain("\x1b[31mcassette:\x1b[39m no");
    expect(report(new Error("no"), () => false).printed).toContain("cassette: no [");
  });
});
