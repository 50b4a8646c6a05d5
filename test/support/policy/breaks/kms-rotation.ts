import type { Break } from "../break";

const fixed = (type: string): Break => ({
    rule: "kms-rotation",
    title: `no rotation (${type})`,
    fixture: () => ({ type, props: { description: "data", enableKeyRotation: true } }),
    at: ["enableKeyRotation"],
    value: false,
    field: "enableKeyRotation",
    absent: "wrong",
});

export const breaks = ["aws:kms/key:Key", "aws-native:kms:Key"].map(fixed);
