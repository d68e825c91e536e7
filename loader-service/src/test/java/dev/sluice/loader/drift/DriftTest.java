package dev.sluice.loader.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.ColumnType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class DriftTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VARCHAR(256)  | VARCHAR(255)     | NARROWER",
                "VARCHAR(256)  | VARCHAR(257)     | WIDER",
                "DECIMAL(18,4) | DECIMAL(18,5)    | NARROWER",
                "DECIMAL(18,4) | DECIMAL(18,2)    | NARROWER",
                "DECIMAL(18,4) | DECIMAL(20,4)    | WIDER",
                "BIGINT        | INTEGER          | NARROWER",
                "INTEGER       | BIGINT           | WIDER",
                "SUPER         | VARCHAR(65535)   | OTHER_TYPE",
                "TIMESTAMP     | BOOLEAN          | OTHER_TYPE",
                "INTEGER       | DOUBLE PRECISION | OTHER_TYPE"
            })
    void aTypeThatDiffersIsTold(String file, String table, DriftFinding.Kind kind) {
        assertThat(compare(file, column(table, false)))
                .containsExactly(new DriftFinding("events", "c", kind, file, table));
    }

    @Test
    void theSameTypeIsNoFinding() {
        assertThat(compare("VARCHAR(256)", column("VARCHAR(256)", false))).isEmpty();
    }

    @Test
    void aTypeThatNoFileHasIsAnother() {
        TableColumn date = new TableColumn("c", Optional.empty(), "date", false);

        assertThat(compare("TIMESTAMP", date))
                .singleElement()
                .extracting(DriftFinding::text)
                .isEqualTo("events.c is other type: TIMESTAMP in files, date in the table");
    }

    @Test
    void aValueThatIsWantedWhereFilesMayHaveNoneBreaksLoads() {
        assertThat(compare("INTEGER", column("INTEGER", true)))
                .singleElement()
                .matches(DriftFinding::breaksLoads)
                .extracting(DriftFinding::kind)
                .isEqualTo(DriftFinding.Kind.NOT_NULL);
    }

    @Test
    void aColumnThatIsMissingBreaksLoadsOfTablesThatNobodyAddsColumnsTo() {
        List<Column> wanted = List.of(wanted("INTEGER"));

        assertThat(Drift.compare("events", wanted, Map.of()))
                .singleElement()
                .matches(each -> !each.breaksLoads());
        assertThat(Drift.compare("sessions", wanted, Map.of()))
                .singleElement()
                .matches(DriftFinding::breaksLoads);
    }

    @Test
    void aColumnThatNobodyFillsIsHarmlessUnlessItWantsAValue() {
        assertThat(Drift.compare("events", List.of(), Map.of("c", column("INTEGER", false))))
                .containsExactly(
                        new DriftFinding("events", "c", DriftFinding.Kind.UNKNOWN, "", "INTEGER"));
        assertThat(Drift.compare("events", List.of(), Map.of("c", column("INTEGER", true))))
                .singleElement()
                .matches(DriftFinding::breaksLoads);
    }

    private static List<DriftFinding> compare(String file, TableColumn table) {
        return Drift.compare("events", List.of(wanted(file)), Map.of("c", table));
    }

    private static Column wanted(String type) {
        return new Column("c", ColumnType.parse(type), false, new ColumnSource.Warehouse());
    }

    private static TableColumn column(String type, boolean mandatory) {
        return new TableColumn("c", Optional.of(ColumnType.parse(type)), type, mandatory);
    }
}
