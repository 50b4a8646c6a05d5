package cloud.justdb.store;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The tables are made by the deployment's migrations. Until the last of them is there, the app is not ready. */
@Component
public class Tables {
    private static final String LAST_TABLE = "schema_versions";

    private final JdbcTemplate jdbc;

    Tables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Throws when PostgreSQL does not answer, and when the tables are not there. */
    public void check() {
        if (jdbc.queryForObject("SELECT to_regclass(?)::text", String.class, LAST_TABLE) == null) {
            throw new IllegalStateException("there is no table " + LAST_TABLE + ": the migrations have not been run");
        }
    }
}
