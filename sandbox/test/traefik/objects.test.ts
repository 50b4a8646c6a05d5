import assert from "node:assert/strict";
import { ports, traefikObjects } from "../../traefik/objects";

interface Deployment {
    kind: string;
    spec: { template: { spec: { containers: [{ args: string[] }] } } };
}

describe("the objects of Traefik", () => {
    const objects = traefikObjects(["one", "two"]) as Deployment[];
    const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);

    it("bind it to each role", () => {
        const bindings = ofKind("ClusterRoleBinding") as unknown as { roleRef: { name: string } }[];
        assert.deepEqual(
            bindings.map(({ roleRef }) => roleRef.name),
            ["one", "two"],
        );
    });

    it("have its pods listen at the ports that its Service leads to", () => {
        const [{ spec }] = ofKind("Service") as unknown as [
            { spec: { ports: { port: number; targetPort: number }[] } },
        ];
        const { args } = ofKind("Deployment")[0]!.spec.template.spec.containers[0];
        const expected = Object.values(ports).map(({ service, pod }) => [service, pod]);
        assert.deepEqual(
            spec.ports.map(({ port, targetPort }) => [port, targetPort]),
            expected,
        );
        for (const { targetPort } of spec.ports) assert.ok(args.some((arg) => arg.endsWith(`.address=:${targetPort}`)));
    });
});
