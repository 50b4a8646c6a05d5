// `make docs`: the files that come from the code. A test holds them fresh.
import * as fs from "node:fs";
import * as path from "node:path";
import { dashboardFile } from "../dashboard/dashboard";
import { lockName, ownLock } from "../images/lock";
import { alertsPage } from "./alerts";
import { architecturePage } from "./architecture";
import { configurationPage } from "./configuration";
import { doctorPage } from "./doctor";
import { policiesPage, rulePages, rulesPage } from "./policies";
import { projectFile } from "./project";

/** By their path. */
export const generated: Record<string, () => string> = {
    "components/sight/grafana.json": dashboardFile,
    "docs/alerts.md": alertsPage,
    "docs/architecture.md": architecturePage,
    "docs/configuration.md": configurationPage,
    "docs/doctor.md": doctorPage,
    "docs/policies.md": policiesPage,
    [lockName()]: ownLock,
    ...rulePages,
    "policy/RULES.md": rulesPage,
    "Pulumi.yaml": projectFile,
};

if (require.main === module) {
    for (const [name, content] of Object.entries(generated)) {
        fs.mkdirSync(path.dirname(path.join(__dirname, "../..", name)), { recursive: true });
        fs.writeFileSync(path.join(__dirname, "../..", name), content());
    }
}
