// `make alerts`: the alert rules of a stack as a rule file of Prometheus, for those who have no Prometheus operator.
import { dump } from "js-yaml";
import { alertGroups } from "../components/sight/alerts/groups";
import { fail } from "./lib/main";
import { settingsOf } from "./lib/stack-settings";

try {
    const groups = alertGroups(settingsOf(process.argv[2] ?? ""));
    process.stdout.write(dump({ groups }, { lineWidth: -1, noRefs: true }));
} catch (error) {
    fail(error as Error);
}
