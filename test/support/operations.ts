// What the tests of backups, restores and drills read of a plan.
import type { Plan } from "./mocks";

/** Where the pod of a CronJob is specified. */
export const pod = "spec.jobTemplate.spec.template.spec";
export const bucket = (kind: string) => `arn:aws:s3:::justdb-${kind}-0123456`;

interface Variable {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: unknown };
}

/** The variables of a pod's container, by name: a value, or where in which Secret it is. */
export const environmentOf = (made: Plan, name: string, of = pod) =>
    Object.fromEntries(
        (made.at(name, `${of}.containers.0.env`) as Variable[]).map((variable) => [
            variable.name,
            variable.value ?? variable.valueFrom?.secretKeyRef,
        ]),
    );

/** What an IAM policy allows: action and resource. */
export const rightsOf = (made: Plan, name: string) =>
    (
        JSON.parse(made.at(name, "policy") as string) as { Statement: { Action: string[]; Resource: string[] }[] }
    ).Statement.flatMap(({ Action, Resource }) =>
        Action.flatMap((action) => Resource.map((resource) => `${action} ${resource}`)),
    ).sort();
