// Issuers of OpenID Connect tokens, as data: which of a token's claims name its owner, and how their text is built. What is not here,
// such as GitHub's environment, workflow, ref or actor, or an audience that a job chooses, says nothing of who holds the token.
// Sources: each issuer's own guide to AWS, and AWS's identity-provider controls for shared providers (as of 2026-08).

export interface Issuer {
    /** Of the issuer's address without https://. */
    address: RegExp;
    /** By the claim, or by a key of STS: what the text must begin with, or be. Before the owner's end there is no wildcard. */
    owner: Record<string, RegExp>;
    /** A value that names somebody, for the message. */
    example: string;
}

const id = /^\d+$/;
const whole = /^[^*?]+$/;
/** `organization:acme:...` */
const after = (prefix: string) => new RegExp(`^${prefix}:[^*?:]+(?::|$)`);
/** `repo:acme/app:...` */
const pathAfter = (prefix: string) => new RegExp(`^${prefix}:[^*?:/]+/`);
const path = /^[^*?:/]+\//;

/** The first text, or that behind a label such as `team` of `repo:team/app:*`, has no wildcard. */
const label = /^(?:[^*?]+$|(?![a-z_-]+:\/{0,2}[^:/]*[*?])[^*?:/]+[:/])/i;

const github: Issuer = {
    address: /^(?:vs)?token\.actions\.githubusercontent\.com(?:\/|$)/,
    owner: {
        // The claims that a subject is made of begin with those that one's own organisation or repository has chosen.
        sub: new RegExp(
            [
                pathAfter("(?:repo|repository|job_workflow_ref)").source,
                after("(?:repository_owner|repository_owner_id|repository_id|enterprise|enterprise_id)").source,
            ].join("|"),
        ),
        repository: path,
        repository_id: id,
        repository_owner: whole,
        repository_owner_id: id,
        job_workflow_ref: path,
        enterprise: whole,
        enterprise_id: id,
    },
    example: "sub repo:team/app:*",
};

/** Of clusters: whoever may make a pod there has a token, for any audience. */
const kubernetes: Issuer = {
    address:
        /^(?:oidc\.eks\.|oidc-eks\.|oidc\.op1\.openshiftapps\.com\/|rh-oidc[\w-]*\.s3\.|container\.googleapis\.com\/v1\/projects\/|[\w-]+\.oic\.prod-aks\.azure\.com\/)/,
    owner: { sub: /^system:serviceaccount:[^*?:]+:./ },
    example: "sub system:serviceaccount:namespace:name",
};

export const issuers: Issuer[] = [
    github,
    kubernetes,
    {
        address: /^gitlab\.com$/,
        owner: {
            sub: pathAfter("project_path"),
            project_path: path,
            project_id: id,
            namespace_path: /^[^*?/]+(?:\/|$)/,
            namespace_id: id,
        },
        example: "sub project_path:team/app:*",
    },
    {
        address: /^api\.bitbucket\.org\/2\.0\/workspaces\//,
        owner: { aud: whole, sub: /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i },
        example: "aud ari:cloud:bitbucket::workspace/id",
    },
    {
        // The address names the account: CircleCI, Harness, Fly, Spacelift, Semaphore.
        address:
            /^(?:oidc\.circleci\.com\/org\/|app\.harness\.io\/ng\/api\/oidc\/account\/|oidc\.fly\.io\/)[^*?]+$|^[\w-]+\.(?:app\.(?:us\.)?spacelift\.io|semaphoreci\.com)$/,
        owner: { aud: whole, sub: label, "oidc.circleci.com/project-id": whole },
        example: "sub or aud",
    },
    {
        address: /^app(?:\.eu)?\.terraform\.io$/,
        owner: {
            sub: after("organization"),
            terraform_organization_id: whole,
            terraform_organization_name: whole,
        },
        example: "sub organization:team:project:*",
    },
    {
        address: /^api\.pulumi\.com\/oidc$/,
        owner: { aud: /^(?:aws:)?[\w-]+$/, sub: after("pulumi:[a-z-]+:(?:org|pulumi\\.organization\\.login)") },
        example: "aud aws:team",
    },
    {
        address: /^agent\.buildkite\.com$/,
        owner: { sub: after("organization"), organization_slug: whole, organization_id: whole },
        example: "sub organization:team:pipeline:*",
    },
    {
        address: /^vstoken\.dev\.azure\.com(?:\/|$)/,
        owner: { sub: /^sc:\/\/[^*?/]+\// },
        example: "sub sc://team/project/connection",
    },
    {
        address: /^oidc\.vercel\.com(?:\/|$)/,
        owner: { sub: after("owner"), aud: /^https:\/\/vercel\.com\/[^*?/]+$/ },
        example: "sub owner:team:project:*",
    },
    {
        address: /^identity\.depot\.dev$/,
        owner: { sub: /^spiffe:\/\/identity\.depot\.dev\/org\/[^*?/]+\// },
        example: "sub spiffe://identity.depot.dev/org/id/*",
    },
    { address: /^federation\.namespaceapis\.com$/, owner: { sub: path }, example: "sub workspace/*" },
    {
        address: /^app\.devin\.ai$/,
        owner: { sub: after("org_id") },
        example: "sub org_id:id",
    },
    {
        // The address of a repository at any host of Git.
        address: /^api\.gitpod\.io\/idp$/,
        owner: { sub: /^https:\/\/[^*?/]+\/[^*?/]+\// },
        example: "sub https://github.com/team/app",
    },
    {
        // One issuer, and one audience, for all customers: env0, Chainguard.
        address: /^(?:login\.app\.env0\.com|issuer\.enforce\.dev)\/?$/,
        owner: { sub: label },
        example: "sub with the organisation's id",
    },
    { address: /^oidc\.codefresh\.io$/, owner: { sub: after("account") }, example: "sub account:id:pipeline:*" },
    { address: /^scalr\.io$/, owner: { sub: after("account") }, example: "sub account:team:environment:*" },
    { address: /^proidc\.upbound\.io$/, owner: { sub: pathAfter("mcp") }, example: "sub mcp:team/plane:*" },
    {
        address: /^oidc\.cirrus-ci\.com$/,
        owner: { sub: pathAfter("repo:[a-z]+") },
        example: "sub repo:github:team/app",
    },
    {
        address: /^oidc\.modal\.com$/,
        owner: { sub: after("modal:workspace_id") },
        example: "sub modal:workspace_id:id:*",
    },
    {
        address: /^studio\.datachain\.ai\/api$/,
        owner: { sub: pathAfter("credentials") },
        example: "sub credentials:team/app",
    },
    {
        address: /^oidc-configuration\.audit-log\.githubusercontent\.com$/,
        owner: { sub: /^https:\/\/github\.com\/[^*?/]+$/ },
        example: "sub https://github.com/team",
    },
    {
        // Microsoft Sentinel: one tenant for all of its customers.
        address: /^sts\.windows\.net\/33e01921-4d64-4f8c-a055-5bdaffd5e33d\/?$/,
        owner: { "sts:rolesessionname": /^MicrosoftSentinel_[^*?]+$/ },
        example: "sts:RoleSessionName MicrosoftSentinel_workspace",
    },
    {
        // `oaud` is what a service account of anyone may ask for.
        address: /^accounts\.google\.com$/,
        owner: { aud: whole, azp: whole, sub: whole, "google/organization_number": id },
        example: "aud or sub with the client's or the account's id",
    },
    {
        // `amr` says only whether somebody has logged in.
        address: /^cognito-identity(?:-us-gov)?\.amazonaws\.com(?:\.cn)?$/,
        owner: { aud: whole, sub: whole },
        example: "aud with the identity pool's id",
    },
];

/** Of one's own, or of one account of a service: its tokens are for one's own people, so the audience of an app ties them. */
const ownIssuer: Omit<Issuer, "address"> = {
    owner: {
        // What every token for AWS has says nothing of its owner; the id of an app does.
        aud: /^(?!(?:(?:sts\.)?amazonaws\.com|aws\.workload\.identity|api:\/\/AzureADTokenExchange)$)[^*?]+$/i,
        azp: whole,
        app_id: whole,
        client_id: whole,
        id: whole,
        user_id: whole,
        sub: label,
        rpst_id: whole,
    },
    example: "sub or aud",
};

export const issuerAt = (address: string): Omit<Issuer, "address"> =>
    issuers.find((issuer) => issuer.address.test(address)) ?? ownIssuer;

/** A subject of a cluster has this form, whoever the issuer is. */
export const isSubject = (value: string) => !value.startsWith("system:") || kubernetes.owner.sub!.test(value);
