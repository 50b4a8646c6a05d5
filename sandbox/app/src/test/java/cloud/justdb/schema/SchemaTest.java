package cloud.justdb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cloud.justdb.schema.Schema.Column;
import cloud.justdb.schema.Schema.Table;
import cloud.justdb.schema.SchemaDiff.Change;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final Column ID = new Column("id", "BIGINT", false, true);
    private static final Column NOTE = new Column("note", "VARCHAR(200)", null, null);

    private static Schema orders(Column... columns) {
        return new Schema(List.of(new Table("orders", List.of(columns))));
    }

    @Test
    void aGoodSchemaHasNoProblems() {
        assertThat(SchemaValidator.problems("schema", orders(ID, NOTE))).isEmpty();
    }

    @Test
    void everyProblemIsNamedWithItsPath() {
        var bad = new Schema(Arrays.asList(
                new Table("a b", List.of()),
                new Table(
                        "x",
                        List.of(
                                new Column("c", "INT); DROP TABLE x; --", null, null),
                                new Column("C", "INT", true, true))),
                null));
        assertThat(SchemaValidator.problems("from", bad))
                .hasSize(6)
                .anyMatch(problem -> problem.startsWith("from.tables[0].name: "))
                .anyMatch(problem -> problem.startsWith("from.tables[0].columns: "))
                .anyMatch(problem -> problem.startsWith("from.tables[1].columns[0].type: "))
                .anyMatch(problem -> problem.startsWith("from.tables[1].columns[1].name: "))
                .anyMatch(problem -> problem.startsWith("from.tables[1].columns[1].nullable: "))
                .anyMatch(problem -> problem.startsWith("from.tables[2]: "));
        assertThat(SchemaValidator.problems("schema", null)).hasSize(1);
    }

    @Test
    void aDiffHoldsWhatChangedAndNothingElse() {
        var text = new Column("note", "TEXT", true, false);
        assertThat(SchemaDiff.between(orders(ID, NOTE), orders(ID, NOTE))).isEmpty();
        assertThat(SchemaDiff.between(orders(ID, NOTE), orders(ID, text)))
                .containsExactly(new Change("alter_column", "orders.note", NOTE, text));
        assertThat(SchemaDiff.between(orders(ID, NOTE), orders(ID)))
                .containsExactly(new Change("drop_column", "orders.note", NOTE, null));
        assertThat(SchemaDiff.between(orders(ID), orders(ID, NOTE)))
                .containsExactly(new Change("add_column", "orders.note", null, NOTE));
        assertThat(SchemaDiff.between(Schema.EMPTY, orders(ID)))
                .extracting(Change::op, Change::path)
                .containsExactly(tuple("add_table", "orders"));
        assertThat(SchemaDiff.between(orders(ID), Schema.EMPTY)).extracting(Change::op).containsExactly("drop_table");
    }

    @Test
    void theSqlCreatesTheTables() {
        assertThat(SchemaSql.create(orders(ID, NOTE)))
                .isEqualTo(
                        """
                        CREATE TABLE "orders" (
                            "id" BIGINT NOT NULL,
                            "note" VARCHAR(200),
                            PRIMARY KEY ("id")
                        );""");
    }
}
