package dev.sluice.contracts.rejection;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// One object of the quarantine: gzip of newline-delimited [QuarantineRecord]s that were refused
/// for one reason, on one day.
///
/// The same records and name give the same key and the same bytes, so writing them again changes
/// nothing. A record that was sent twice, because a stage ended before it could remember the first
/// time, may stand in two objects; it carries the same quarantine id there.
///
/// @param key `quarantine/dt=2026-11-21/reason=bad_time/<name>.ndjson.gz`, where the day is that of
///     the records' arrival on the stream where they were refused, in UTC
/// @param records what is inside
public record QuarantineFile(String key, byte[] content, List<QuarantineRecord> records) {

    /// What every key starts with.
    public static final String PREFIX = "quarantine/";

    /// The records of an object, in its order.
    ///
    /// @param content of an object with a key of ours
    /// @throws IllegalArgumentException if it is none
    public static List<QuarantineRecord> read(byte[] content) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(new ByteArrayInputStream(content)),
                                StandardCharsets.UTF_8))) {
            return lines.lines().map(QuarantineRecord::decode).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("not an object of the quarantine", e);
        }
    }

    /// An object with other records than it had.
    public static QuarantineFile at(String key, List<QuarantineRecord> records) {
        return new QuarantineFile(key, gzip(records), List.copyOf(records));
    }

    private record Partition(LocalDate day, String reason) implements Comparable<Partition> {
        private static final Comparator<Partition> ORDER =
                Comparator.comparing(Partition::day).thenComparing(Partition::reason);

        @Override
        public int compareTo(Partition other) {
            return ORDER.compare(this, other);
        }
    }

    /// The objects that hold these records, by key; records keep their order.
    ///
    /// @param name of the objects, which says where the records come from and is used for no others
    public static List<QuarantineFile> of(String name, List<QuarantineRecord> records) {
        Map<Partition, List<QuarantineRecord>> partitions = new TreeMap<>();
        for (QuarantineRecord refused : records) {
            Partition partition =
                    new Partition(
                            LocalDate.ofInstant(refused.quarantinedTs(), ZoneOffset.UTC),
                            refused.reason().code());
            partitions.computeIfAbsent(partition, p -> new ArrayList<>()).add(refused);
        }
        return partitions.entrySet().stream()
                .map(entry -> file(entry.getKey(), name, entry.getValue()))
                .toList();
    }

    private static QuarantineFile file(
            Partition partition, String name, List<QuarantineRecord> records) {
        String key =
                "%sdt=%s/reason=%s/%s.ndjson.gz"
                        .formatted(PREFIX, partition.day(), partition.reason(), name);
        return at(key, records);
    }

    private static byte[] gzip(List<QuarantineRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream lines = new GZIPOutputStream(bytes)) {
            for (QuarantineRecord rejected : records) {
                lines.write(rejected.encode());
                lines.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
