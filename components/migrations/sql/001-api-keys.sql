--liquibase formatted sql logicalFilePath:justdb/001-api-keys.sql

--changeset justdb:001 splitStatements:false rollbackSplitStatements:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'api_keys'
CREATE TABLE api_keys (
    id BIGSERIAL PRIMARY KEY,
    key VARCHAR(64) UNIQUE NOT NULL,
    name VARCHAR(100) NOT NULL,
    permissions TEXT NOT NULL,
    allowed_databases TEXT,
    expires_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    revoked_at TIMESTAMP NULL
);
/* liquibase rollback
SET LOCAL lock_timeout = '30s';
LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM api_keys) THEN
        RAISE EXCEPTION 'api_keys holds rows, which a rollback would lose: make a backup, empty the table, and try again';
    END IF;
END
$$;
DROP TABLE api_keys;
*/
