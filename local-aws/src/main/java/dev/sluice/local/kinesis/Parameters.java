package dev.sluice.local.kinesis;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of a request, read with the service's checks; a member that breaks one is named in
/// the error.
final class Parameters {

    private final JsonNode tree;
    private final WireFormat format;

    Parameters(JsonNode tree, WireFormat format) {
        this.tree = tree;
        this.format = format;
    }

    Optional<String> text(String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw KinesisError.constraint(name, "be a string");
        }
        return Optional.of(value.stringValue());
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> KinesisError.constraint(name, "not be null"));
    }

    Optional<Integer> integer(String name, int min, int max) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw KinesisError.constraint(name, "be an integer");
        }
        int number = value.intValue();
        if (number < min) {
            throw KinesisError.constraint(
                    name, "have value greater than or equal to " + min + ", was " + number);
        }
        if (number > max) {
            throw KinesisError.constraint(
                    name, "have value less than or equal to " + max + ", was " + number);
        }
        return Optional.of(number);
    }

    int requiredInteger(String name, int min, int max) {
        return integer(name, min, max)
                .orElseThrow(() -> KinesisError.constraint(name, "not be null"));
    }

    boolean flag(String name) {
        return tree.path(name).booleanValue(false);
    }

    Optional<Instant> instant(String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw KinesisError.constraint(name, "be a timestamp");
        }
        return Optional.of(format.readInstant(value));
    }

    byte[] requiredBlob(String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw KinesisError.constraint(name, "not be null");
        }
        try {
            return value.binaryValue();
        } catch (JacksonException e) {
            throw KinesisError.constraint(name, "be a blob");
        }
    }

    /// A hash key: a decimal number from 0 to 2^128 - 1.
    Optional<BigInteger> hashKey(String name) {
        return text(name).map(text -> hashKey(name, text));
    }

    private static BigInteger hashKey(String name, String text) {
        if (!text.matches("0|([1-9]\\d{0,38})")) {
            throw KinesisError.constraint(
                    name, "satisfy regular expression pattern: 0|([1-9]\\d{0,38})");
        }
        BigInteger key = new BigInteger(text);
        if (key.compareTo(HashRange.MAX) > 0) {
            throw KinesisError.invalidArgument(
                    "Invalid " + name + ". " + name + " must be in the range: [0, 2^128-1].");
        }
        return key;
    }

    Optional<Parameters> object(String name) {
        JsonNode value = tree.path(name);
        return value.isObject() ? Optional.of(new Parameters(value, format)) : Optional.empty();
    }

    /// The objects of a list; empty when the member is missing.
    List<Parameters> objects(String name) {
        List<Parameters> all = new ArrayList<>();
        for (JsonNode element : tree.path(name).values()) {
            all.add(new Parameters(element, format));
        }
        return all;
    }

    /// The strings of a list; empty when the member is missing.
    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (JsonNode element : tree.path(name).values()) {
            all.add(element.stringValue(""));
        }
        return all;
    }

    /// The string members of an object.
    List<Map.Entry<String, String>> textEntries(String name) {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        for (var member : tree.path(name).properties()) {
            all.add(Map.entry(member.getKey(), member.getValue().stringValue("")));
        }
        return all;
    }
}
