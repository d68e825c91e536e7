package dev.sluice.loader.parquet;

import dev.sluice.runtime.failure.SetupFailure;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The columns of packed rows, which may come from files of several layouts, and those of them that
/// make the key.
///
/// @param type columns without nesting
/// @param key names of columns of text or 64-bit whole numbers, the first of which decides first; a
///     missing value is before all others
public record PackedSchema(MessageType type, List<String> key) {

    public PackedSchema {
        key = List.copyOf(key);
    }

    /// Every column of any of the files, as the first that has it orders them. One that some file
    /// lacks may be missing in a row.
    ///
    /// @throws SetupFailure if two files mean different things by a column
    public static PackedSchema union(List<MessageType> files, List<String> key) {
        Map<String, PrimitiveType> columns = new LinkedHashMap<>();
        for (MessageType file : files) {
            for (Type field : file.getFields()) {
                columns.merge(field.getName(), field.asPrimitiveType(), PackedSchema::either);
            }
        }
        List<Type> fields = new ArrayList<>();
        columns.forEach(
                (name, column) ->
                        fields.add(
                                files.stream().allMatch(file -> file.containsField(name))
                                        ? column
                                        : as(column, Repetition.OPTIONAL)));
        return new PackedSchema(new MessageType("event", fields), key);
    }

    /// Some of its columns only.
    public PackedSchema only(List<String> columns, List<String> ofKey) {
        return new PackedSchema(
                new MessageType(
                        type.getName(),
                        type.getFields().stream()
                                .filter(field -> columns.contains(field.getName()))
                                .toList()),
                ofKey);
    }

    /// Takes the values of a row. Those that are missing are not told.
    public interface Values {

        /// @param column its index
        /// @param at where the value stands in the row
        void value(int column, PrimitiveTypeName type, ByteBuffer at);
    }

    /// Tells the values of a row, in the order of the file that it comes from. Each is given with
    /// the buffer at its first byte; text and fixed bytes are everything up to the buffer's limit.
    public void walk(PackedRow row, Values values) {
        ByteBuffer at = ByteBuffer.wrap(row.bytes()).position(row.keyLength());
        while (at.position() < row.bytes().length) {
            int column = at.getShort();
            PrimitiveTypeName name = type.getType(column).asPrimitiveType().getPrimitiveTypeName();
            int length = width(name);
            int end = length < 0 ? at.getInt() + at.position() : at.position() + length;
            values.value(column, name, at.limit(end));
            at.limit(row.bytes().length).position(end);
        }
    }

    /// Bytes of a packed value; negative if they are as many as stand before it.
    static int width(PrimitiveTypeName name) {
        return switch (name) {
            case BOOLEAN -> 1;
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> -1;
        };
    }

    private static PrimitiveType either(PrimitiveType one, PrimitiveType other) {
        if (!as(one, Repetition.OPTIONAL).equals(as(other, Repetition.OPTIONAL))) {
            throw new SetupFailure(
                    "column %s is %s in one file and %s in another"
                            .formatted(one.getName(), one, other));
        }
        return one.isRepetition(Repetition.OPTIONAL) ? one : other;
    }

    private static PrimitiveType as(PrimitiveType column, Repetition repetition) {
        return column.isRepetition(repetition)
                ? column
                : Types.primitive(column.getPrimitiveTypeName(), repetition)
                        .length(column.getTypeLength())
                        .as(column.getLogicalTypeAnnotation())
                        .named(column.getName());
    }
}
