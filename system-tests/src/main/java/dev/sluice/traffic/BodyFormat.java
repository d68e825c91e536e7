package dev.sluice.traffic;

/// How a client writes several events into one body.
public enum BodyFormat {
    /// One JSON array.
    ARRAY("application/json"),
    /// One JSON object a line.
    NDJSON("application/x-ndjson");

    private final String contentType;

    BodyFormat(String contentType) {
        this.contentType = contentType;
    }

    /// Value of the request's `Content-Type`.
    public String contentType() {
        return contentType;
    }
}
