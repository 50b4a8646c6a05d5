package cloud.justdb.store;

import java.time.Instant;

/** One applied version, as its row in schema_versions tells it. */
public record SchemaVersion(
        long id,
        String environment,
        String version,
        String name,
        String schemaUrl,
        String checksum,
        Instant appliedAt) {}
