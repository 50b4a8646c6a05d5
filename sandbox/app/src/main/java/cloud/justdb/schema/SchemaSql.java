package cloud.justdb.schema;

import cloud.justdb.schema.Schema.Column;
import cloud.justdb.schema.Schema.Table;
import java.util.Locale;
import java.util.stream.Collectors;

/** PostgreSQL statements that create a (valid) schema. */
public final class SchemaSql {
    private SchemaSql() {}

    public static String create(Schema schema) {
        return schema.tables().stream().map(SchemaSql::table).collect(Collectors.joining("\n\n"));
    }

    private static String table(Table table) {
        var lines = table.columns().stream().map(SchemaSql::column).collect(Collectors.toList());
        var key = table.columns().stream()
                .filter(Column::inPrimaryKey)
                .map(column -> quoted(column.name()))
                .collect(Collectors.joining(", "));
        if (!key.isEmpty()) {
            lines.add("    PRIMARY KEY (" + key + ")");
        }
        return "CREATE TABLE " + quoted(table.name()) + " (\n" + String.join(",\n", lines) + "\n);";
    }

    private static String column(Column column) {
        var type = column.type().toUpperCase(Locale.ROOT);
        return "    " + quoted(column.name()) + " " + type + (column.allowsNull() ? "" : " NOT NULL");
    }

    private static String quoted(String identifier) {
        return '"' + identifier + '"';
    }
}
