import { describe, expect, it } from "vitest";
import { saysSecret } from "./secret-names.js";

describe("saysSecret", () => {
  it.each(
    "API_KEY GITHUB_TOKEN clientSecret db-password DB_PASS smtpPass pass github_pat AZURE_DEVOPS_PAT session_jwt wifi_psk root_pw".split(
      " ",
    ),
  )("takes %s", (name) => {
    expect(saysSecret(name)).toBe(true);
  });

  it.each("PATH bypass COMPASS pat jwt PW tokens_used passed key public_key monkey".split(" "))(
    "leaves %s",
    (name) => {
      expect(saysSecret(name)).toBe(false);
    },
  );
});
