package dev.sluice.runtime.stream;

/// The name of a Kinesis stream.
public record StreamName(String value) {

    public StreamName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("empty stream name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
