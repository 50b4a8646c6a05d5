package cloud.justdb.schema;

import java.util.List;

/** The tables of one database. What the client left out stays null, so that it gets back what it sent. */
public record Schema(List<Table> tables) {
    public static final Schema EMPTY = new Schema(List.of());

    public record Table(String name, List<Column> columns) {}

    public record Column(String name, String type, Boolean nullable, Boolean primaryKey) {
        public boolean inPrimaryKey() {
            return Boolean.TRUE.equals(primaryKey);
        }

        public boolean allowsNull() {
            return !inPrimaryKey() && !Boolean.FALSE.equals(nullable);
        }
    }
}
