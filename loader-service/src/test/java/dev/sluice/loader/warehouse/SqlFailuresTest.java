package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

class SqlFailuresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "XX000|Spectrum Scan Error: file is not readable as PARQUET|true",
                "XX000|S3ServiceException: NoSuchKey, status 404|true",
                "XX000|S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey|true",
                "XX000|S3ServiceException:Access Denied,Status 403,Error AccessDenied|false",
                "XX000|S3ServiceException: NoSuchBucket, status 404|false",
                "XX000|Not authorized to get credentials of role arn:aws:iam::1:role/r|false",
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
    @CsvSource(
            delimiter = '|',
            value = {
                "XX000|ERROR: 1023|CONFLICT",
                "XX000|1023 Serializable isolation violation on table|CONFLICT",
                "40001|could not serialize access|CONFLICT",
                "55P03|could not obtain lock on relation|CONFLICT",
                "08001|Connection refused|AWAY",
                "08006|An I/O error occurred|AWAY",
                "57P01|terminating connection due to administrator command|AWAY",
                "53300|sorry, too many clients already|BUSY",
                "53100|Disk Full|BUSY",
                "XX000|connection limit \"500\" exceeded for non-bootstrap users|BUSY",
                "28000|password authentication failed|SETUP",
                "42501|permission denied for relation events|SETUP",
                "42P01|relation does not exist|SETUP",
                "XX000|S3ServiceException:Access Denied,Status 403,Error AccessDenied|SETUP",
                "XX000|S3ServiceException: SlowDown, status 503|PASSING",
                "54000|statement too complex|PASSING",
            })
    void saysWhatHelps(String state, String message, FailureKind kind) {
        SQLException failure = new SQLException(message, state);

        assertThat(SqlFailures.kind(failure)).isEqualTo(kind);
        assertThat(LoopFailure.of(SqlFailures.of("batch b1", failure)).kind()).isEqualTo(kind);
    }

    @Test
    void noConnectionInTimeMeansAwayWhateverItsState() {
        assertThat(SqlFailures.kind(new SQLTransientConnectionException("timed out")))
                .isEqualTo(FailureKind.AWAY);
    }

    @Test
    void whatSomebodyMustChangeIsSaid() {
        assertThat(SqlFailures.of("batch b1", new SQLException("permission denied", "42501")))
                .hasMessage("batch b1: SQLSTATE 42501 permission denied; grant it to the user");
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
