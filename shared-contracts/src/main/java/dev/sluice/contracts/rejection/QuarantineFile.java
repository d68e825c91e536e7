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
/// for one reason, on one day, from one shard.
///
/// The same records give the same key and the same bytes, so writing them again changes nothing.
/// Records that a crash makes a worker read again in other batches may stand in two objects; they
/// carry the same quarantine id there.
///
/// @param key `quarantine/dt=2026-11-21/reason=bad_time/<stream>-<shard>-<first>-<last>.ndjson.gz`,
///     where the day is that of the records' arrival on the stream, in UTC, and first and last are
///     the sequence numbers of the records in the object
/// @param records how many there are inside
public record QuarantineFile(String key, byte[] content, int records) {

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

    private record Partition(LocalDate day, String reason, String stream, String shard)
            implements Comparable<Partition> {
        private static final Comparator<Partition> ORDER =
                Comparator.comparing(Partition::day)
                        .thenComparing(Partition::reason)
                        .thenComparing(Partition::stream)
                        .thenComparing(Partition::shard);

        @Override
        public int compareTo(Partition other) {
            return ORDER.compare(this, other);
        }
    }

    /// The objects that hold these records, by key; records keep their order.
    ///
    /// @param records in the order in which they were read
    /// @throws IllegalArgumentException if a record's id is not a [QuarantineId]
    public static List<QuarantineFile> of(List<QuarantineRecord> records) {
        Map<Partition, List<QuarantineRecord>> partitions = new TreeMap<>();
        for (QuarantineRecord rejected : records) {
            QuarantineId id = QuarantineId.parse(rejected.quarantineId());
            Partition partition =
                    new Partition(
                            LocalDate.ofInstant(rejected.quarantinedTs(), ZoneOffset.UTC),
                            rejected.reason().code(),
                            id.stream(),
                            id.shard());
            partitions.computeIfAbsent(partition, p -> new ArrayList<>()).add(rejected);
        }
        return partitions.entrySet().stream()
                .map(entry -> file(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static QuarantineFile file(Partition partition, List<QuarantineRecord> records) {
        String key =
                "%sdt=%s/reason=%s/%s-%s-%s-%s.ndjson.gz"
                        .formatted(
                                PREFIX,
                                partition.day(),
                                partition.reason(),
                                partition.stream(),
                                partition.shard(),
                                sequence(records.getFirst()),
                                sequence(records.getLast()));
        return new QuarantineFile(key, gzip(records), records.size());
    }

    private static String sequence(QuarantineRecord rejected) {
        return QuarantineId.parse(rejected.quarantineId()).sequence();
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
