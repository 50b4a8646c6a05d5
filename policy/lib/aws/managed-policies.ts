// AWS's own policies that give more than a right here and there, as data.

/** Policies with which one can do everything, or give oneself the right to. */
const admin = /^arn:[^:]*:iam::aws:policy\/(?:AdministratorAccess(?:-.*)?|PowerUserAccess|IAMFullAccess)$/i;
export const isAdmin = (arn: string) => admin.test(arn);

/**
 * Policies that break the rule iam-escalation themselves: who may attach one can take more rights by it. By the AWS Managed Policy
 * Reference (as of 2026-03-07), without those that are for service-linked roles alone.
 */
export const escalatingPolicies = `
    AIOpsConsoleAdminPolicy AWSAppRunnerFullAccess AWSAppSyncAdministrator AWSApplicationMigrationEC2Access
    AWSApplicationMigrationSSMAccess AWSBatchFullAccess AWSBudgetsActionsWithAWSResourceControlAccess AWSCloud9Administrator
    AWSCloud9EnvironmentMember AWSCloud9User AWSCloudFormationFullAccess AWSCodeBuildAdminAccess AWSCodeBuildDeveloperAccess
    AWSCodeDeployDeployerAccess AWSCodeDeployFullAccess AWSCodeDeployRoleForECS AWSCodePipeline_FullAccess AWSConnector
    AWSDataSyncFullAccess AWSDeepRacerCloudFormationAccessPolicy AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy
    AWSElasticDisasterRecoveryConsoleFullAccess AWSElasticDisasterRecoveryConsoleFullAccess_v2
    AWSElasticDisasterRecoveryLaunchActionsPolicy AWSElementalMediaConvertFullAccess AWSGlueConsoleFullAccess
    AWSGlueConsoleSageMakerNotebookFullAccess AWSGrafanaAccountAdministrator AWSHealthImagingFullAccess AWSLambda_FullAccess
    AWSMarketplaceFullAccess AWSMarketplaceSellerFullAccess AWSMarketplaceSellerProductsFullAccess
    AWSMcpServiceActionsFullAccess AWSPanoramaFullAccess AWSPartnerCentralFullAccess AWSPartnerCentralSandboxFullAccess
    AWSProtonFullAccess AWSRefactoringToolkitFullAccess AWSRoboMakerServiceRolePolicy AWSRolesAnywhereFullAccess
    AWSSSODirectoryAdministrator AWSSSOMasterAccountAdministrator AWSSSOMemberAccountAdministrator
    AWSServiceCatalogAdminFullAccess AWSServiceCatalogAppRegistryFullAccess AWSStepFunctionsConsoleFullAccess
    AWSStepFunctionsFullAccess AWSSystemsManagerJustInTimeAccessTokenPolicy AWSTransferConsoleFullAccess AWSTransferFullAccess
    AdministratorAccess AdministratorAccess-AWSElasticBeanstalk AdministratorAccess-Amplify AmazonAugmentedAIFullAccess
    AmazonAugmentedAIIntegratedAPIAccess AmazonCodeCatalystFullAccess AmazonDataZoneSageMakerEnvironmentRolePermissionsBoundary
    AmazonDynamoDBFullAccess AmazonDynamoDBFullAccesswithDataPipeline AmazonEC2FullAccess AmazonEC2RolePolicyForLaunchWizard
    AmazonECSInfrastructureRolePolicyForManagedInstances AmazonECS_FullAccess AmazonEKSComputePolicy
    AmazonEMRFullAccessPolicy_v2 AmazonESCognitoAccess AmazonElasticFileSystemFullAccess AmazonElasticMapReduceFullAccess
    AmazonElasticTranscoder_FullAccess AmazonEventBridgeFullAccess AmazonEventBridgePipesFullAccess
    AmazonEventBridgeSchedulerFullAccess AmazonForecastFullAccess AmazonFraudDetectorFullAccessPolicy AmazonHealthLakeFullAccess
    AmazonInspectorFullAccess AmazonKendraFullAccess AmazonLaunchWizardFullAccessV2 AmazonLookoutEquipmentFullAccess
    AmazonMSKFullAccess AmazonOmicsFullAccess AmazonOpenSearchServiceCognitoAccess AmazonQFullAccess AmazonQLDBConsoleFullAccess
    AmazonQLDBFullAccess AmazonRedshiftAllCommandsFullAccess AmazonS3TablesFullAccess AmazonSSMFullAccess
    AmazonSageMakerCanvasAIServicesAccess AmazonSageMakerCanvasDataPrepFullAccess AmazonSageMakerCanvasFullAccess
    AmazonSageMakerFullAccess AmazonSageMakerHyperPodObservabilityAdminAccess AmazonSageMakerModelRegistryFullAccess
    AmazonSageMakerPipelinesIntegrations AwsGlueDataBrewFullAccessPolicy BedrockAgentCoreFullAccess CloudWatchEventsFullAccess
    CloudWatchFullAccessV2 CloudWatchOpenSearchDashboardsFullAccess EC2FastLaunchFullAccess EC2InstanceConnect IAMFullAccess
    NeptuneConsoleFullAccess NeptuneFullAccess PowerUserAccess SageMakerStudioAdminIAMDefaultExecutionPolicy
    SageMakerStudioAdminIAMPermissiveExecutionPolicy SageMakerStudioProjectUserRolePermissionsBoundary
    SageMakerStudioProjectUserRolePolicy SageMakerStudioUserIAMDefaultExecutionPolicy
    SageMakerStudioUserIAMPermissiveExecutionPolicy SecretsManagerReadWrite job-function/DataScientist
    job-function/SystemAdministrator service-role/AWSBackupServiceRolePolicyForBackup
    service-role/AWSBackupServiceRolePolicyForRestores service-role/AWSBatchServiceEventTargetRole
    service-role/AWSBatchServiceRole service-role/AWSCodeStarServiceRole service-role/AWSDataLifecycleManagerSSMFullAccess
    service-role/AWSDeepLensServiceRolePolicy service-role/AWSDeepRacerServiceRolePolicy service-role/AWSElasticBeanstalkService
    service-role/AWSFaultInjectionSimulatorEC2Access service-role/AWSFaultInjectionSimulatorECSAccess
    service-role/AWSFaultInjectionSimulatorSSMAccess service-role/AWSGlueServiceNotebookRole service-role/AWSGlueServiceRole
    service-role/AWSIoTDeviceDefenderEnableIoTLoggingMitigationAction service-role/AmazonEC2ContainerServiceEventsRole
    service-role/AmazonEC2RoleforDataPipelineRole service-role/AmazonEC2SpotFleetTaggingRole
    service-role/AmazonElasticMapReduceRole service-role/AmazonPersonalizeFullAccess service-role/AmazonSSMAutomationRole
    service-role/AmazonSSMMaintenanceWindowRole service-role/AmazonSageMakerGeospatialFullAccess
    service-role/AmazonSageMakerServiceCatalogProductsCloudformationServiceRolePolicy
    service-role/AmazonSageMakerServiceCatalogProductsLambdaServiceRolePolicy
    service-role/AwsGlueSessionUserRestrictedNotebookServiceRole service-role/AwsGlueSessionUserRestrictedServiceRole
    service-role/SageMakerStudioProjectProvisioningRolePolicy service-role/ServerMigrationServiceLaunchRole
`
    .trim()
    .split(/\s+/);
