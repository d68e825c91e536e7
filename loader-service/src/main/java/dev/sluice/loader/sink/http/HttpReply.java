package dev.sluice.loader.sink.http;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import java.net.http.HttpHeaders;

/// What a sink answered.
///
/// @param request method and address, without the query
public record HttpReply(String request, int status, HttpHeaders headers, byte[] body) {

    private static final int TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /// What to throw when the reply is no success: a failure that may pass, or one that does not
    /// without somebody's doing.
    ///
    /// @param detail the sink's name for the error, without anything of a row
    public RuntimeException failure(String detail) {
        String message =
                "%s answered %d%s".formatted(request, status, detail.isEmpty() ? "" : " " + detail);
        if (isTransient(status)) {
            return new TransientFailure(message);
        }
        return switch (status) {
            case 401, 403 -> new SetupFailure(message + ": check its credentials and permissions");
            default -> new SetupFailure(message);
        };
    }

    /// Whether a request with this status may work later.
    public static boolean isTransient(int status) {
        return status >= 500 || status == TIMEOUT || status == TOO_MANY_REQUESTS;
    }
}
