package cloud.justdb.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of schema_versions. Its timestamps are UTC. */
@Component
class VersionTable {
    private static final String COLUMNS = "id, checksum, applied_at";

    private final JdbcTemplate jdbc;

    VersionTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends, nobody else applies the same version. */
    void lock(String schemaUrl) {
        jdbc.query("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> {}, schemaUrl);
    }

    Optional<SchemaVersion> find(SchemaKey key, String schemaUrl) {
        return jdbc
                .query(
                        "SELECT " + COLUMNS + " FROM schema_versions WHERE schema_url = ? ORDER BY id DESC LIMIT 1",
                        (row, number) -> version(row, key, schemaUrl),
                        schemaUrl)
                .stream()
                .findFirst();
    }

    SchemaVersion insert(SchemaKey key, String schemaUrl, String changes, String checksum, String appliedBy) {
        return jdbc.queryForObject(
                "INSERT INTO schema_versions"
                        + " (environment, schema_url, version, changes, checksum, applied_at, applied_by)"
                        + " VALUES (?, ?, ?, ?::jsonb, ?, now() AT TIME ZONE 'UTC', ?) RETURNING " + COLUMNS,
                (row, number) -> version(row, key, schemaUrl),
                key.environment(),
                schemaUrl,
                key.version(),
                changes,
                checksum,
                appliedBy);
    }

    private static SchemaVersion version(ResultSet row, SchemaKey key, String schemaUrl) throws SQLException {
        return new SchemaVersion(
                row.getLong("id"),
                key.environment(),
                key.version(),
                key.name(),
                schemaUrl,
                row.getString("checksum"),
                row.getObject("applied_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }
}
