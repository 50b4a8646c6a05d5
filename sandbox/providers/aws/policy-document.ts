// aws.iam.getPolicyDocument: statements as arguments, the document as JSON text.
import { isArray, isObject, type Values } from "../lib/values";

function list(value: unknown): string[] {
    return isArray(value) ? value.map(String) : [];
}

/** One value stands alone; several are sorted so that their order in the program does not matter. */
function few(value: unknown): string | string[] | undefined {
    const values = list(value);
    if (values.length < 2) return values[0];
    return [...values].sort().reverse();
}

function objects(value: unknown): Values[] {
    return isArray(value) ? value.filter(isObject) : [];
}

function principals(value: unknown): unknown {
    const given = objects(value);
    if (given.length === 0) return undefined;
    if (given.some(({ type }) => type === "*")) return "*";
    return Object.fromEntries(given.map(({ type, identifiers }) => [String(type), few(identifiers)]));
}

function conditions(value: unknown): unknown {
    const given = objects(value);
    if (given.length === 0) return undefined;
    const result: Record<string, Values> = {};
    for (const { test, variable, values } of given) {
        result[String(test)] = { ...result[String(test)], [String(variable)]: few(values) };
    }
    return result;
}

function statement(given: Values): Values {
    return {
        Sid: given.sid,
        Effect: given.effect ?? "Allow",
        Action: few(given.actions),
        NotAction: few(given.notActions),
        Resource: few(given.resources),
        NotResource: few(given.notResources),
        Principal: principals(given.principals),
        NotPrincipal: principals(given.notPrincipals),
        Condition: conditions(given.conditions),
    };
}

export function policyDocument(args: Values): Values {
    for (const key of ["sourcePolicyDocuments", "overridePolicyDocuments"]) {
        if (list(args[key]).length) throw new Error(`getPolicyDocument: ${key} is not supported in the sandbox`);
    }
    const document = {
        Version: args.version ?? "2012-10-17",
        Id: args.policyId,
        Statement: objects(args.statements).map(statement),
    };
    const minifiedJson = JSON.stringify(document);
    return { ...args, id: "policy", json: JSON.stringify(document, null, 2), minifiedJson };
}
