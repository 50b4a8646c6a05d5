// By what pods call AWS. Pure.
import type { Resolved } from "../parts";

type Way = Pick<Resolved, "awsCredentials" | "storageExistingSecret">;

/** Whether they have access keys of this stack. */
export const usesKeys = (s: Way) => s.awsCredentials === "accessKey" && !usesExisting(s);

/** Whether all of them have the one key that exists already. */
export const usesExisting = ({ storageExistingSecret }: Way) => storageExistingSecret !== "";

/** Ways by roles. */
export type RoleWay = Exclude<Resolved["awsCredentials"], "accessKey">;

/** Whether they have roles. */
export const usesRoles = <S extends Way>(s: S): s is S & { awsCredentials: RoleWay } =>
    s.awsCredentials === "irsa" || s.awsCredentials === "podIdentity";
