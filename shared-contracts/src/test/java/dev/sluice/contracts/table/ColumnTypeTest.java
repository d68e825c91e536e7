package dev.sluice.contracts.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VARCHAR(65535) | VARCHAR(65535)",
                "varchar( 3 ) | VARCHAR(3)",
                "BIGINT | BIGINT",
                "INT | INTEGER",
                "integer | INTEGER",
                "DECIMAL(18,4) | DECIMAL(18,4)",
                "decimal(38, 37) | DECIMAL(38,37)",
                "double  precision | DOUBLE PRECISION",
                "BOOLEAN | BOOLEAN",
                "TIMESTAMP | TIMESTAMP",
                "SUPER | SUPER"
            })
    void readsWhatContractsWrite(String text, String sql) {
        assertThat(ColumnType.parse(text).sql()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TEXT",
                "VARCHAR",
                "VARCHAR(0)",
                "VARCHAR(65536)",
                "VARCHAR(1,2)",
                "VARCHAR(9999999)",
                "BIGINT(8)",
                "DECIMAL",
                "DECIMAL(18)",
                "DECIMAL(39,2)",
                "DECIMAL(38,38)",
                "DECIMAL(4,5)",
                "DECIMAL(0,0)",
                "SUPER; DROP TABLE events",
                "DOUBLE"
            })
    void refusesOtherTypes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ColumnType.parse(text));
    }

    @Test
    void stagesOnlySuperAsText() {
        assertThat(new ColumnType.Super().stagingSql()).isEqualTo("VARCHAR(65535)");
        assertThat(new ColumnType.Decimal(18, 4).stagingSql()).isEqualTo("DECIMAL(18,4)");
    }
}
