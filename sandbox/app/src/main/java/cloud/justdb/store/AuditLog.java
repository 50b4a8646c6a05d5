package cloud.justdb.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who asked for what and how it ended. */
@Component
class AuditLog {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    private final JdbcTemplate jdbc;
    private final TaskExecutor execution;
    private final String databaseUrl;

    AuditLog(JdbcTemplate jdbc, TaskExecutor execution, DataSourceProperties database) {
        this.jdbc = jdbc;
        this.execution = execution;
        this.databaseUrl = database.getUrl();
    }

    /** Part of the caller's transaction: no version without its audit row. */
    void applied(String schemaUrl) {
        insert(schemaUrl, "SUCCESS", null);
    }

    /** After a rollback, on the execution pool: the client does not wait for it, and may not fail because of it. */
    void failed(String schemaUrl, RuntimeException reason) {
        try {
            execution.execute(() -> record(schemaUrl, reason));
        } catch (TaskRejectedException e) {
            log.warn("no audit row for a failed apply of {}: {}", schemaUrl, e.getMessage());
        }
    }

    private void record(String schemaUrl, RuntimeException reason) {
        try {
            insert(schemaUrl, "FAILED", reason.getMessage());
        } catch (DataAccessException e) {
            log.warn("no audit row for a failed apply of {}: {}", schemaUrl, e.getMessage());
        }
    }

    private void insert(String schemaUrl, String status, String error) {
        jdbc.update(
                "INSERT INTO audit_logs (operation, schema_url, database_url, status, error_message, timestamp)"
                        + " VALUES ('APPLY', ?, ?, ?, ?, now() AT TIME ZONE 'UTC')",
                schemaUrl,
                databaseUrl,
                status,
                error);
    }
}
