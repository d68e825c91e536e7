package dev.sluice.loader.sink.clickhouse;

import dev.sluice.loader.sink.http.HttpReply;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The number of an error of ClickHouse, which says more than the HTTP status, and nothing of rows.
///
/// @param code 0 if the reply has none
record ClickHouseError(HttpReply reply, int code) {

    /// `Code: 241, e.displayText() = …` or `Code: 241. DB::Exception: …`.
    private static final Pattern CODE = Pattern.compile("^Code: (\\d{1,5})[.,]");

    private static final int LONGEST = 64;

    /// Values that a column cannot hold, or bytes that are no row.
    private static final Set<Integer> OF_ROWS =
            Set.of(6, 26, 27, 32, 33, 38, 41, 69, 72, 117, 131, 321, 349, 407, 469);

    /// Timeouts, networks, quotas, memory, too many parts or queries, Keeper, a replica that lags
    /// behind or is read-only.
    private static final Set<Integer> PASSING =
            Set.of(
                    159, 160, 201, 202, 203, 209, 210, 225, 236, 241, 242, 243, 252, 254, 265, 279,
                    285, 286, 289, 319, 335, 364, 369, 394, 425, 439, 473, 499, 999);

    static ClickHouseError of(HttpReply reply) {
        String header = reply.headers().firstValue("X-ClickHouse-Exception-Code").orElse("");
        if (header.matches("\\d{1,5}")) {
            return new ClickHouseError(reply, Integer.parseInt(header));
        }
        int length = Math.min(reply.body().length, LONGEST);
        Matcher code = CODE.matcher(new String(reply.body(), 0, length, StandardCharsets.UTF_8));
        return new ClickHouseError(reply, code.find() ? Integer.parseInt(code.group(1)) : 0);
    }

    boolean isOfRows() {
        return OF_ROWS.contains(code);
    }

    String named() {
        return "error " + code;
    }

    /// Statuses are rough here: a missing table and too little memory may both answer 500.
    RuntimeException failure() {
        if (code == 0) {
            return reply.failure("");
        }
        String message = reply.request() + " answered " + named();
        return PASSING.contains(code) ? new TransientFailure(message) : new SetupFailure(message);
    }
}
