import { describe, expect, it } from "vitest";
import { addRecentKeys, isTypedPrompt } from "./typed-prompt.js";

describe("isTypedPrompt", () => {
  it.each([
    ["/key", "jj/key", true],
    ["$ echo password:", "echo password:", true],
    [">>> print('password:'", "print('password:'", true],
    ["Password: ", 'read -s -p "Password: " x\r', false],
    ["password:", "read -sp password:\r", false],
    ["New password: ", "passwd\r", false],
    ["$ echo 'password", "echo 'password: ", true],
    ["user ", "user ", false],
    ["> x = 'key:", "x = 'key: '\r'to", true],
    ["$ echo password:", "echo password:\rls", true],
    [">>> print('password:", "print('password:')\r1", true],
    ["token:", "token: x\rls", false],
    ["the key:", "the\rkey", false],
  ])("sees whether %j was typed with %j", (label, recent, isTyped) => {
    expect(isTypedPrompt(label, recent)).toBe(isTyped);
  });
});

describe("addRecentKeys", () => {
  it("applies corrections, and forgets old input", () => {
    expect(addRecentKeys("kez", "\x7fy")).toBe("key");
    expect(addRecentKeys("a".repeat(240), "key")).toHaveLength(240);
  });
});
