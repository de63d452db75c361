// Tokens that show by their own look what they are, from their issuers' documentation. A checksum inside is not computed: what has
// the whole shape is masked, be its checksum right or wrong. Lengths are the shortest that were ever issued; what is longer is
// masked whole. `parseTokenTable` describes the columns.

/** Tokens that are looked for in base64 and in hexadecimal, too. */
export const COMMON_TOKENS = `
github-token | ghs_ | digits{1,20} '_ey' text{30,}
github-token | ghp_ gho_ ghu_ ghs_ ghr_ | alnum{36,}
github-token | github_pat_ | word{82,}
gitlab-token | glpat- glrt- | token{27,} '.' lower{2} '.' lower{9}
gitlab-token | glpat- | token{20,}
gitlab-token | glptt- | hex{40,}
gitlab-token | gldt- glrt- glft- glcbt- glsoat- glimt- gloas- glagent- glffct- glrtr- glwt- | token{20,}
gitlab-token | GR1348941 | token{20,} | after token
aws-access-key | AKIA ASIA ABIA ACCA | upper{16} | after unpadded before alnum
google-api-key | AIza | token{35,} | after unpadded
google-api-key | GOCSPX- | token{28,}
google-oauth-token | ya29. | token{30,} | after token
google-oauth-token | 1//0 | token{40,} | after unpadded
slack-token | xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxc- xoxo- xwfp- | alnum-{10,}
slack-token | xapp- | alnum-{10,} | random after alnum
slack-token | xoxe.xoxb- xoxe.xoxp- | alnum-{10,}
slack-token | xoxd- | cookie{20,}
slack-token | hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/ | path{30,}
stripe-key | sk_live_ sk_test_ rk_live_ rk_test_ sk_prod_ rk_prod_ | alnum{10,} | after word
stripe-webhook-secret | whsec_ | base64{24,} | after word
openai-key | sk-proj- sk-svcacct- sk-admin- | token{40,} | after alnum
openai-key | sk- | alnum{32,} | after token
openai-key | sk-or-v1- | hex{64,} | after token
anthropic-key | sk-ant- | token{40,} | after alnum
npm-token | npm_ | alnum{36,}
pypi-token | pypi-AgEIcHlwaS5vcmc pypi-AgENdGVzdC5weXBp | base64url{50,}
hugging-face-token | hf_ api_org_ | alnum{34,} | after word
digitalocean-token | dop_v1_ doo_v1_ dor_v1_ | hex{64,}
sendgrid-key | SG. | token{22} '.' token{43,} | after alnum
vault-token | hvs. hvb. hvr. | token{24,} | after word
jwt | eyJ | token{8,} '.ey' token{8,} '.' token{8,} | after token
shopify-token | shpat_ shpca_ shppa_ shpss_ | hex{32,}
grafana-token | glsa_ | alnum{32} '_' hex{8,}
grafana-token | glc_ | anybase64{40,} | after word
grafana-token | eyJrIjoi | anybase64{60,} | after unpadded
docker-token | dckr_pat_ dckr_oat_ | token{27,}
age-key | AGE-SECRET-KEY-1 AGE-SECRET-KEY-PQ-1 | upper{58,}
rubygems-key | rubygems_ | hex{48,}
groq-key | gsk_ | alnum{52,} | after word
linear-key | lin_api_ lin_oauth_ | alnum{40,}
tailscale-key | tskey- | letters{2,16} '-' token{8,}
sentry-token | sntrys_ | anybase64{60,}
sentry-token | sntryu_ sntrya_ sntryi_ | hex{64,}
databricks-token | dapi | hex{32,} | after alnum
atlassian-token | ATATT3xFfGF0 ATSTT3xFfGF0 | base64url{80,}
atlassian-token | ATCTT3xFfG ATCTT3xFfGN0 | base64url{80,}
atlassian-token | ATBB | alnum{32} | alone
atlassian-token | BBDC- | base64{40,} | after word
notion-token | ntn_ | alnum{40,} | after word
notion-token | secret_ | alnum{43} | after word before word
figma-token | figd_ figo_ figor_ | token{36,} | after word
supabase-token | sbp_ | alnum{40,} | after word
supabase-token | sb_secret_ | token{20,} | after word
replicate-token | r8_ | alnum{37,} | after word
perplexity-key | pplx- | alnum{40,} | after word
xai-key | xai- | token{70,} | after token
new-relic-key | NRAK- NRAL- NRRA- | upper{27,}
new-relic-key | NRII- NRIQ- | token{32,}
new-relic-key | NRAA- NRJS- NRRA- | hex{19,}
new-relic-key | alnum{36} : NRAL | - | after alnum before alnum
postman-key | PMAK- | hex-{24,}
square-token | sq0atp- sq0csp- sq0idp- | token{22,}
square-token | EAAA | token{60} | random alone
planetscale-token | pscale_tkn_ pscale_pw_ pscale_oauth_ | text{32,}
buildkite-token | bkua_ | alnum{40,} | after word
discord-webhook | discord.com/api/webhooks/ discordapp.com/api/webhooks/ | path{60,}
discord-webhook | discord.com/api/v | digits{1,2} '/webhooks/' path{60,}
password-hash | $5$ $6$ | crypt{1,16} '$' crypt{43,}
password-hash | $5$rounds= $6$rounds= | digits{4,9} '$' crypt{1,16} '$' crypt{43,}
password-hash | $1$ $apr1$ | crypt{1,8} '$' crypt{22,}
password-hash | $8$ $9$ | crypt{14} '$' crypt{43}
password-hash | $argon2 pbkdf2_sha256$ SCRAM-SHA-256$ | fields{50,}
password-hash | $krb5asrep$ $krb5tgs$ | fields{50,}
password-hash | {SSHA} {SHA} | base64{28,}
password-hash | $2a$ $2b$ $2y$ | digits{2} '$' crypt{53,}
password-hash | $y$ | crypt{1,8} '$' crypt{1,86} '$' crypt{43,}
telegram-token | :AA | token{33} | after no digit
`;

/** Tokens of services that fewer use; looked for in plain text only. */
export const OTHER_TOKENS = String.raw`
adafruit-key | aio_ | alnum{28,} | after word
adobe-client-secret | p8e- | token{32,} | after token
airtable-token | pat | alnum{14} '.' hex{64,} | after word
alibaba-access-key | LTAI | alnum{12,26} | alone
amazon-client-secret | amzn1.oa2-cs.v1. | hex{64,}
amazon-mws-token | amzn.mws. | hex-{36,}
apify-token | apify_api_ apify_bot_ | alnum{30,} | after word
artifactory-key | AKCp | alnum{69,} | alone
artifactory-key | cmVmdGtu | alnum{56,} | alone
asana-token | 1/ | digits{10,20} ':' hex{32,} | after path
asana-token | 2/ | digits{10,20} '/' digits{10,20} ':' hex{32,} | after path
authress-key | sc_ ext_ scauth_ authress_ | lower{5,30} '.' lower{4,6} '.acc' lower-{11,33} '.' anybase64{30,} | after word
azure-client-secret | text{3} : 7Q~ 8Q~ | text{31,}
azure-devops-token | alnum{52} : JQQJ99 | alnum{18} 'AZDO' alnum{4} | after alnum before alnum
azure-devops-token | alnum{76} : AZDO | alnum{4} | after alnum before alnum
azure-key | alnum{52} : JQQJ99 | alnum{26} | after alnum before alnum
azure-key | unpadded{76} : APIM ACDb +ABa +AMC +ASt | unpadded{6} '==' | after unpadded
azure-key | unpadded{33} : AIoT +ASb +AEh +ARm AzCa | unpadded{6} '=' | after unpadded
azure-key | unpadded{44} : AzFu | unpadded{6} '==' | after unpadded
azure-key | alnum{42} : AzSe | alnum{6} | alone
azure-key | unpadded{42} : +ACR | unpadded{6} | alone
bedrock-key | ABSKQmVkcm9ja0FQSUtleS | base64{60,}
bedrock-key | bedrock-api-key- | base64{100,}
brevo-key | xkeysib- xsmtpsib- | token{64,}
cerebras-key | csk- | alnum{40,} | after token
circleci-token | CCIPAT_ CCIPRJ_ | alnum{22} '_' hex{40,}
clickhouse-key | 4b1d | alnum{38} | alone
clickup-token | pk_ | digits{6,10} '_' upper{32,} | after word
clojars-token | CLOJARS_ | lower{60,}
cloudflare-token | cfut_ cfat_ cfk_ | token{40,} | after word
cloudflare-token | v1.0- | hex{24} '-' hex{146,} | after token
contentful-token | CFPAT- | token{43,}
crates-io-token | cio | alnum{32} | alone
defined-networking-token | dnkey- | lower-{26} '-' lower-{52,}
deno-token | ddp_ jsrp_ ddo_ | alnum{36,} | after word
dependency-track-key | odt_ | alnum{32,} | after word
discord-token | MD MT Mj Mz ND NT Nj Nz OD OT | token{21,26} '.' token{6} '.' token{27,} | random after uri
doppler-token | dp.pt. dp.ct. dp.sa. dp.said. dp.scim. dp.audit. | alnum{40,} | after word
doppler-token | dp.st. | alnum{40,} | after word
doppler-token | dp.st. | lower-{2,36} '.' alnum{40,} | after word
dropbox-token | sl. | token{130,} | after word
dropbox-token | sl.u. | token{100,} | after word
duffel-token | duffel_test_ duffel_live_ | base64url{43,}
dynatrace-token | dt0c01. dt0s01. dt0s02. dt0s06. dt0s08. | alnum{24} '.' alnum{64,}
easypost-key | EZAK EZTK | alnum{54} | alone
elevenlabs-key | sk_ | hex{48} | after word before word
endor-key | endr+ | token{16,}
facebook-token | EAAM EAAC EAAB EAAG EAAI EAAD EAAH | alnum{80,} | alone
facebook-token | digits{15,16} : \v | token{27,} | random after digits
figma-token | figma_pat_ | token{36,}
firecrawl-key | fc- | hex{32,} | after token
fleetbase-key | flb_live_ flb_test_ | alnum{20,}
flexport-token | shltm_ | token{40,}
flutterwave-key | FLWSECK_TEST- FLWSECK_LIVE- FLWSECK- FLWPUBK_TEST- FLWPUBK_LIVE- | alnum-{12,}
flutterwave-key | FLWSECK_TEST | alnum{12,}
fly-token | fm1r_ fm1a_ fm2_ fo1_ | anybase64{40,} | after word
frame-io-token | fio-u- | token{64,} | after token
fullstory-key | na1. eu1. | anybase64{60,} | after text
gocardless-token | live_ | base64url{40} | after word before word
harness-token | pat. sat. | token{22} '.' alnum{24} '.' alnum{20} | after text
heroku-key | HRKU-AA | token{50,}
heroku-key | HRKU- | hex-{36}
hubspot-token | pat-na pat-eu | hex-{36,} | after token
infracost-key | ico- | alnum{32} | after text before text
inngest-key | signkey-prod- signkey-test- | hex{32,}
intercom-token | dG9rO | base64{50,} | random after unpadded
intra42-secret | s-s4t2ud- s-s4t2af- | hex{64,}
ionic-token | ion_ | alnum{42} | after word before word
jenkins-token | 11 | hex{32} | after alnum before alnum
jenkins-crumb | Jenkins-Crumb: | hex{32,}
jina-key | jina_ | alnum{60,} | after word
langfuse-key | sk-lf- pk-lf- | hex-{36}
langsmith-key | lsv2_pt_ lsv2_sk_ ls__ | word{32,}
launchdarkly-key | sdk- api- | hex{8} '-' hex{4} '-4' hex{3} '-' hex{4} '-' hex{12} | after token before token
lob-key | live_ test_ | hex{35} | after word before word
mailchimp-key | hex{32} : -us | digits{1,2} | after alnum before alnum
mailgun-key | key- | alnum{32} | after token before token
mapbox-token | sk.eyJ tk.eyJ | token{40,} '.' token{20,} | after token
maxmind-key | word{36} : _mmk | - | after word before word
mercury-token | mercury_production_ mercury_sandbox_ | base64{40,}
mongodb-secret | mdb_sa_sk_ | token{40,}
neon-key | napi_ | alnum{50,} | after word
netlify-token | nfp_ nfc_ nfb_ nfo_ nfu_ | alnum{36,} | after word
nightfall-key | NF- | alnum{32} | after token before token
nuget-key | oy2 | lower{43} | alone
nvidia-key | nvapi- | token{60,} | after word
octopus-key | API- | upper{25,30} | after token before token
one-password-token | ops_eyJ | anybase64{60,} | after word
one-password-key | A3- | upper{6} '-' upper-{26,} | after token
openshift-token | sha256~ | token{43}
openvsx-token | ovsxat_ | hex-{36}
paddle-key | pdl_live_apikey_ pdl_sdbx_apikey_ | word{40,}
pagarme-key | ak_live_ ak_test_ | alnum{24,} | after word
paypal-token | access_token$production$ access_token$sandbox$ | alnum{16,24} '$' hex{32}
pinecone-key | pcsk_ | word{60,} | after word
plaid-token | access-sandbox- access-development- access-production- | hex-{36}
polar-token | polar_oat_ polar_pat_ | alnum{30,}
posthog-key | phx_ phs_ phc_ | token{36,} | after word
prefect-token | pnu_ pnb_ | alnum{36} | after word
pubnub-key | pub-c- sub-c- sec-c- | alnum-{36,}
pulumi-token | pul- | hex{40,} | after token
rapidapi-key | alnum{10} : msh | alnum{15} 'p1' alnum{6} 'jsn' alnum{12} | alone
razorpay-key | rzp_live_ rzp_test_ | alnum{14,} | after word
readme-key | rdme_ rdme_xn8s9h | lower{59,} | after word
render-key | rnd_ | alnum{28,} | after word
resend-key | re_ | alnum{8} '_' alnum{24,} | after word
riot-key | RGAPI- | hex-{36}
rootly-token | rootly_ | hex{64}
salesforce-token | 00D | alnum{12,15} '!' text{60,} | after alnum
scalingo-token | tk-us- tk-eu- | token{48,} | after token
settlemint-token | sm_pat_ sm_aat_ sm_sat_ | alnum{16,} | after word
shippo-token | shippo_live_ shippo_test_ | hex{40,}
sidekiq-credentials | hexcolon{17} : @gems.contribsys.com @enterprise.contribsys.com | -
sonar-token | sonar.login= | hex{40,}
sonar-token | squ_ sqp_ sqa_ | hex{40,} | after word
sourcegraph-token | sgp_ | word{40,} | after word
sourcegraph-token | sgd_ slk_ slw_ sgs_ | hex{64} | after word
stackhawk-key | hawk. | token{20} '.' token{20} | after word
storecove-key | storecove_ | token{40,}
tavily-key | tvly- | token{30,} | after word
teams-webhook | outlook.office.com/webhook/ outlook.office365.com/webhook/ .webhook.office.com/webhookb2/ | webhook{80,}
teamwork-token | tkn.v1_ | base64{60,}
telnyx-key | KEY | alnum{32} '_' alnum{22} | after token before token
terraform-cloud-token | alnum{14} : .atlasv1. | anybase64{60,} | after token
thingsboard-token | thingsboard.cloud/api/v1/ | alnum{20}
tines-webhook | .tines.com/webhook/ .tines.io/webhook/ | path{40,}
together-key | tgp_v1_ | token{40,}
twilio-key | SK | hex{32} | random alone
twitch-stream-key | live_ | digits{6,12} '_' alnum{24,} | after word
typeform-token | tfp_ | text{40,} | after word
ubidots-token | BBFF- BBUS- | alnum{30,} | after token
vault-token | s. | alnum{24} | random after text before text
vault-token | s.CAES | token{40,} | after text
vercel-token | vcp_ vci_ vca_ vcr_ vck_ | alnum{24,} | after word
voiceflow-key | VF.DM. VF.WS. | alnum{24} '.' alnum{16,}
wandb-key | wandb_v1_ | token{40,}
webex-token | token{64} : _PF84_ _PE93_ | hex-{36} | after token
wistia-token | wistia_pat_ | alnum{40,}
x-ai-token | xai-token- | token{40,}
yandex-key | AQVN | token{35,38} | random alone
yandex-key | t1. | token{1,100} '.' token{86,} | after text
yandex-key | YC | token{38} | random alone
zapier-webhook | hooks.zapier.com/hooks/catch/ | path{8,}
zoho-token | 1000. | hex{32} '.' hex{32} | after text
zuplo-key | zpka_ | alnum{32} '_' hex{8} | after word
`;
