--liquibase formatted sql logicalFilePath:justdb/004-schema-versions-by-url.sql

--changeset justdb:004 splitStatements:false rollbackSplitStatements:false
--comment A schema is found by its URL, the newest row first.
SET LOCAL lock_timeout = '30s';
CREATE INDEX schema_versions_schema_url ON schema_versions (schema_url, id);
/* liquibase rollback
SET LOCAL lock_timeout = '30s';
DROP INDEX schema_versions_schema_url;
*/
