package cloud.justdb.schema;

import cloud.justdb.schema.Schema.Column;
import cloud.justdb.schema.Schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The steps that lead from one schema to another, in the order in which they can be carried out. */
public final class SchemaDiff {
    public record Change(String op, String path, Object from, Object to) {}

    private SchemaDiff() {}

    public static List<Change> between(Schema from, Schema to) {
        var before = byName(from.tables(), Table::name);
        var after = byName(to.tables(), Table::name);
        var changes = new ArrayList<Change>();
        after.forEach((name, table) -> {
            if (before.containsKey(name)) {
                columns(before.get(name), table, changes);
            } else {
                changes.add(new Change("add_table", name, null, table));
            }
        });
        before.forEach((name, table) -> {
            if (!after.containsKey(name)) {
                changes.add(new Change("drop_table", name, table, null));
            }
        });
        return changes;
    }

    private static void columns(Table from, Table to, List<Change> changes) {
        var before = byName(from.columns(), Column::name);
        var after = byName(to.columns(), Column::name);
        after.forEach((name, column) -> {
            var path = to.name() + "." + name;
            var old = before.get(name);
            if (old == null) {
                changes.add(new Change("add_column", path, null, column));
            } else if (!same(old, column)) {
                changes.add(new Change("alter_column", path, old, column));
            }
        });
        before.forEach((name, column) -> {
            if (!after.containsKey(name)) {
                changes.add(new Change("drop_column", to.name() + "." + name, column, null));
            }
        });
    }

    private static boolean same(Column a, Column b) {
        return a.type().equalsIgnoreCase(b.type())
                && a.allowsNull() == b.allowsNull()
                && a.inPrimaryKey() == b.inPrimaryKey();
    }

    private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
        var map = new LinkedHashMap<String, T>();
        items.forEach(item -> map.put(name.apply(item), item));
        return map;
    }
}
