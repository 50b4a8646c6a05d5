// What a role's trust policy decides, as IAM does, of the little that such policies may say here. Whatever else one says fails the test.

interface Statement {
    Effect: string;
    Principal: Record<string, string>;
    Action: string | string[];
    Condition: Record<string, Record<string, string | string[]>>;
}

export interface Request {
    /** "Federated" and the ARN of the provider, or "Service" and the service. */
    principal: [kind: string, id: string];
    action: string;
    /** What the request is known to be about: claims of a token, or tags. */
    context: Record<string, string>;
}

const listed = (value: string | string[]) => [value].flat();

function admits(statement: Statement, { principal: [kind, id], action, context }: Request): boolean {
    const known = ["Sid", "Effect", "Principal", "Action", "Condition"];
    const unknown = Object.keys(statement).filter((key) => !known.includes(key));
    const { StringEquals = {}, ...others } = statement.Condition;
    if (statement.Effect !== "Allow" || unknown.length > 0 || Object.keys(others).length > 0) {
        throw new Error(`cannot be judged: ${JSON.stringify(statement)}`);
    }
    return (
        statement.Principal[kind] === id &&
        listed(statement.Action).includes(action) &&
        // All conditions must be met, each by one of its values, to the letter; what is not known meets none.
        Object.entries(StringEquals).every(([key, values]) => listed(values).includes(context[key] ?? "\0"))
    );
}

export function trusts(document: string, request: Request): boolean {
    return (JSON.parse(document) as { Statement: Statement[] }).Statement.some((one) => admits(one, request));
}
