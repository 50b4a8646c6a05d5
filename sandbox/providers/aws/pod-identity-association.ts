// aws.eks.PodIdentityAssociation: can be planned only. moto's EKS knows no associations, and here is no agent that would read one.
import type { Definition } from "../lib/typed";
import type { Clients } from "./clients";

const planOnly = () => {
    throw new Error("the sandbox has no EKS Pod Identity: such a stack can be planned, and not be brought up");
};

export const podIdentityAssociation: Definition<Clients> = {
    computed: ["associationArn", "associationId", "externalId", "tagsAll"],
    replaceOn: ["clusterName", "namespace", "serviceAccount"],
    validate: ({ roleArn }) =>
        /^arn:[^:]+:iam::\d+:role\/[^/]+$/.test(String(roleArn))
            ? []
            : [{ property: "roleArn", reason: `"${String(roleArn)}": a role without a path is allowed` }],
    create: planOnly,
    read: () => undefined,
    delete: planOnly,
};
