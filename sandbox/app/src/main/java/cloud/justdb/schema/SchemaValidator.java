package cloud.justdb.schema;

import cloud.justdb.schema.Schema.Column;
import cloud.justdb.schema.Schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Every problem of a schema, each with the path to it. Only a schema without any is applied or turned into SQL. */
public final class SchemaValidator {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern TYPE = Pattern.compile("([A-Za-z]+)(\\(\\d{1,4}(,\\s?\\d{1,4})?\\))?");
    private static final Set<String> TYPES = Set.of(
            "SMALLINT", "INT", "INTEGER", "BIGINT", "SERIAL", "BIGSERIAL", "DECIMAL", "NUMERIC", "REAL", "BOOLEAN",
            "CHAR", "VARCHAR", "TEXT", "UUID", "JSON", "JSONB", "BYTEA", "DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ");

    private final List<String> problems = new ArrayList<>();

    private SchemaValidator() {}

    public static List<String> problems(String path, Schema schema) {
        var validator = new SchemaValidator();
        validator.schema(path, schema);
        return validator.problems;
    }

    private void schema(String root, Schema schema) {
        if (schema == null || schema.tables() == null || schema.tables().isEmpty()) {
            problems.add(root + ".tables: at least one table is needed");
            return;
        }
        var names = new HashSet<String>();
        for (int i = 0; i < schema.tables().size(); i++) {
            var table = schema.tables().get(i);
            var path = root + ".tables[" + i + "]";
            if (table == null) {
                problems.add(path + ": is null");
                continue;
            }
            name(path + ".name", table.name(), names);
            columns(path + ".columns", table);
        }
    }

    private void columns(String path, Table table) {
        if (table.columns() == null || table.columns().isEmpty()) {
            problems.add(path + ": at least one column is needed");
            return;
        }
        var names = new HashSet<String>();
        for (int i = 0; i < table.columns().size(); i++) {
            column(path + "[" + i + "]", table.columns().get(i), names);
        }
    }

    private void column(String path, Column column, Set<String> names) {
        if (column == null) {
            problems.add(path + ": is null");
            return;
        }
        name(path + ".name", column.name(), names);
        var type = TYPE.matcher(column.type() == null ? "" : column.type());
        if (!type.matches() || !TYPES.contains(type.group(1).toUpperCase(Locale.ROOT))) {
            problems.add(path + ".type: unknown type " + quoted(column.type()));
        }
        if (column.inPrimaryKey() && Boolean.TRUE.equals(column.nullable())) {
            problems.add(path + ".nullable: a primary key cannot be nullable");
        }
    }

    private void name(String path, String name, Set<String> taken) {
        if (name == null || !IDENTIFIER.matcher(name).matches()) {
            problems.add(path + ": " + quoted(name) + " is no identifier (letters, digits and _, 63 at most)");
        } else if (!taken.add(name.toLowerCase(Locale.ROOT))) {
            problems.add(path + ": " + quoted(name) + " is there twice");
        }
    }

    private static String quoted(String value) {
        return value == null ? "null" : '"' + value + '"';
    }
}
