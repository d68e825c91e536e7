package dev.sluice.local.kinesis;

import java.nio.charset.StandardCharsets;

/// The faults over HTTP: GET shows the rules, PUT replaces them, DELETE ends them. Body:
/// [FaultJson].
final class FaultEndpoint {

    static final String PATH = "/_admin/kinesis/faults";

    private final KinesisFaults faults;

    FaultEndpoint(KinesisFaults faults) {
        this.faults = faults;
    }

    Answer answer(String method, byte[] body) {
        try {
            switch (method) {
                case "GET" -> {}
                case "PUT" -> faults.replace(FaultJson.read(body));
                case "DELETE" -> faults.clear();
                default -> {
                    return text(405, "GET, PUT or DELETE");
                }
            }
        } catch (IllegalArgumentException e) {
            return text(400, String.valueOf(e.getMessage()));
        }
        return Answer.plain(200, "application/json", FaultJson.write(faults.strikes()));
    }

    private static Answer text(int status, String message) {
        return Answer.plain(
                status, "text/plain; charset=utf-8", message.getBytes(StandardCharsets.UTF_8));
    }
}
