package dev.sluice.local.kinesis;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORGenerator;
import tools.jackson.dataformat.cbor.CBORMapper;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;

/// The two encodings of one message model: JSON 1.1 (base64 blobs, epoch seconds) and CBOR 1.1
/// (byte strings, tag 1 with epoch milliseconds, as the SDKs send and expect them).
enum WireFormat {
    JSON("application/x-amz-json-1.1", JsonMapper.builder().build()) {
        @Override
        void writeInstant(JsonGenerator out, Instant value) {
            out.writeNumber(BigDecimal.valueOf(value.toEpochMilli(), 3));
        }

        @Override
        Instant readInstant(JsonNode value) {
            return Instant.ofEpochMilli(value.decimalValue().movePointRight(3).longValue());
        }

        @Override
        int encodedSize(int bytes) {
            return bytes / 3 * 4 + 4;
        }
    },
    CBOR("application/x-amz-cbor-1.1", CBORMapper.builder().build()) {
        @Override
        void writeInstant(JsonGenerator out, Instant value) {
            ((CBORGenerator) out).writeTag(EPOCH_TAG);
            out.writeNumber(value.toEpochMilli());
        }

        @Override
        Instant readInstant(JsonNode value) {
            return Instant.ofEpochMilli(value.decimalValue().longValue());
        }

        @Override
        int encodedSize(int bytes) {
            return bytes;
        }
    };

    private static final int EPOCH_TAG = 1;

    private final String contentType;

    @SuppressWarnings("ImmutableEnumChecker") // a mapper of Jackson 3 is immutable
    private final ObjectMapper mapper;

    WireFormat(String contentType, ObjectMapper mapper) {
        this.contentType = contentType;
        this.mapper = mapper;
    }

    /// The format of a request; JSON unless it says CBOR.
    static WireFormat of(String contentType) {
        return contentType.startsWith(CBOR.contentType) ? CBOR : JSON;
    }

    abstract void writeInstant(JsonGenerator out, Instant value);

    abstract Instant readInstant(JsonNode value);

    /// Size on the wire of a blob, about.
    abstract int encodedSize(int bytes);

    String contentType() {
        return contentType;
    }

    /// @throws KinesisError when the bytes are not an object of this format
    JsonNode parse(byte[] body) {
        try {
            JsonNode tree = body.length == 0 ? mapper.createObjectNode() : mapper.readTree(body);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            // the same answer as for a body that is no object
        }
        throw new KinesisError(
                "SerializationException", 400, "The body is no object in " + contentType + ".");
    }

    /// Encodes a reply.
    Encoded encode(Reply reply) {
        Bytes bytes = new Bytes(512 + encodedSize(reply.sizeHint()));
        try (JsonGenerator out = mapper.createGenerator(bytes)) {
            WireWriter writer = new WireWriter(this, out);
            writer.startObject();
            reply.writeTo(writer);
            writer.endObject();
        }
        return new Encoded(bytes.array(), bytes.size());
    }

    /// Encoded bytes: the first `length` of the array.
    record Encoded(byte[] array, int length) {}

    private static final class Bytes extends ByteArrayOutputStream {
        Bytes(int size) {
            super(size);
        }

        byte[] array() {
            return buf;
        }
    }
}
