--liquibase formatted sql logicalFilePath:justdb/005-audit-logs-by-api-key.sql

--changeset justdb:005 splitStatements:false rollbackSplitStatements:false
--comment The rows of one key, which the foreign key also looks for when a key is deleted. Most rows have none.
SET LOCAL lock_timeout = '30s';
CREATE INDEX audit_logs_api_key_id ON audit_logs (api_key_id) WHERE api_key_id IS NOT NULL;
/* liquibase rollback
SET LOCAL lock_timeout = '30s';
DROP INDEX audit_logs_api_key_id;
*/
