// Rules of Prometheus as a test has them: what they ask for, and as quick as a test wants them.
import type { Rule, RuleGroup } from "../../components/sight/alerts/groups";

/** Seconds between two evaluations of quick rules. */
export const quickInterval = 5;
const quickRange = "30s";

/** The same rules over half a minute, in the place of minutes, hours or days. */
export const quick = (groups: RuleGroup[]): RuleGroup[] =>
    groups.map((group) => ({ ...group, interval: `${quickInterval}s`, rules: group.rules.map(quickRule) }));

const quickRule = <R extends Rule>(rule: R): R => ({
    ...rule,
    expr: rule.expr.replace(/\[\d+[smhd]\]/g, `[${quickRange}]`),
    ...("for" in rule ? { for: `${quickInterval}s` } : {}),
});

const text = /"(?:[^"\\]|\\.)*"/.source;
const token = new RegExp(`${text}|\\{(?:[^"}]|${text})*\\}|\\[[^\\]]*\\]|[a-zA-Z_:][\\w:]*|[\\d.]+\\w*|\\S`, "g");

const operators = ["and", "or", "unless", "bool", "offset"];
/** What stands in brackets after these are names of labels. */
const ofLabels = ["by", "without", "on", "ignoring", "group_left", "group_right"];

/** The series that an expression asks for. */
export function selectors(expr: string): string[] {
    const tokens = expr.match(token) ?? [];
    const found: string[] = [];
    for (let i = 0; i < tokens.length; i++) {
        const [name, next] = [tokens[i]!, tokens[i + 1] ?? ""];
        if (ofLabels.includes(name)) {
            if (next === "(") i = tokens.indexOf(")", i);
        } else if (name.startsWith("{")) {
            found.push(name);
        } else if (/^[a-zA-Z_:]/.test(name) && !operators.includes(name) && !isCall(next)) {
            found.push(next.startsWith("{") ? `${name}${tokens[++i]}` : name);
        }
    }
    return [...new Set(found)];
}

/** What a function's name is followed by, and that of an aggregation: `sum by (pod) (...)`. */
const isCall = (next: string) => ["(", "by", "without"].includes(next);
