package dev.sluice.local.kinesis;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.time.Instant;

/// Writes the members of an answer in either format; members without a value are left out.
final class WireWriter {

    private final WireFormat format;
    private final JsonGenerator out;

    WireWriter(WireFormat format, JsonGenerator out) {
        this.format = format;
        this.out = out;
    }

    WireWriter startObject() {
        out.writeStartObject();
        return this;
    }

    WireWriter startObject(String name) {
        out.writeName(name);
        return startObject();
    }

    WireWriter endObject() {
        out.writeEndObject();
        return this;
    }

    WireWriter startArray(String name) {
        out.writeName(name);
        out.writeStartArray();
        return this;
    }

    WireWriter endArray() {
        out.writeEndArray();
        return this;
    }

    WireWriter strings(String name, Iterable<String> values) {
        startArray(name);
        for (String value : values) {
            out.writeString(value);
        }
        return endArray();
    }

    WireWriter string(String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
        return this;
    }

    WireWriter number(String name, long value) {
        out.writeNumberProperty(name, value);
        return this;
    }

    WireWriter bool(String name, boolean value) {
        out.writeBooleanProperty(name, value);
        return this;
    }

    WireWriter timestamp(String name, long epochMillis) {
        out.writeName(name);
        format.writeInstant(out, Instant.ofEpochMilli(epochMillis));
        return this;
    }

    WireWriter blob(String name, byte[] bytes, int from, int length) {
        out.writeName(name);
        out.writeBinary(bytes, from, length);
        return this;
    }
}
