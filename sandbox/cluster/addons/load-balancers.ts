// The definition by which a cluster shows that it has AWS Load Balancer Controller, so that stacks which need it can be planned here.

const names = { kind: "TargetGroupBinding", plural: "targetgroupbindings", singular: "targetgroupbinding" };
const group = "elbv2.k8s.aws";

export const loadBalancerObjects: object[] = [
    {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: `${names.plural}.${group}` },
        spec: {
            group,
            names,
            scope: "Namespaced",
            versions: [
                {
                    name: "v1beta1",
                    served: true,
                    storage: true,
                    schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
                },
            ],
        },
    },
];
