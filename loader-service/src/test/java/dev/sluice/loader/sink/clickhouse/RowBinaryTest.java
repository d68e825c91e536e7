package dev.sluice.loader.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.table.ColumnType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Bytes as the documentation of the format has them.
class RowBinaryTest {

    @Test
    void writesNumbersFromTheLeastByte() {
        assertThat(bytes(new ColumnType.Int(), -2L)).isEqualTo("feffffff");
        assertThat(bytes(new ColumnType.Bigint(), 258L)).isEqualTo("0201000000000000");
        assertThat(bytes(new ColumnType.Timestamp(), 1L)).isEqualTo("0100000000000000");
        assertThat(bytes(new ColumnType.DoublePrecision(), 1.0)).isEqualTo("000000000000f03f");
        assertThat(bytes(new ColumnType.Bool(), true)).isEqualTo("01");
    }

    @Test
    void writesDecimalsInTheWidthOfTheirPrecision() {
        assertThat(bytes(new ColumnType.Decimal(9, 2), new BigDecimal("-0.01")))
                .isEqualTo("ffffffff");
        assertThat(bytes(new ColumnType.Decimal(18, 4), new BigDecimal("1.0000")))
                .isEqualTo("1027000000000000");
        assertThat(bytes(new ColumnType.Decimal(38, 0), new BigDecimal("18446744073709551616")))
                .isEqualTo("00000000000000000100000000000000");
        assertThat(bytes(new ColumnType.Decimal(38, 0), new BigDecimal("-1")))
                .isEqualTo("ff".repeat(16));
    }

    @Test
    void writesTextAfterItsLength() {
        assertThat(bytes(new ColumnType.Varchar(10), "ab".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("026162");
        assertThat(bytes(new ColumnType.Varchar(1000), new byte[300])).startsWith("ac0200");
    }

    @Test
    void saysOfEachValueThatMayBeMissingWhetherItIs() {
        assertThat(bytes(new ColumnType.Bool(), true, true)).isEqualTo("0001");
        assertThat(bytes(new ColumnType.Bool(), true, null)).isEqualTo("01");
    }

    private static String bytes(ColumnType type, Object value) {
        return bytes(type, false, value);
    }

    private static String bytes(ColumnType type, boolean nullable, @Nullable Object value) {
        RowBinary out = new RowBinary(1);
        new ClickHouseColumn("c", type, nullable).write(out, value);
        return HexFormat.of().formatHex(out.toByteArray());
    }
}
