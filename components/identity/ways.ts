// By what pods call AWS. Pure.
import type { Resolved } from "../parts";

type Way = Pick<Resolved, "awsCredentials">;

/** Whether they have access keys of this stack. */
export const usesKeys = ({ awsCredentials }: Way) => awsCredentials === "accessKey";

/** Ways by roles. */
export type RoleWay = Exclude<Resolved["awsCredentials"], "accessKey">;

/** Whether they have roles. */
export const usesRoles = <S extends Way>(s: S): s is S & { awsCredentials: RoleWay } =>
    s.awsCredentials === "irsa" || s.awsCredentials === "podIdentity";
