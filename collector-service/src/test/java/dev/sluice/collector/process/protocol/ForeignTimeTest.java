package dev.sluice.collector.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Timestamps;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class ForeignTimeTest {

    @ParameterizedTest
    @CsvSource({
        "1795223253664, 2026-11-21T01:07:33.664Z",
        "0, 1970-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59.999Z",
        "999, 1970-01-01T00:00:00.999Z"
    })
    void readsMillisecondsSince1970(String millis, Instant time) {
        assertThat(Timestamps.parse(String.valueOf(ForeignTime.rfc3339(millis)))).contains(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T01:07:33.123456789Z, 2026-11-21T01:07:33.123456Z",
        "2026-11-21T01:07:33.1Z, 2026-11-21T01:07:33.1Z",
        "2026-11-21T02:07:33+01:00, 2026-11-21T01:07:33Z"
    })
    void leavesTimesThatTheValidatorCanRead(String sent, Instant time) {
        assertThat(ForeignTime.rfc3339(sent)).isEqualTo(sent);
        assertThat(Timestamps.parse(sent)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "1795223253.664",
                "1e12",
                " 1795223253664",
                "1795223253664L",
                "99999999999999999999",
                "٣٤٥"
            })
    void leavesWhatIsNoTimeForTheValidatorToRefuse(String sent) {
        assertThat(ForeignTime.rfc3339(sent)).isEqualTo(sent);
        assertThat(Timestamps.parse(sent)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999999", "-999999999999999"})
    void writesTheFarthestTimesSoThatTheyCanBeReadBack(String millis) {
        assertThat(Timestamps.parse(String.valueOf(ForeignTime.rfc3339(millis))))
                .contains(Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void makesNoTimeOfNone(String none) {
        assertThat(ForeignTime.rfc3339(none)).isNull();
    }
}
