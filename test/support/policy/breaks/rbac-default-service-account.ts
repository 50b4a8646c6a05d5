import { podBreaks, podKinds } from "../pods";

const common = {
    rule: "rbac-default-service-account",
    title: "the default service account",
    at: ["serviceAccountName"],
    value: "default",
};

export const breaks = [
    ...podBreaks({
        ...common,
        absent: "wrong",
        kinds: Object.keys(podKinds).filter((kind) => kind !== "custom resource"),
    }),
    ...podBreaks({ ...common, absent: "fine", kinds: ["custom resource"] }),
];
