package dev.sluice.local.kinesis;

import java.time.Duration;

/// An HTTP answer that is ready to send.
///
/// @param errorType value of `x-amzn-ErrorType`; empty on success
/// @param delay how much later to send it
/// @param dropped whether to close the connection instead
record Answer(
        int status,
        String contentType,
        byte[] body,
        int length,
        String errorType,
        Duration delay,
        boolean dropped) {

    static Answer plain(int status, String contentType, byte[] body) {
        return new Answer(status, contentType, body, body.length, "", Duration.ZERO, false);
    }
}
