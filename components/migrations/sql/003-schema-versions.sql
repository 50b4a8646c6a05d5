--liquibase formatted sql logicalFilePath:justdb/003-schema-versions.sql

--changeset justdb:003 splitStatements:false rollbackSplitStatements:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_versions'
CREATE TABLE schema_versions (
    id BIGSERIAL PRIMARY KEY,
    environment VARCHAR(50) NOT NULL,
    schema_url TEXT,
    version VARCHAR(50),
    changes JSONB,
    checksum VARCHAR(64),
    applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    applied_by VARCHAR(100)
);
/* liquibase rollback
SET LOCAL lock_timeout = '30s';
LOCK TABLE schema_versions IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM schema_versions) THEN
        RAISE EXCEPTION 'schema_versions holds rows, which a rollback would lose: make a backup, empty the table, and try again';
    END IF;
END
$$;
DROP TABLE schema_versions;
*/
