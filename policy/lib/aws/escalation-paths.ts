// By which rights of IAM one comes to more rights, as data: on resources that are named they are no danger, on all of a kind they are.
// Sources: pathfinding.cloud of DataDog (as of 2025-12-17) and the list of Prowler (as of 2026-08-21), both under Apache-2.0, and the names
// of the ways in HackTricks Cloud (as of 2026-08-10); conditions and resources by AWS's Service Authorization Reference (as of 2026-08).
import { isHarmlessService, isLimitedPolicy } from "./escalation-limits";
import { anyName } from "./permissions";
import { isAnything } from "./wildcard";

export interface EscalationPath {
    actions: string[];
    /** What the policy must allow as well; by itself `actions` does no harm. */
    together?: string[];
    /** The kinds of resource it acts on, one of them is enough. */
    kinds: string[];
    what: string;
    /** It is one on the caller's own user as well. */
    self?: boolean;
    /** Values that limit it, by the key of the condition in small letters. */
    limits?: Record<string, (value: string) => boolean>;
    /** AWS does not hold it to tags of the resource. */
    untagged?: boolean;
    /** The resources of the action also name what is run: a document of Systems Manager. */
    runsDocument?: boolean;
}

const iam = (names: string) => names.split(" ").map((name) => `iam:${name}`);
const named = (value: string) => !isAnything(value);

const boundary = { "iam:permissionsboundary": isLimitedPolicy };
const attached = { ...boundary, "iam:policyarn": isLimitedPolicy };
/** Whatever boundary it is that is taken away. */
const anyBoundary = { "iam:permissionsboundary": () => false };

const user = { kinds: ["iam:user/"], what: "any user" };
const ownUser = { kinds: ["iam:user/"], what: "any user, or the caller itself", self: true };
const group = { kinds: ["iam:group/"], what: "any group" };
const role = { kinds: ["iam:role/"], what: "any role" };

/** Rights over identities and their policies. */
const identities: EscalationPath[] = [
    { ...ownUser, actions: iam("PutUserPolicy PutUserPermissionsBoundary"), limits: boundary },
    { ...ownUser, actions: iam("AttachUserPolicy"), limits: attached },
    { ...ownUser, actions: iam("DeleteUserPermissionsBoundary"), limits: anyBoundary },
    {
        ...user,
        actions: iam(
            "CreateAccessKey CreateLoginProfile UpdateLoginProfile CreateServiceSpecificCredential ResetServiceSpecificCredential UploadSSHPublicKey",
        ),
    },
    { ...group, actions: iam("PutGroupPolicy AddUserToGroup") },
    { ...group, actions: iam("AttachGroupPolicy"), limits: { "iam:policyarn": isLimitedPolicy } },
    { ...role, actions: iam("PutRolePolicy PutRolePermissionsBoundary"), limits: boundary },
    { ...role, actions: iam("AttachRolePolicy"), limits: attached },
    { ...role, actions: iam("DeleteRolePermissionsBoundary"), limits: anyBoundary },
    { ...role, actions: [...iam("UpdateAssumeRolePolicy"), "sts:AssumeRole"] },
    {
        ...role,
        actions: iam("PassRole"),
        what: "any role, to services that can do what the caller wants with it",
        limits: { "iam:passedtoservice": isHarmlessService },
        untagged: true,
    },
    { actions: iam("CreatePolicyVersion SetDefaultPolicyVersion"), kinds: ["iam:policy/"], what: "any policy" },
    { actions: iam("UpdateSAMLProvider"), kinds: ["iam:saml-provider/"], what: "any provider of identities" },
    {
        actions: [
            "sso:AttachManagedPolicyToPermissionSet",
            "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
            "sso:PutInlinePolicyToPermissionSet",
            "sso:PutPermissionsBoundaryToPermissionSet",
            "sso:DeletePermissionsBoundaryFromPermissionSet",
            "sso:CreateAccountAssignment",
        ],
        kinds: [`sso:permissionSet/${anyName}/`],
        what: "any permission set",
    },
    { actions: ["identitystore:CreateGroupMembership"], kinds: ["identitystore:group/"], what: "any group" },
    // AWS knows no resources for these.
    {
        actions: ["sso-directory:AddMemberToGroup", "sso-directory:UpdatePassword"],
        kinds: ["sso-directory:"],
        what: "the directory of IAM Identity Center",
    },
    {
        actions: ["sts:AssumeRoot"],
        kinds: ["iam:root"],
        what: "the root user of any account of the organisation",
        limits: { "sts:taskpolicyarn": named },
    },
];

const machine = { kinds: ["ec2:instance/", "ssm:managed-instance/"], what: "any machine, and so as its role" };
const instance = { kinds: ["ec2:instance/"], what: machine.what };
const stack = { kinds: [`cloudformation:stack/${anyName}/`], what: "any stack, and so as its role" };
const notebook = { kinds: ["sagemaker:notebook-instance/"], what: "any notebook, and so as its role" };
const byTemplate = {
    "cloudformation:templateurl": (value: string) => !/^[*?]/.test(value),
    "cloudformation:rolearn": named,
};

/** Ways to act as a role that something has already: no PassRole is asked for. */
const takeovers: EscalationPath[] = [
    {
        actions: ["apprunner:UpdateService"],
        kinds: [`apprunner:service/${anyName}/`],
        what: "any service, and so as its role",
    },
    {
        actions: ["batch:SubmitJob"],
        kinds: [`batch:job-definition/${anyName}:`],
        what: "any job definition, and so as its role",
    },
    {
        actions: ["bedrock-agentcore:StartCodeInterpreterSession"],
        together: ["bedrock-agentcore:InvokeCodeInterpreter"],
        kinds: ["bedrock-agentcore:code-interpreter-custom/"],
        what: "any code interpreter, and so as its role",
    },
    {
        actions: ["bedrock-agentcore:StartBrowserSession"],
        together: ["bedrock-agentcore:ConnectBrowserAutomationStream"],
        kinds: ["bedrock-agentcore:browser-custom/"],
        what: "any browser, and so as its role",
    },
    {
        actions: ["bedrock-agentcore:InvokeAgentRuntimeCommand"],
        kinds: ["bedrock-agentcore:runtime/"],
        what: "any agent, and so as its role",
    },
    { ...stack, actions: ["cloudformation:UpdateStack"], limits: byTemplate },
    {
        ...stack,
        actions: ["cloudformation:CreateChangeSet"],
        together: ["cloudformation:ExecuteChangeSet"],
        limits: byTemplate,
    },
    {
        actions: ["cloudformation:UpdateStackSet"],
        kinds: [`cloudformation:stackset/${anyName}:`],
        what: "any stack set, and so as its roles",
        limits: byTemplate,
    },
    {
        actions: ["StartBuild", "StartBuildBatch", "StartSandbox", "UpdateProject"].map((name) => `codebuild:${name}`),
        kinds: ["codebuild:project/"],
        what: "any build, and so as its role",
    },
    {
        actions: ["codedeploy:CreateDeployment"],
        together: ["codedeploy:RegisterApplicationRevision"],
        kinds: [`codedeploy:deploymentgroup:${anyName}/`],
        what: "any deployment group, and so as the roles of its machines",
    },
    {
        ...instance,
        actions: ["ec2:ModifyInstanceAttribute"],
        together: ["ec2:StartInstances"],
        limits: { "ec2:attribute": (value) => named(value) && value.toLowerCase() !== "userdata" },
    },
    { ...instance, actions: ["ec2:CreateReplaceRootVolumeTask"] },
    {
        actions: ["ec2:CreateLaunchTemplateVersion"],
        together: ["ec2:ModifyLaunchTemplate"],
        kinds: ["ec2:launch-template/"],
        what: "any launch template, and so as the role of what is launched by it",
    },
    {
        ...instance,
        actions: ["ec2-instance-connect:SendSSHPublicKey", "ec2-instance-connect:SendSerialConsoleSSHPublicKey"],
    },
    {
        actions: ["ecs:ExecuteCommand"],
        kinds: [`ecs:task/${anyName}/`],
        what: "any task, and so as its role",
        limits: { "ecs:cluster": named, "ecs:container-name": named },
    },
    {
        actions: ["eks:CreatePodIdentityAssociation"],
        kinds: ["eks:cluster/"],
        what: "any cluster, and so as the role of a pod",
    },
    {
        actions: ["eks:UpdatePodIdentityAssociation"],
        kinds: [`eks:podidentityassociation/${anyName}/`],
        what: "any pod, and so as its role",
    },
    {
        actions: ["eks:CreateAccessEntry"],
        kinds: ["eks:cluster/"],
        what: "any cluster, and so as its pods",
        limits: { "eks:principalarn": named, "eks:kubernetesgroups": named },
    },
    {
        actions: ["eks:AssociateAccessPolicy", "eks:UpdateAccessEntry"],
        kinds: [`eks:access-entry/${anyName}/${anyName}`],
        what: "any cluster, and so as its pods",
        limits: {
            // Who may edit runs any pod, as any service account.
            "eks:policyarn": (value) => !/Admin|Edit|[*?]/.test(value),
            "eks:namespaces": named,
            "eks:principalarn": named,
            "eks:kubernetesgroups": named,
        },
    },
    {
        actions: ["elasticbeanstalk:UpdateEnvironment"],
        kinds: [`elasticbeanstalk:environment/${anyName}/`],
        what: "any environment, and so as the role of its machines",
    },
    {
        actions: ["elasticmapreduce:AddJobFlowSteps"],
        kinds: ["elasticmapreduce:cluster/"],
        what: "any cluster, and so as the role of its machines",
    },
    {
        actions: ["emr-containers:StartJobRun"],
        kinds: ["emr-containers:/virtualclusters/"],
        what: "any cluster, as any role that trusts it",
        limits: { "emr-containers:executionrolearn": named },
    },
    {
        actions: ["glue:UpdateDevEndpoint"],
        kinds: ["glue:devEndpoint/"],
        what: "any endpoint, and so as its role",
    },
    { actions: ["glue:RunStatement"], kinds: ["glue:session/"], what: "any session, and so as its role" },
    {
        actions: ["lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"],
        kinds: ["lambda:function:"],
        what: "any function, and so as its role",
    },
    { ...notebook, actions: ["sagemaker:CreatePresignedNotebookInstanceUrl"] },
    {
        ...notebook,
        actions: ["sagemaker:UpdateNotebookInstance"],
        together: ["sagemaker:CreateNotebookInstanceLifecycleConfig"],
    },
    {
        ...notebook,
        actions: ["sagemaker:UpdateNotebookInstanceLifecycleConfig"],
        kinds: ["sagemaker:notebook-instance-lifecycle-config/"],
    },
    {
        actions: ["sagemaker:CreatePresignedDomainUrl"],
        kinds: [`sagemaker:user-profile/${anyName}/`],
        what: "any user of Studio, and so as its role",
    },
    {
        actions: ["sagemaker:StartSession"],
        kinds: [`sagemaker:space/${anyName}/`],
        what: "any space of Studio, and so as its role",
    },
    {
        ...machine,
        actions: [
            "ssm:SendCommand",
            "ssm:CreateAssociation",
            "ssm:CreateAssociationBatch",
            "ssm:UpdateAssociation",
            "ssm:StartSession",
        ],
        runsDocument: true,
    },
    {
        actions: ["ssm:ResumeSession"],
        kinds: ["ssm:session/"],
        what: "any session, and so as the role of its machine",
    },
    {
        actions: ["ssm:RegisterTaskWithMaintenanceWindow"],
        kinds: ["ssm:maintenancewindow/"],
        what: "any maintenance window, and so as the role of its machines",
    },
    {
        actions: ["ssm:UpdateDocument"],
        together: ["ssm:UpdateDocumentDefaultVersion"],
        kinds: ["ssm:document/"],
        what: "any document, and so as the role of the machines that run it",
    },
    {
        actions: ["states:UpdateStateMachine"],
        together: ["states:StartExecution"],
        kinds: ["states:stateMachine:"],
        what: "any state machine, and so as its role",
    },
];

export const escalationPaths: EscalationPath[] = [...identities, ...takeovers];
