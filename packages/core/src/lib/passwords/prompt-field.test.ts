import type { Screen } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { findPromptField } from "./prompt-field.js";
import { rowCells } from "./row-cells.js";

/** A screen with the cursor at `¦`. */
function screen(drawing: string, cols = 60): Screen {
  const rows = drawing.split("\n");
  const row = rows.findIndex((text) => text.includes("¦"));
  const col = rowCells((rows[row] ?? "").split("¦")[0] ?? "").length;
  const text = rows.map((line) => line.replace("¦", "").trimEnd());
  while (text.length < 8) text.push("");
  const cursor = { Row: row, Col: col, Visible: true };
  return { size: { Rows: text.length, Cols: cols }, text, cursor, title: "", alternate: false };
}

describe("findPromptField", () => {
  it.each([
    "Password: ¦",
    "[sudo] password for alice: ¦",
    "Enter passphrase for key '/home/alice/.ssh/id_ed25519': ¦",
    "Enter encryption key: ***¦",
    "? Password ¦",
    "? Secret ¦[input is hidden]",
    "Verification code: ¦",
    "PIN:¦",
    "Benutzerpasswort: ¦",
    "Mot de passe : ¦",
    "Contraseña: ¦",
    "Senha: ¦",
    "Hasło: ¦",
    "Пароль: ¦",
    "Parola: ¦",
    "パスワード: ¦",
    "암호: ¦",
    "Enter your password:\n¦",
    "Enter your password:\n> ¦",
    "┌─────────────────┐\n│ The password    │\n│ ┌─────────────┐ │\n│ │¦            │ │\n│ └─────────────┘ │",
    "│ Password: ¦____ │",
  ])("finds one in %j", (drawing) => {
    expect(findPromptField(screen(drawing))).not.toBeNull();
  });

  it.each([
    "¦Password: ",
    "Password¦: ",
    "Password: abc ¦",
    "name: ¦",
    "monkey: ¦",
    "The password: press any key to continue ¦",
    "Delete the key? [y/N] ¦",
    "Select key: ¦",
    "password:\n¦\nmore",
    "password:\nfoo ¦",
    "The password is changed\n$ ¦",
  ])("finds none in %j", (drawing) => {
    expect(findPromptField(screen(drawing))).toBeNull();
  });

  it("waits for a mask below a row that names a secret and does not end as a prompt does", () => {
    expect(findPromptField(screen("Enter your password\n> ¦"))).toMatchObject({ needsMask: true });
    expect(findPromptField(screen("Enter your password:\n> ¦"))).toMatchObject({ needsMask: false });
  });

  it("finds a prompt that continues in the next row", () => {
    expect(findPromptField(screen("Enter passphrase for '/a/long\n/path': ¦", 29))).not.toBeNull();
  });
});
