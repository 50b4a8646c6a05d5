// Values of conditions and of resources that keep a dangerous right of IAM harmless, as data.
import { escalatingPolicies } from "./managed-policies";
import { anyName, canBe, withoutVariables } from "./permissions";
import { fits } from "./wildcard";

/**
 * Services that do one thing of their own with a role: they write records and messages, or scale. With any other a role can be made to
 * run code, or calls of AWS, that the caller chooses; by the Service Authorization Reference and the guides of AWS (as of 2026-08).
 */
const harmlessServices = new Set([
    "application-autoscaling",
    "autoscaling",
    "cloudtrail",
    "cognito-idp",
    "config",
    "delivery.logs",
    "directoryservice.rds",
    "logs",
    "malware-protection-plan.guardduty",
    "malware-protection.guardduty",
    "monitoring.rds",
    "sns",
    "vpc-flow-logs",
]);

/** Without the region that some services have in their names, and the domain of AWS, which differs in China. */
const ending = /(?:\.(?:[a-z]{2}(?:-[a-z]+)+-\d|\*))?\.amazonaws\.com(?:\.cn|\*)?$/;

export const isHarmlessService = (service: string) => harmlessServices.has(service.toLowerCase().replace(ending, ""));

/** Whether an ARN of policies, which may be a pattern, leaves out those that give more rights, and does not leave all of them open. */
export function isLimitedPolicy(arn: string): boolean {
    const pattern = withoutVariables(arn).replace(/^arn:aws-[a-z-]+:/, "arn:aws:");
    const account = pattern.split(":")[4] ?? "";
    const any = [account, "123456789012"].map((owner) => `arn:aws:iam::${owner}:policy/${anyName}`);
    return ![...any, ...escalatingPolicies.map((name) => `arn:aws:iam::aws:policy/${name}`)].some((one) =>
        fits(pattern, one),
    );
}

/** Documents of AWS that run what the caller wants, or lead to the credentials of the machine; by the AWS Systems Manager User Guide (as of 2026-08). */
const freeDocuments = [
    "AWS-ApplyAnsiblePlaybooks",
    "AWS-ApplyChefRecipes",
    "AWS-ApplyDSCMofs",
    "AWS-InstallApplication",
    "AWS-InstallPowerShellModule",
    "AWS-RunAnsiblePlaybook",
    "AWS-RunDocument",
    "AWS-RunInspecChecks",
    "AWS-RunPowerShellScript",
    "AWS-RunRemoteScript",
    "AWS-RunSaltState",
    "AWS-RunShellScript",
    "AWS-StartInteractiveCommand",
    "AWS-StartNonInteractiveCommand",
    "AWS-StartPortForwardingSessionToRemoteHost",
    "SSM-SessionManagerRunShell",
].map((name) => `ssm:document/${name}`);

/** Whether resources name documents, and none that runs what the caller wants. */
export const nameDocuments = (resources: string[]) =>
    resources.some((resource) => /^arn:[^:]*:ssm:[^:]*:[^:]*:document\//.test(withoutVariables(resource))) &&
    ![...freeDocuments, `ssm:document/${anyName}`].some((document) =>
        resources.some((resource) => canBe(resource, document)),
    );
