// docs/doctor.md: every finding of `make doctor`, from the one list of them.
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface About {
    title: string;
    severity: "error" | "warning";
    why: string;
    fix: string;
}

const file = join(__dirname, "../../components/doctor/scripts/findings.json");

/** By the first digit of their codes. */
const families: Record<string, string> = {
    1: "The cluster",
    2: "What must be installed",
    3: "Volumes",
    4: "Rights",
    5: "Buckets",
    6: "Images",
    7: "The namespace",
    8: "The database",
    9: "Backups and drills",
};

/** Its heading is the code alone, which is then the anchor that each finding names. */
const section = ([code, { title, severity, why, fix }]: [string, About]) =>
    `### ${code}\n\n**${title}** (${severity}). ${why}\n\n${fix}\n`;

export function doctorPage(): string {
    const findings = Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, About>);
    const sections = Object.entries(families).map(([digit, title]) => {
        const own = findings.filter(([code]) => code.startsWith(`JD${digit}`));
        return `## ${title}\n\n${own.map(section).join("\n")}`;
    });
    return `# Doctor

Is the cluster ready for a stack, and does what runs there keep what the stack promises?

    make doctor STACK=prod                 # before the first \`pulumi up\`, and at any time after it
    make doctor STACK=prod ARGS=--json     # for machines

It reads \`Pulumi.prod.yaml\`, and asks the cluster by kubectl and AWS by its SDK, with your rights: those of \`kubernetes:context\` and \`aws:profile\`
where the stack names them. It needs Python 3, whose packages it installs into a folder of its own. **It changes nothing**, neither of the stack nor
of anything else. It reads the names and labels of Secrets, never their content.

A finding is an **error** where the next update would fail, or where data, or those who call the app, are in danger; a **warning** where something
works but a promise does not hold. What it may not see, or what cannot be told yet, is listed as unknown, which is no finding. Exit code: 0
with no finding, 1 with warnings, 2 with errors, 3 where it could not look at all. \`make\` itself ends with 2 for each of them: a script that wants
to tell them apart calls \`node_modules/.bin/tsx tools/doctor.ts prod --json\`.

Without a checkout, from inside of the cluster, once the stack is up:

    kubectl -n justdb-cloud create job --from=cronjob/justdb-doctor doctor-1
    kubectl -n justdb-cloud logs -f job/doctor-1
    kubectl -n justdb-cloud delete job doctor-1

The Job fails where there is a finding. Its ServiceAccount may read some objects of the namespace, and no Secret: what is of the whole cluster, and
all of AWS, it leaves to whoever runs updates. Before the first \`pulumi up\` there is no such Job, as it comes with the stack,
like what it holds the cluster against, which follows from the settings. Without a checkout there is then the preview alone, which stops at what is
not installed or not there (JD201, JD202, JD704, JD705).

Whether NetworkPolicies are enforced is tried by a connection that none of them allows: from the pod of the exporter of backups, or that of the Job,
to the app. So before the first update it is unknown, but for an EKS that is not told to enforce them. By a command in the exporter's pod \`make
doctor\` reads its metrics as well, and by one in that of the database how texts are sorted: both need the right to \`create pods/exec\`, and
leave nothing behind.

This page is made from the checks by \`make docs\`.

${sections.join("\n")}`;
}
