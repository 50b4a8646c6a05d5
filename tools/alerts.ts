// `make alerts`: the alert rules of a stack as a rule file of Prometheus, for those who have no Prometheus operator.
import { dump } from "js-yaml";
import { alertGroups } from "../components/sight/alerts/groups";
import { runMain } from "./lib/main";
import { settingsOf } from "./lib/stack-settings";

runMain(async () => {
    process.stdout.write(dump({ groups: alertGroups(settingsOf(process.argv[2]!)) }, { lineWidth: -1, noRefs: true }));
});
