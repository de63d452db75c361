import { describe, expect, it } from "vitest";
import { displayPath } from "./display-path.js";

describe("displayPath", () => {
  it.each([
    ["https://host/a.zip?key=secret", "https://host/a.zip"],
    ["HTTPS://host/a.zip#secret", "HTTPS://host/a.zip"],
    ["/home/me/https:/host/a.zip?key=secret", "/home/me/https:/host/a.zip"],
    ["https://host/a.zip", "https://host/a.zip"],
    ["what?.cassette", "what?.cassette"],
  ])("%s is named %s", (path, name) => {
    expect(displayPath(path)).toBe(name);
  });
});
