--liquibase formatted sql logicalFilePath:justdb/002-audit-logs.sql

--changeset justdb:002 splitStatements:false rollbackSplitStatements:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'audit_logs'
CREATE TABLE audit_logs (
    id BIGSERIAL PRIMARY KEY,
    api_key_id BIGINT REFERENCES api_keys (id),
    operation VARCHAR(50) NOT NULL,
    schema_url TEXT,
    database_url VARCHAR(500),
    status VARCHAR(20),
    error_message TEXT,
    timestamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
/* liquibase rollback
SET LOCAL lock_timeout = '30s';
LOCK TABLE audit_logs IN ACCESS EXCLUSIVE MODE;
DO $$
BEGIN
    IF EXISTS (SELECT FROM audit_logs) THEN
        RAISE EXCEPTION 'audit_logs holds rows, which a rollback would lose: make a backup, empty the table, and try again';
    END IF;
END
$$;
DROP TABLE audit_logs;
*/
