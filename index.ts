import * as pulumi from "@pulumi/pulumi";
import { JustDbCloud } from "./components";
import { readConfig } from "./components/config/read";

const cloud = new JustDbCloud("justdb", readConfig(pulumi.getProject()));

export const namespace = cloud.namespace;
export const serviceName = cloud.serviceName;
export const host = cloud.host;
export const url = cloud.url;
export const schemasBucket = cloud.schemasBucket;
export const backupsBucket = cloud.backupsBucket;
export const archiveName = cloud.archiveName;
export const databaseHost = cloud.databaseHost;
export const redisHost = cloud.redisHost;
export const accessKeyId = cloud.accessKeyId;
export const databaseSecretName = cloud.databaseSecretName;
export const jwtSecretName = cloud.jwtSecretName;
export const awsCredentialsSecretName = cloud.awsCredentialsSecretName;
