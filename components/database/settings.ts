import * as a from "../config/setting";
import { chartSource } from "../lib/chart";
import { type DatabaseArgs, PostgresMode, PostgresSslMode } from "./args";

const identifier =
    /^(?!pg_|cnpg_|(?:postgres|streaming_replica|template[01]|justdb_(?:backup|restore)(?:_[ab])?|justdb_login_[ab])$)[a-z_][a-z0-9_]{0,62}$/;
/** No role can have these, whatever they are quoted by. */
const role = { test: (name: string) => identifier.test(name) && !["public", "none"].includes(name) };

const postgresName = (pattern: Pick<RegExp, "test">) =>
    a.text("a name of lower-case letters, digits and underscores, not one of PostgreSQL's own", pattern, {
        default: "justdb",
        example: "justdb",
    });

/** The official chart of the operator. */
export const operatorChart = "oci://ghcr.io/cloudnative-pg/charts/cloudnative-pg:0.29.0";

/** The operator's image that this version was tried with. */
export const operatorImage = "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0";

export const schema: a.Schema<DatabaseArgs> = {
    postgresMode: a.choice(PostgresMode, { default: "managed", example: "external" }),
    postgresInstances: a.integer(1, 9, { default: (s) => (s.environment === "prod" ? 3 : 1), example: 3 }),
    postgresImage: a.versionedImage({
        default: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
        example: "ghcr.io/cloudnative-pg/postgresql:18.4-system-trixie",
    }),
    postgresUpgradeFrom: a.versionedImageName({
        default: "",
        example: "ghcr.io/cloudnative-pg/postgresql:17.6-system-trixie",
    }),
    postgresStorageSize: a.size("512Mi", { default: "20Gi", example: "20Gi" }),
    postgresStorageClass: a.dnsName({ default: "", example: "gp3" }),
    postgresCpuRequest: a.cpu({ default: "500m", example: "500m" }),
    postgresCpuLimit: a.cpu({ default: "2", example: "2" }),
    postgresMemory: a.size("256Mi", { default: "2Gi", example: "2Gi" }),
    postgresSharedBuffers: a.postgresSize({ default: "", example: "512MB" }),
    postgresDatabase: postgresName(identifier),
    postgresUser: postgresName(role),
    postgresPassword: a.password,
    postgresPasswordGeneration: a.generation(),
    postgresExistingSecret: a.dnsName({ default: "", example: "justdb-database", input: true }),
    postgresExistingSecretKey: a.secretKey("password"),
    postgresOperatorNamespace: a.dnsLabel({ default: "cnpg-system", example: "cnpg-system" }),
    postgresInstallOperator: a.flag({ default: false, example: true }),
    postgresOperatorChart: a.text(
        "a chart of one version: oci://HOST/PATH:VERSION, https://HOST/PATH/NAME-VERSION.tgz, or a path that starts with ./ or /",
        chartSource,
        {
            default: operatorChart,
            example: "oci://registry.example.com/charts/cloudnative-pg:0.29.0",
        },
    ),
    postgresOperatorImage: a.versionedImage({
        default: operatorImage,
        example: "registry.example.com/cloudnative-pg:1.30.0",
    }),
    postgresHost: a.host({ default: "", example: "postgres.example.com", input: true }),
    postgresPort: a.integer(1, 65_535, { default: 5432, example: 5432 }),
    postgresCaCertificates: a.certificates,
    postgresSslMode: a.choice(PostgresSslMode, { default: "require", example: "require" }),
    postgresCidrs: a.cidrs({ default: [], example: ["10.20.0.0/24"] }),
};
