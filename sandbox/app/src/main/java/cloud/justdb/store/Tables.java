package cloud.justdb.store;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Creates the tables that are absent, as soon as PostgreSQL answers. Replicas that start together take turns. */
@Component
public class Tables {
    private static final String LAST_TABLE = "schema_versions";
    private static final long LOCK = 0x6a757374; // any number, the same in every replica

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private volatile boolean present;

    Tables(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Throws when PostgreSQL does not answer. */
    public void check() {
        if (present) {
            jdbc.execute("SELECT 1");
        } else {
            ensure();
        }
    }

    public void ensure() {
        if (present) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            jdbc.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            if (jdbc.queryForObject("SELECT to_regclass(?)::text", String.class, LAST_TABLE) == null) {
                jdbc.execute(script());
            }
        });
        present = true;
    }

    private static String script() {
        try {
            return new ClassPathResource("tables.sql").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
