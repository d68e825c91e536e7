package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;

class SqlFailuresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "XX000|Spectrum Scan Error: file is not readable as PARQUET|true",
                "XX000|S3ServiceException: NoSuchKey, status 404|true",
                "XX000|S3ServiceException: SlowDown, status 503|false",
                "XX000|S3ServiceException: SdkClientException|false",
                "XX000|1023 Serializable isolation violation on table|false",
                "22001|value too long for character type|true",
                "08006|An I/O error occurred|false",
            })
    void onlyWhatTheFilesAreToBlameForIsHeldAgainstThem(
            String state, String message, boolean aboutTheData) {
        assertThat(SqlFailures.isAboutTheData(new SQLException(message, state)))
                .isEqualTo(aboutTheData);
    }

    @ParameterizedTest
    @CsvSource({"28P01", "3D000", "42501", "42P01", "0A000"})
    void whatSomebodyMustChangeIsNotRetriedQuickly(String state) {
        assertThat(SqlFailures.of("batch b1", new SQLException("refused", state)))
                .isInstanceOf(SetupFailure.class);
    }

    @Test
    void theRestOfAMessageMayShowValuesAndIsLeftOut() {
        SQLException failure =
                new SQLException("value too long\nDetail: anna@example.com", "08006");

        assertThat(SqlFailures.of("batch b1", failure))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("batch b1: SQLSTATE 08006 value too long");
    }
}
