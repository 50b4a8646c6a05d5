import { subjectBreaks } from "../roles";

const rule = "rbac-everyone";

export const breaks = [
    ...subjectBreaks({ rule, title: "anonymous", value: "system:anonymous" }, "User"),
    ...subjectBreaks({ rule, title: "the unauthenticated", value: "system:unauthenticated" }, "Group"),
    ...subjectBreaks({ rule, title: "the authenticated", value: "system:authenticated" }, "Group"),
];
