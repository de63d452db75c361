import { describe, expect, it } from "vitest";
import { secrecyOf } from "./secret-names.js";

const lines = (text: string) => text.split(/\s+/).filter((name) => name !== "");

describe("secrecyOf", () => {
  it.each(
    lines(`API_KEY GITHUB_TOKEN clientSecret db-password DB_PASS smtpPass pass github_pat AZURE_DEVOPS_PAT session_jwt wifi_psk
    root_pw --db-pass dbpassword DBPassword PASSCODE WALLET_MNEMONIC LDAP_BIND_PW HOME_PSK TOKEN_2 TOKEN2 PASSWORD_PROD
    X-Api-Key Authorization connectionString secret_access_key apikey MYAPIKEY webhookKey stripe.secret.key
    password_base64 registry_auth`),
  )("says that %s is secret", (name) => {
    expect(secrecyOf(name)).toBe("secret");
  });

  it.each(
    lines(
      "SECRETS tokens API_KEYS B2_KEY stripeKey ENCRYPT_KEY_2 stripekey session_id SESSION_COOKIE adobe-key",
    ),
  )("says that %s is secret if its value is random", (name) => {
    expect(secrecyOf(name)).toBe("likely");
  });

  it.each(
    lines(
      "PATH bypass COMPASS pat jwt PW tokens_used passed key public_key cache-key primaryKey PUBKEY token_type KEYS author",
    ),
  )("says nothing about %s", (name) => {
    expect(secrecyOf(name)).toBe("none");
  });
});
