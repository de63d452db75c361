import { ALNUM, BASE64, byteClass, DIGITS, HEX, TOKEN, UPPER_ALNUM, WORD } from "../engine/byte-class.js";
import { LONGEST_RUN, type Run, type Shape } from "../engine/shape.js";

const of = (set: Uint8Array, min: number, max = min): Run => ({ of: set, min, max });
const from = (set: Uint8Array, min: number): Run => of(set, min, LONGEST_RUN);

const BASE64_URL = byteClass("A-Z", "a-z", "0-9", "_", "-", "=");
const SLACK = byteClass("A-Z", "a-z", "0-9", "-");
const IN_BASE64 = byteClass("A-Z", "a-z", "0-9", "+", "/", "_", "-");

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
    shape("gldt-", from(TOKEN, 20)),
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
    after(TOKEN, "sk-", from(ALNUM, 40)),
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
  "telegram-token": [after(DIGITS, ":AA", of(TOKEN, 33))],
};
