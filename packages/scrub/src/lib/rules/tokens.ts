import { ALNUM, BASE64, byteClass, DIGITS, HEX, TOKEN, UPPER_ALNUM, WORD } from "../engine/byte-class.js";
import { isRowEnd } from "../engine/row-join.js";
import { LONGEST_RUN, type Run, type Shape } from "../engine/shape.js";

const of = (set: Uint8Array, min: number, max = min): Run => ({ of: set, min, max });
const from = (set: Uint8Array, min: number): Run => of(set, min, LONGEST_RUN);

const BASE64_URL = byteClass("A-Z", "a-z", "0-9", "_", "-", "=");
const SLACK = byteClass("A-Z", "a-z", "0-9", "-");
const IN_BASE64 = byteClass("A-Z", "a-z", "0-9", "+", "/", "_", "-");

const BASE64_ANY = byteClass("A-Z", "a-z", "0-9", "+", "/", "_", "-", "=");
const HEX_DASH = byteClass("0-9", "a-f", "A-F", "-");
const HASH = byteClass("A-Z", "a-z", "0-9", ".", "/");
const HASH_FIELDS = byteClass("A-Z", "a-z", "0-9", ...".+/=$,:");
const WEBHOOK = byteClass("A-Z", "a-z", "0-9", "_", "-", "/");
const COOKIE = byteClass("A-Z", "a-z", "0-9", ..."%+/=-");
const SECRET_TEXT = byteClass("A-Z", "a-z", "0-9", ..."_~.-");
/** But for what ends a row or stands before it: the digits may be in the one above. */
const NO_DIGIT = DIGITS.map((isDigit, code) => (isDigit === 1 || isRowEnd(code) || code === 0x20 ? 0 : 1));

const after = (notAfter: Uint8Array, ...parts: Shape["parts"]): Shape => ({ parts, notAfter });
const shape = (...parts: Shape["parts"]): Shape => ({ parts });
/** Of a look that a stretch of base64 may have, too. */
const alone = (...parts: Shape["parts"]): Shape => ({ parts, notAfter: IN_BASE64, notBefore: IN_BASE64 });

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
    ...["gldt-", "glrt-", "glft-", "glcbt-", "glsoat-", "glimt-", "gloas-", "glagent-", "glffct-"].map(
      (prefix) => shape(prefix, from(TOKEN, 20)),
    ),
    after(TOKEN, "GR1348941", from(TOKEN, 20)),
  ],
  "aws-access-key": ["AKIA", "ASIA", "ABIA", "ACCA"].map((prefix) => ({
    parts: [prefix, of(UPPER_ALNUM, 16)],
    notAfter: IN_BASE64,
    notBefore: ALNUM,
  })),
  "google-api-key": [after(IN_BASE64, "AIza", from(TOKEN, 35)), shape("GOCSPX-", from(TOKEN, 28))],
  "google-oauth-token": [after(TOKEN, "ya29.", from(TOKEN, 30)), after(IN_BASE64, "1//0", from(TOKEN, 40))],
  "slack-token": [
    ...["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxc-", "xapp-"].map((prefix) =>
      shape(prefix, from(SLACK, 10)),
    ),
    shape("xoxd-", from(COOKIE, 20)),
    ...["services/", "workflows/", "triggers/"].map((path) =>
      shape(`hooks.slack.com/${path}`, from(byteClass("A-Z", "a-z", "0-9", "/"), 30)),
    ),
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
  "pypi-token": ["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBp"].map((prefix) =>
    shape(prefix, from(BASE64_URL, 50)),
  ),
  "hugging-face-token": [after(WORD, "hf_", from(ALNUM, 34))],
  "digitalocean-token": ["dop_v1_", "doo_v1_", "dor_v1_"].map((prefix) => shape(prefix, from(HEX, 64))),
  "sendgrid-key": [after(ALNUM, "SG.", of(TOKEN, 22), ".", from(TOKEN, 43))],
  "vault-token": ["hvs.", "hvb.", "hvr."].map((prefix) => after(WORD, prefix, from(TOKEN, 24))),
  jwt: [after(TOKEN, "eyJ", from(TOKEN, 8), ".ey", from(TOKEN, 8), ".", from(TOKEN, 8))],
  "shopify-token": ["shpat_", "shpca_", "shppa_", "shpss_"].map((prefix) => shape(prefix, from(HEX, 32))),
  "grafana-token": [
    shape("glsa_", of(ALNUM, 32), "_", from(HEX, 8)),
    after(WORD, "glc_", from(BASE64_ANY, 40)),
  ],
  "docker-token": ["dckr_pat_", "dckr_oat_"].map((prefix) => shape(prefix, from(TOKEN, 27))),
  "age-key": ["AGE-SECRET-KEY-1", "AGE-SECRET-KEY-PQ-1"].map((prefix) =>
    shape(prefix, from(UPPER_ALNUM, 58)),
  ),
  "rubygems-key": [shape("rubygems_", from(HEX, 48))],
  "groq-key": [after(WORD, "gsk_", from(ALNUM, 52))],
  "linear-key": ["lin_api_", "lin_oauth_"].map((prefix) => shape(prefix, from(ALNUM, 40))),
  "tailscale-key": ["tskey-auth-", "tskey-api-", "tskey-client-"].map((prefix) =>
    shape(prefix, from(TOKEN, 20)),
  ),
  "sentry-token": [shape("sntrys_", from(BASE64_ANY, 60)), shape("sntryu_", from(HEX, 64))],
  "databricks-token": [after(ALNUM, "dapi", from(HEX, 32))],
  "atlassian-token": [
    shape("ATATT3xFfGF0", from(BASE64_URL, 80)),
    shape("ATCTT3xFfG", from(BASE64_URL, 80)),
    alone("ATBB", of(ALNUM, 32)),
  ],
  "notion-token": [
    after(WORD, "ntn_", from(ALNUM, 40)),
    { parts: ["secret_", of(ALNUM, 43)], notAfter: WORD, notBefore: WORD },
  ],
  "figma-token": [after(WORD, "figd_", from(TOKEN, 36))],
  "supabase-token": [after(WORD, "sbp_", from(HEX, 40)), after(WORD, "sb_secret_", from(TOKEN, 20))],
  "replicate-token": [after(WORD, "r8_", from(ALNUM, 37))],
  "perplexity-key": [after(WORD, "pplx-", from(ALNUM, 40))],
  "xai-key": [after(TOKEN, "xai-", from(ALNUM, 70))],
  "new-relic-key": [shape("NRAK-", from(UPPER_ALNUM, 27)), shape("NRII-", from(TOKEN, 32))],
  "postman-key": [shape("PMAK-", from(HEX_DASH, 24))],
  "square-token": ["sq0atp-", "sq0csp-"].map((prefix) => shape(prefix, from(TOKEN, 22))),
  "planetscale-token": ["pscale_tkn_", "pscale_pw_"].map((prefix) => shape(prefix, from(TOKEN, 32))),
  "buildkite-token": [after(WORD, "bkua_", from(HEX, 40))],
  "discord-webhook": [
    shape("discord.com/api/webhooks/", from(WEBHOOK, 60)),
    shape("discordapp.com/api/webhooks/", from(WEBHOOK, 60)),
    shape("discord.com/api/v", of(DIGITS, 1, 2), "/webhooks/", from(WEBHOOK, 60)),
  ],
  "password-hash": [
    ...["$5$", "$6$"].flatMap((prefix) => [
      shape(prefix, of(HASH, 1, 16), "$", from(HASH, 43)),
      shape(`${prefix}rounds=`, of(DIGITS, 4, 9), "$", of(HASH, 1, 16), "$", from(HASH, 43)),
    ]),
    ...["$1$", "$apr1$"].map((prefix) => shape(prefix, of(HASH, 1, 8), "$", from(HASH, 22))),
    ...["$argon2", "pbkdf2_sha256$", "SCRAM-SHA-256$"].map((prefix) => shape(prefix, from(HASH_FIELDS, 50))),
    ...["{SSHA}", "{SHA}"].map((prefix) => shape(prefix, from(BASE64, 28))),
    ...["$2a$", "$2b$", "$2y$"].map((prefix) => shape(prefix, of(DIGITS, 2), "$", from(HASH, 53))),
    shape("$y$", of(HASH, 1, 8), "$", of(HASH, 1, 86), "$", from(HASH, 43)),
  ],
  "telegram-token": [after(NO_DIGIT, ":AA", of(TOKEN, 33))],
};

/** The same of services that fewer use; looked for in plain text only. */
export const MORE_TOKEN_SHAPES: Readonly<Record<string, readonly Shape[]>> = {
  "netlify-token": [after(WORD, "nfp_", from(ALNUM, 36))],
  "fly-token": ["fm1r_", "fm2_", "fo1_"].map((prefix) => after(WORD, prefix, from(BASE64_ANY, 40))),
  "render-key": [after(WORD, "rnd_", from(ALNUM, 28))],
  "posthog-key": [after(WORD, "phx_", from(ALNUM, 36))],
  "langsmith-key": ["lsv2_pt_", "lsv2_sk_"].map((prefix) => shape(prefix, from(WORD, 40))),
  "nvidia-key": [after(WORD, "nvapi-", from(TOKEN, 60))],
  "tavily-key": [after(WORD, "tvly-", from(TOKEN, 30))],
  "pinecone-key": [after(WORD, "pcsk_", from(WORD, 60))],
  "brevo-key": [shape("xkeysib-", from(TOKEN, 64))],
  "mailgun-key": [{ parts: ["key-", of(HEX, 32)], notAfter: TOKEN, notBefore: TOKEN }],
  "resend-key": [after(WORD, "re_", of(ALNUM, 8), "_", from(ALNUM, 24))],
  "doppler-token": ["dp.pt.", "dp.ct.", "dp.sa."].map((prefix) => after(WORD, prefix, from(ALNUM, 40))),
  "one-password-token": [after(WORD, "ops_eyJ", from(BASE64_ANY, 60))],
  "pulumi-token": [after(TOKEN, "pul-", from(HEX, 40))],
  "terraform-cloud-token": [shape(".atlasv1.", from(BASE64_ANY, 60))],
  "sonar-token": ["squ_", "sqp_", "sqa_"].map((prefix) => after(WORD, prefix, from(HEX, 40))),
  "dynatrace-token": [shape("dt0c01.", of(ALNUM, 24), ".", from(ALNUM, 64))],
  "hubspot-token": ["pat-na", "pat-eu"].map((prefix) => after(TOKEN, prefix, from(HEX_DASH, 36))),
  "artifactory-key": [alone("AKCp", of(ALNUM, 69))],
  "shippo-token": ["shippo_live_", "shippo_test_"].map((prefix) => shape(prefix, from(HEX, 40))),
  "sourcegraph-token": [after(WORD, "sgp_", from(WORD, 40))],
  "azure-client-secret": [shape("7Q~", from(SECRET_TEXT, 31)), shape("8Q~", from(SECRET_TEXT, 31))],
  "inngest-key": [shape("signkey-prod-", from(HEX, 64))],
  "heroku-key": [shape("HRKU-AA", from(TOKEN, 50))],
  "alibaba-access-key": [alone("LTAI", of(ALNUM, 12, 26))],
  "together-key": [shape("tgp_v1_", from(TOKEN, 40))],
  "cerebras-key": [after(TOKEN, "csk-", from(ALNUM, 40))],
  "neon-key": [after(WORD, "napi_", from(ALNUM, 50))],
  "bedrock-key": [
    shape("ABSKQmVkcm9ja0FQSUtleS", from(BASE64, 60)),
    shape("bedrock-api-key-", from(BASE64, 100)),
  ],
  "polar-token": [shape("polar_oat_", from(ALNUM, 30))],
  "wandb-key": [shape("wandb_v1_", from(TOKEN, 40))],
  "deno-token": [after(WORD, "ddp_", from(ALNUM, 36)), after(WORD, "jsrp_", from(ALNUM, 36))],
  "amazon-client-secret": [shape("amzn1.oa2-cs.v1.", from(HEX, 64))],
  "mapbox-token": [after(TOKEN, "sk.eyJ", from(TOKEN, 40), ".", from(TOKEN, 20))],
  "paddle-key": [shape("pdl_live_apikey_", from(WORD, 40))],
  "adafruit-key": [after(WORD, "aio_", from(ALNUM, 28))],
  "vercel-token": ["vcp_", "vck_"].map((prefix) => after(WORD, prefix, from(ALNUM, 40))),
  "cloudflare-token": [after(WORD, "cfut_", from(TOKEN, 40))],
  "crates-io-token": [alone("cio", of(ALNUM, 32))],
};
