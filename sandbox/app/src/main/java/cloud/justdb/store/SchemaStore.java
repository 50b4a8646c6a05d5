package cloud.justdb.store;

import cloud.justdb.schema.Schema;
import cloud.justdb.schema.SchemaDiff;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applied schemas: the row in PostgreSQL says what was applied, the object in S3 is the content, the caches are copies.
 * The object is written before the row is committed, so that there is never a row without its object.
 */
@Component
public class SchemaStore {
    public record Stored(@JsonUnwrapped SchemaVersion version, Schema schema) {}

    /** The version is taken by another content. */
    public static final class VersionTaken extends RuntimeException {
        VersionTaken(SchemaKey key) {
            super(key.name() + " " + key.version() + " was applied to " + key.environment()
                    + " with another content: choose a new version");
        }
    }

    public static final class UnknownVersion extends RuntimeException {
        UnknownVersion(SchemaKey key) {
            super(key.name() + " " + key.version() + " was never applied to " + key.environment());
        }
    }

    private final VersionTable versions;
    private final SchemaObjects objects;
    private final SchemaCache cache;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;

    SchemaStore(
            VersionTable versions,
            SchemaObjects objects,
            SchemaCache cache,
            AuditLog audit,
            TransactionTemplate transaction,
            ObjectMapper json) {
        this.versions = versions;
        this.objects = objects;
        this.cache = cache;
        this.audit = audit;
        this.transaction = transaction;
        this.json = json;
    }

    /** Returns once the row is committed. The same content again gives the same row back: a client may retry. */
    public SchemaVersion apply(SchemaKey key, Schema schema, String appliedBy) {
        var content = bytes(schema);
        var checksum = sha256(content);
        var url = objects.url(key);
        SchemaVersion applied;
        try {
            applied = transaction.execute(status -> {
                versions.lock(url);
                var existing = versions.find(key, url);
                if (existing.isPresent() && !existing.get().checksum().equals(checksum)) {
                    throw new VersionTaken(key);
                }
                objects.put(key, content);
                audit.applied(url);
                return existing.orElseGet(() -> versions.insert(key, url, changes(schema), checksum, appliedBy));
            });
        } catch (RuntimeException e) {
            audit.failed(url, e);
            throw e;
        }
        cache.put(key, string(new Stored(applied, schema)));
        return applied;
    }

    /** The stored document as JSON. */
    public String get(SchemaKey key) {
        return cache.get(key).orElseGet(() -> load(key));
    }

    private String load(SchemaKey key) {
        var version = versions.find(key, objects.url(key)).orElseThrow(() -> new UnknownVersion(key));
        var content = objects.get(key);
        if (!sha256(content).equals(version.checksum())) {
            throw new IllegalStateException(version.schemaUrl() + " does not have the checksum it was applied with");
        }
        var document = string(new Stored(version, schema(content)));
        cache.put(key, document);
        return document;
    }

    private String changes(Schema schema) {
        return string(SchemaDiff.between(Schema.EMPTY, schema));
    }

    private byte[] bytes(Schema schema) {
        try {
            return json.writeValueAsBytes(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String string(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Schema schema(byte[] content) {
        try {
            return json.readValue(content, Schema.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
