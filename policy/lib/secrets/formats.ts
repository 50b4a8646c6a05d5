// Keys and tokens that their first characters give away: what it is, how it begins, how it goes on. Most patterns are after those of
// gitleaks, config/gitleaks.toml of 2025-11-20 (commit b58d3f102cf3, MIT License, see NOTICE).

type Format = [what: string, starts: string, rest: string];

const list: Format[] = [
    ["a 1Password token", "ops_eyJ", "[A-Za-z0-9+/]{200,}"],
    ["a 1Password key", "A3-", "[A-Z0-9]{6}-[A-Z0-9]{5,6}-?[A-Z0-9]{5,6}(?:-[A-Z0-9]{5}){3}"],
    ["an Adobe secret", "p8e-", "[A-Za-z0-9]{32}"],
    ["an age key", "AGE-SECRET-KEY-1", "[0-9A-Z]{58}"],
    ["an Anthropic key", "sk-ant-", "[\\w-]{40,}"],
    ["an Artifactory key", "AKCp", "[A-Za-z0-9]{69}"],
    ["an Artifactory token", "cmVmd", "[A-Za-z0-9]{59}"],
    ["an Amazon Bedrock key", "ABSK", "[A-Za-z0-9+/]{109,}"],
    ["a Clojars token", "CLOJARS_", "[A-Za-z0-9]{60}"],
    ["a Cloudflare key", "v1.0-", "[a-f0-9]{24}-[a-f0-9]{146}"],
    ["a Databricks token", "dapi", "[a-f0-9]{32}"],
    ["a DigitalOcean token", "doo_v1_ dop_v1_ dor_v1_", "[a-f0-9]{64}"],
    ["a Docker token", "dckr_pat_ dckr_oat_", "[\\w-]{27,}"],
    ["a Doppler token", "dp.pt. dp.st. dp.ct. dp.sa.", "[A-Za-z0-9._-]{40,}"],
    ["a Duffel token", "duffel_test_ duffel_live_", "[\\w=-]{43}"],
    ["a Dynatrace token", "dt0c01.", "[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}"],
    ["an EasyPost key", "EZAK EZTK", "[A-Za-z0-9]{54}"],
    ["a Flutterwave key", "FLWSECK-", "[a-h0-9]{32}-X"],
    ["a Fly.io token", "fo1_", "[\\w-]{43}"],
    ["a Fly.io token", "fm1a_ fm1r_ fm2_", "[A-Za-z0-9+/]{100,}"],
    ["a Frame.io token", "fio-u-", "[\\w=-]{64}"],
    ["a GitHub token", "ghp_ gho_ ghu_ ghs_ ghr_", "[A-Za-z0-9]{36,}"],
    ["a GitHub token", "github_pat_", "\\w{60,}"],
    ["a GitLab token", "glpat- gldt- glrt- glft- glffct- glptt- glcbt- glsoat- glimt- glagent- gloas-", "[\\w-]{20,}"],
    ["a GitLab token", "GR1348941", "[\\w-]{20}"],
    ["a Google key", "AIza", "[\\w-]{35}(?![\\w-])"],
    ["a Google key", "GOCSPX-", "[\\w-]{28}"],
    ["a Google token", "ya29.", "[\\w-]{20,}"],
    ["a Grafana token", "glc_", "[A-Za-z0-9+/]{32,}"],
    ["a Grafana token", "glsa_", "[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}"],
    ["a Heroku key", "HRKU-AA", "[\\w-]{58}"],
    ["a Hugging Face token", "hf_ api_org_", "[A-Za-z]{34}"],
    ["an Infracost key", "ico-", "[A-Za-z0-9]{32}"],
    ["a Linear key", "lin_api_", "[A-Za-z0-9]{40}"],
    ["a New Relic key", "NRAK-", "[A-Za-z0-9]{27}"],
    ["a Notion token", "ntn_", "\\d{11}[A-Za-z0-9]{35}"],
    ["an npm token", "npm_", "[A-Za-z0-9]{36}"],
    ["an Octopus Deploy key", "API-", "[A-Z0-9]{26}"],
    ["an OpenShift token", "sha256~", "[\\w-]{43}"],
    ["a Perplexity key", "pplx-", "[A-Za-z0-9]{48}"],
    ["a PlanetScale token", "pscale_tkn_ pscale_oauth_ pscale_pw_", "[\\w=.-]{32,64}"],
    ["a Postman key", "PMAK-", "[a-f0-9]{24}-[a-f0-9]{34}"],
    ["a Prefect token", "pnu_", "[A-Za-z0-9]{36}"],
    ["a Pulumi token", "pul-", "[a-f0-9]{40}"],
    ["a PyPI token", "pypi-AgE", "[\\w-]{50,}"],
    ["a ReadMe token", "rdme_", "[a-z0-9]{70}"],
    ["a RubyGems key", "rubygems_", "[a-f0-9]{48}"],
    ["a Scalingo token", "tk-us-", "[\\w-]{48}"],
    ["a SendGrid key", "SG.", "[\\w-]{22}\\.[\\w-]{43}"],
    ["a Brevo key", "xkeysib-", "[a-f0-9]{64}-[A-Za-z0-9]{16}"],
    ["a Sentry token", "sntrys_eyJpYXQiO", "[A-Za-z0-9+/=_]{40,}"],
    ["a Sentry token", "sntryu_", "[a-f0-9]{64}"],
    ["a SettleMint token", "sm_aat_ sm_pat_ sm_sat_", "[A-Za-z0-9]{16}"],
    ["a Shippo token", "shippo_live_ shippo_test_", "[A-Fa-f0-9]{40}"],
    ["a Shopify token", "shpat_ shpca_ shppa_ shpss_", "[A-Fa-f0-9]{32}"],
    ["a Slack token", "xoxb-", "[A-Za-z0-9-]{20,}"],
    ["a Slack token", "xoxp- xoxe-", "\\d[\\w-]{20,}"],
    ["a Slack token", "xoxo- xoxs-", "\\d+-\\d+-\\d+-[A-Fa-f0-9]+"],
    ["a Slack token", "xoxa- xoxr-", "(?:\\d-)?[A-Za-z0-9]{8,48}"],
    ["a Slack token", "xapp-", "\\d-[A-Za-z0-9]+-\\d+-[A-Za-z0-9]+"],
    ["a Slack webhook", "hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/", "[\\w/]{20,}"],
    ["a Sourcegraph token", "sgp_", "(?:[A-Fa-f0-9]{16}_|local_)?[A-Fa-f0-9]{40}"],
    ["a Square token", "sq0atp- sq0csp-", "[\\w-]{22,60}"],
    ["a storage account key", "AccountKey=", "[A-Za-z0-9+/]{86}=="],
    ["a Stripe key", "sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_", "[A-Za-z0-9]{16,}"],
    ["a Stripe key", "whsec_", "[A-Za-z0-9+/]{24,}"],
    ["a Twilio key", "SK", "[0-9a-f]{32}"],
    ["a Vault token", "hvs. hvb. hvr.", "[\\w-]{24,}"],
]; // prettier-ignore

const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\/]/g, "\\$&");
const startsOf = ([, starts]: Format) => starts.split(" ").map(escaped).join("|");

/** What each format is, and its pattern. */
export const formats = list.map((format): [what: string, pattern: RegExp] => [
    format[0],
    new RegExp(`(?<![A-Za-z0-9])(?:${startsOf(format)})${format[2]}(?![A-Za-z0-9])`, "g"),
]);

/** Whether a text has the beginning of one of them at all: most have none. */
export const hasStart = (text: string): boolean => starts.test(text);
const starts = new RegExp(`(?<![A-Za-z0-9])(?:${list.map(startsOf).join("|")})`);
