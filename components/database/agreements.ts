import { mirrored } from "../images/reference";
import type { Agreement } from "../lib/requirement";
import type { Resolved } from "../parts";
import { majorOf, namesRelease, ofMajor, ofRelease, releaseOf } from "./image";
import { names } from "./names";

const runbook = "read docs/runbooks/postgres-upgrade.md, then: pulumi config set postgresUpgradeFrom";

/** Another image than the last one may be more than an update: neither an upgrade nor another order of texts comes unasked. */
export function agreements(s: Resolved): Agreement[] {
    if (s.postgresMode === "external") return [];
    const image = {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "Cluster",
        name: names.cluster,
        // Of the data as it is, even while an upgrade is going on or has failed.
        paths: ["status.pgDataImageInfo.image", "spec.imageName"],
        // By whichever name it was pulled: an image is the same one behind a mirror.
        accepted: [s.postgresUpgradeFrom, mirrored(s.postgresUpgradeFrom, s.imageMirror)],
        fix: runbook,
    };
    const release = releaseOf(s.postgresImage);
    return [
        {
            ...image,
            where: ":",
            agrees: ofMajor(majorOf(s.postgresImage)),
            what: `postgresImage ${s.postgresImage} is of another major version of PostgreSQL than the database, which would be upgraded: it is down meanwhile, and cannot go back`,
        },
        ...(release
            ? [
                  {
                      ...image,
                      where: namesRelease,
                      agrees: ofRelease(release),
                      what: `postgresImage ${s.postgresImage} is of another release of Debian than the database, and may sort texts in another way: indexes of texts must be made anew`,
                  },
              ]
            : []),
    ];
}
