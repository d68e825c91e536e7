package dev.sluice.traffic.load;

/// What came of one try.
sealed interface Answer {

    /// 200.
    record Accepted() implements Answer {}

    /// Not taken, and another try is no use.
    record Rejected(int status) implements Answer {}

    /// 429, 503 or no connection at all: not taken, to be tried again.
    ///
    /// @param retryAfter seconds, negative when the collector named none
    record Busy(long retryAfter) implements Answer {}

    /// Timeout, broken connection, or a server error that does not say whether the events were
    /// taken.
    record Missing() implements Answer {}

    /// Reads status and `Retry-After`; a date there is not understood, as by most SDKs.
    static Answer of(int status, String retryAfter) {
        if (status == 200) {
            return new Accepted();
        }
        if (status == 429 || status == 503) {
            boolean seconds = retryAfter.matches("\\d{1,9}");
            return new Busy(seconds ? Long.parseLong(retryAfter) : -1);
        }
        return status >= 500 ? new Missing() : new Rejected(status);
    }
}
