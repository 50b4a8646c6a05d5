import { subjectBreaks } from "../roles";

const rule = "rbac-default-service-account-binding";

export const breaks = [
    ...subjectBreaks({ rule, title: "the default service account", value: "default" }),
    ...subjectBreaks({ rule, title: "all service accounts", value: "system:serviceaccounts" }, "Group"),
    ...subjectBreaks({ rule, title: "the accounts of a namespace", value: "system:serviceaccounts:team" }, "Group"),
    ...subjectBreaks({ rule, title: "the account as a user", value: "system:serviceaccount:team:default" }, "User"),
];
