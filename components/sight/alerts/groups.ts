// The alerts of a stack, and what they count by, from one source: the PrometheusRule, `make alerts` and docs/alerts.md. Pure.
import type { Resolved } from "../../parts";
import { app } from "./app";
import { archive } from "./archive";
import { backups } from "./backups";
import { certificate } from "./certificate";
import { credentials } from "./credentials";
import { database } from "./database";
import { redis } from "./redis";
import { alertRule, type RuleGroup, type Topic } from "./rule";
import { slo } from "./slo";

export type { Rule, RuleGroup } from "./rule";

/** In the order of the documentation. */
export const topics: Topic[] = [slo, app, database, archive, redis, backups, certificate, credentials];

/** Only what the settings make possible, and only of this stack. */
export const alertGroups = (settings: Resolved): RuleGroup[] =>
    topics.map((topic) => groupOf(topic, settings)).filter(({ rules }) => rules.length > 0);

const groupOf = ({ name, interval, records, alerts }: Topic, settings: Resolved): RuleGroup => ({
    name: `justdb-${name}`,
    ...(interval === undefined ? {} : { interval }),
    rules: [...(records?.(settings) ?? []), ...alerts(settings).map((alert) => alertRule(settings, alert))],
});
