// The service account that pods have when they name none.
export const defaultAccount = "default";

const userName = "system:serviceaccount:";
const groupName = "system:serviceaccounts";

/** Whether a user of that name is the default service account of a namespace. */
export const isDefaultAccountUser = (name: string) => name.startsWith(userName) && name.endsWith(`:${defaultAccount}`);

/** Whether a group of that name has the default service account of one namespace, or of all, in it. */
export const hasDefaultAccount = (group: string) => group === groupName || group.startsWith(`${groupName}:`);
