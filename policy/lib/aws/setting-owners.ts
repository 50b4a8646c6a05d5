// What has settings that resources of their own hold: of which kinds it is, and which one a name means, by what is known of its names or
// by where the name comes from.
import type { Field } from "../field";
import { derivedOnce, type StackResource } from "../resource";
import type { Stack } from "../stack";
import { accountOf, regionOf } from "./account";

interface Owner {
    /** The resources that it is; none for an account and its region. */
    type?: RegExp;
    /** The properties by which others may call it. */
    names: string[];
    /** Where no other has its name; in its account by default. */
    uniqueIn?: "world" | "region";
}

const ownersOf = <Kind extends string>(owners: Record<Kind, Owner>) => owners;

/** What a setting is of. */
export const owners = ownersOf({
    account: { names: [] },
    region: { names: [], uniqueIn: "region" },
    // Whatever else is found by its name alone.
    named: { type: /(?!)/, names: [], uniqueIn: "region" },
    bucket: {
        type: /^(?:aws:s3\/bucket(?:V2)?:|aws-native:s3:Bucket$)/,
        names: ["id", "bucket", "bucketName", "arn"],
        uniqueIn: "world",
    },
    accessPoint: { type: /^aws:s3\/accessPoint:/, names: ["id", "arn"] },
    tableBucket: { type: /^(?:aws:s3tables\/tableBucket:|aws-native:s3tables:TableBucket$)/, names: ["arn"] },
    role: { type: /^(?:aws:iam\/role:|aws-native:iam:Role$)/, names: ["id", "name", "roleName"] },
    user: { type: /^(?:aws:iam\/user:|aws-native:iam:User$)/, names: ["id", "name", "userName"] },
    group: { type: /^(?:aws:iam\/group:|aws-native:iam:Group$)/, names: ["id", "name", "groupName"] },
    policy: { type: /^(?:aws:iam\/policy:|aws-native:iam:ManagedPolicy$)/, names: ["id", "arn", "policyArn"] },
    key: { type: /^(?:aws:kms\/key:|aws-native:kms:Key$)/, names: ["id", "keyId", "arn"], uniqueIn: "region" },
    queue: { type: /^(?:aws:sqs\/queue:|aws-native:sqs:Queue$)/, names: ["id", "url", "queueUrl"] },
    topic: { type: /^(?:aws:sns\/topic:|aws-native:sns:Topic$)/, names: ["id", "arn", "topicArn"] },
    repository: { type: /^aws:ecr\/repository:/, names: ["id", "name"], uniqueIn: "region" },
    secret: { type: /^(?:aws:secretsmanager\/secret:|aws-native:secretsmanager:Secret$)/, names: ["id", "arn"] },
    securityGroup: { type: /^aws:ec2\/securityGroup:/, names: ["id"] },
    routeTable: { type: /^aws:ec2\/routeTable:/, names: ["id"] },
});

export type OwnerKind = keyof typeof owners;

/** A name as no other owner of the kind has it. A bucket may be called by its ARN as well. */
function scoped(stack: Stack, kind: OwnerKind, resource: StackResource, name: string): string {
    const { uniqueIn } = owners[kind];
    if (uniqueIn === "world") return name.replace(/^arn:[^:]*:s3:::/, "");
    const region = uniqueIn === "region" ? regionOf(stack, resource) : "";
    return [accountOf(stack, resource), region, name].join(" ");
}

/** One name, or those of a list. */
const namesIn = (field: Field) => (Array.isArray(field.value) ? field.items : [field]);

export class SettingOwners {
    private readonly byName = new Map<string, string>();
    private readonly urns: Set<string>;
    /** The owners among the resources of the stack. */
    readonly resources: StackResource[];

    constructor(
        private readonly stack: Stack,
        private readonly kind: OwnerKind,
    ) {
        const { type, names } = owners[kind];
        this.resources = type ? stack.ofType(type) : [];
        this.urns = new Set(this.resources.map(({ urn }) => urn));
        for (const resource of this.resources) {
            for (const field of names.map((key) => resource.fields.at(key))) {
                if (!field.unknown && field.text) this.byName.set(this.scoped(resource, field.text), resource.urn);
            }
        }
    }

    private scoped(resource: StackResource, name: string): string {
        return scoped(this.stack, this.kind, resource, name);
    }

    /** Those that a property names: the URN, or the name when it is of another stack; none when it cannot be told. */
    of(resource: StackResource, property: string): string[] {
        const field = resource.fields.at(property);
        if (!owners[this.kind].type) return [this.scoped(resource, field.unknown ? "" : (field.text ?? ""))];
        if (!field.unknown) {
            const known = new Set(namesIn(field).flatMap((one) => (!one.unknown && one.text ? [one.text] : [])));
            const names = [...known].map((text) => this.scoped(resource, text));
            return names.map((name) => this.byName.get(name) ?? name);
        }
        // What a component gives out may be of any of its resources.
        const sources = (resource.propertyDependencies[property] ?? []).filter((urn) => this.urns.has(urn));
        return sources.length === 1 ? sources : [];
    }
}

/** The owners of each kind, found once for all that is set. */
export const settingOwners = derivedOnce((stack: Stack) => {
    const kinds = Object.keys(owners) as OwnerKind[];
    return Object.fromEntries(kinds.map((kind) => [kind, new SettingOwners(stack, kind)])) as Record<
        OwnerKind,
        SettingOwners
    >;
});
