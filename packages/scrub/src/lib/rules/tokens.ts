import { ALNUM, BASE64, byteClass, DIGITS, HEX, TOKEN, UPPER_ALNUM, WORD } from "../engine/byte-class.js";
import { LONGEST_RUN, type Run, type Shape } from "../engine/shape.js";

const of = (set: Uint8Array, min: number, max = min): Run => ({ of: set, min, max });
const from = (set: Uint8Array, min: number): Run => of(set, min, LONGEST_RUN);

const BASE64_URL = byteClass("A-Z", "a-z", "0-9", "_", "-", "=");
const SLACK = byteClass("A-Z", "a-z", "0-9", "-");
const IN_BASE64 = byteClass("A-Z", "a-z", "0-9", "+", "/", "_", "-");

const BASE64_ANY = byteClass("A-Z", "a-z", "0-9", "+", "/", "_", "-", "=");
const HEX_DASH = byteClass("0-9", "a-f", "A-F", "-");
const HASH = byteClass("A-Z", "a-z", "0-9", ".", "/");

const after = (notAfter: Uint8Array, ...parts: Shape["parts"]): Shape => ({ parts, notAfter });
const shape = (...parts: Shape["parts"]): Shape => ({ parts });

/**
 * Tokens that say by their own look what they are, from their issuers' documentation. A checksum inside is not computed: what has
 * the whole shape is masked, be its checksum right or wrong. Lengths are the shortest that were ever issued; what is longer is masked whole.
 */
export const TOKEN_SHAPES: Readonly<Record<string, readonly Shape[]>> = {
  "github-token": [
    ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((prefix) => shape(prefix, from(ALNUM, 36))),
    shape("github_pat_", from(WORD, 82)),
  ],
  "gitlab-token": [
    shape("glpat-", from(TOKEN, 20)),
    shape("glptt-", from(HEX, 40)),
    ...["gldt-", "glrt-", "glft-", "glcbt-", "glsoat-", "glimt-"].map((prefix) =>
      shape(prefix, from(TOKEN, 20)),
    ),
  ],
  "aws-access-key": ["AKIA", "ASIA", "ABIA", "ACCA"].map((prefix) => ({
    parts: [prefix, of(UPPER_ALNUM, 16)],
    notAfter: IN_BASE64,
    notBefore: ALNUM,
  })),
  "google-api-key": [after(IN_BASE64, "AIza", from(TOKEN, 35)), shape("GOCSPX-", from(TOKEN, 28))],
  "slack-token": [
    ...["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-"].map((prefix) => shape(prefix, from(SLACK, 10))),
    shape("hooks.slack.com/services/", from(byteClass("A-Z", "a-z", "0-9", "/"), 30)),
  ],
  "stripe-key": ["sk_live_", "sk_test_", "rk_live_", "rk_test_"].map((prefix) =>
    after(WORD, prefix, from(ALNUM, 10)),
  ),
  "stripe-webhook-secret": [after(WORD, "whsec_", from(BASE64, 24))],
  "openai-key": [
    ...["sk-proj-", "sk-svcacct-", "sk-admin-"].map((prefix) => after(ALNUM, prefix, from(TOKEN, 40))),
    after(TOKEN, "sk-", from(ALNUM, 32)),
    after(TOKEN, "sk-or-v1-", from(HEX, 64)),
  ],
  "anthropic-key": [after(ALNUM, "sk-ant-", from(TOKEN, 40))],
  "npm-token": [shape("npm_", from(ALNUM, 36))],
  "pypi-token": [shape("pypi-AgEIcHlwaS5vcmc", from(BASE64_URL, 50))],
  "hugging-face-token": [after(WORD, "hf_", from(ALNUM, 34))],
  "digitalocean-token": ["dop_v1_", "doo_v1_", "dor_v1_"].map((prefix) => shape(prefix, from(HEX, 64))),
  "sendgrid-key": [after(ALNUM, "SG.", of(TOKEN, 22), ".", from(TOKEN, 43))],
  "vault-token": [shape("hvs.", from(TOKEN, 90)), shape("hvb.", from(TOKEN, 90))],
  jwt: [after(TOKEN, "eyJ", from(TOKEN, 8), ".ey", from(TOKEN, 8), ".", from(TOKEN, 8))],
  "shopify-token": ["shpat_", "shpca_", "shppa_", "shpss_"].map((prefix) => shape(prefix, from(HEX, 32))),
  "grafana-token": [shape("glsa_", of(ALNUM, 32), "_", from(HEX, 8))],
  "docker-token": [shape("dckr_pat_", from(TOKEN, 27))],
  "age-key": [shape("AGE-SECRET-KEY-1", from(UPPER_ALNUM, 58))],
  "rubygems-key": [shape("rubygems_", from(HEX, 48))],
  "groq-key": [after(WORD, "gsk_", from(ALNUM, 52))],
  "linear-key": [shape("lin_api_", from(ALNUM, 40))],
  "tailscale-key": ["tskey-auth-", "tskey-api-", "tskey-client-"].map((prefix) =>
    shape(prefix, from(TOKEN, 20)),
  ),
  "sentry-token": [shape("sntrys_", from(BASE64_ANY, 60)), shape("sntryu_", from(HEX, 64))],
  "databricks-token": [after(ALNUM, "dapi", from(HEX, 32))],
  "atlassian-token": [shape("ATATT3xFfGF0", from(BASE64_URL, 80))],
  "notion-token": [after(WORD, "ntn_", from(ALNUM, 40))],
  "figma-token": [after(WORD, "figd_", from(TOKEN, 36))],
  "supabase-token": [after(WORD, "sbp_", from(HEX, 40))],
  "replicate-token": [after(WORD, "r8_", from(ALNUM, 37))],
  "perplexity-key": [after(WORD, "pplx-", from(ALNUM, 40))],
  "xai-key": [after(TOKEN, "xai-", from(ALNUM, 70))],
  "new-relic-key": [shape("NRAK-", from(UPPER_ALNUM, 27))],
  "postman-key": [shape("PMAK-", from(HEX_DASH, 24))],
  "square-token": ["sq0atp-", "sq0csp-"].map((prefix) => shape(prefix, from(TOKEN, 22))),
  "planetscale-token": ["pscale_tkn_", "pscale_pw_"].map((prefix) => shape(prefix, from(TOKEN, 32))),
  "buildkite-token": [after(WORD, "bkua_", from(HEX, 40))],
  "discord-webhook": [
    shape("discord.com/api/webhooks/", from(byteClass("A-Z", "a-z", "0-9", "_", "-", "/"), 60)),
  ],
  "password-hash": [
    ...["$5$", "$6$"].map((prefix) => shape(prefix, of(HASH, 1, 16), "$", from(HASH, 43))),
    ...["$2a$", "$2b$", "$2y$"].map((prefix) => shape(prefix, of(DIGITS, 2), "$", from(HASH, 53))),
    shape("$y$", of(HASH, 1, 8), "$", of(HASH, 1, 86), "$", from(HASH, 43)),
  ],
  "telegram-token": [after(DIGITS, ":AA", of(TOKEN, 33))],
};
