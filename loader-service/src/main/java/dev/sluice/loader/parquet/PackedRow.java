package dev.sluice.loader.parquet;

import java.util.Arrays;

/// A row as bytes, as it goes from one file into another: the key that it is sorted by, then its
/// values. Rows of one [PackedSchema] compare by their keys.
///
/// @param bytes are not changed
/// @param keyLength how many of them are the key
public record PackedRow(byte[] bytes, int keyLength) implements Comparable<PackedRow> {

    @Override
    public int compareTo(PackedRow other) {
        return Arrays.compareUnsigned(bytes, 0, keyLength, other.bytes, 0, other.keyLength);
    }
}
