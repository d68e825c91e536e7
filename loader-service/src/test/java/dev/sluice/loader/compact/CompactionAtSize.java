package dev.sluice.loader.compact;

import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeRows;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.parquet.RowFile;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;
import dev.sluice.runtime.kinesis.S3ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Compacts an hour of some hundred MB in a bucket on disk, and fails if what comes out is not of
/// 128 to 256 MB. What it needs of memory is bounded by the heap that it is given:
///
/// `java -Xmx768m -XX:+UseSerialGC -cp <test class path>
/// dev.sluice.loader.compact.CompactionAtSize [ROWS]`
final class CompactionAtSize {

    private static final String BUCKET = "lake";
    private static final int FILES = 60;
    private static final int PERSONS = 20_000;
    private static final int WORDS = 200;
    private static final long LEAST = 128_000_000;
    private static final long MOST = 256L << 20;

    private CompactionAtSize() {}

    public static void main(String[] args) throws IOException {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 400_000;
        Path folder = Files.createTempDirectory("compaction-at-size");
        try (S3Server server =
                        S3Server.start(
                                S3ServerConfig.in(folder.resolve("s3")).withBuckets(BUCKET));
                S3Client client = client(server)) {
            S3ObjectStore objects =
                    new S3ObjectStore(client, BUCKET, folder, InstantSource.system());
            FileLists lists = new FileLists(objects, objects);
            List<ListedFile> small = publish(objects, rows);
            lists.change(LakeRows.HOUR, list -> Optional.of(list.with(small)));
            compact(objects, lists, folder);
        } finally {
            new WorkFolder(folder).close();
        }
        System.exit(0);
    }

    private static void compact(S3ObjectStore objects, FileLists lists, Path folder) {
        CompactLimits limits = CompactLimits.of(192L << 20, 64L << 20, folder);
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long began = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Compaction.Done done =
                (Compaction.Done)
                        new CompactPipeline(lists, objects, limits, InstantSource.system())
                                .compact(LakeRows.HOUR, step -> System.out.println("  " + step));
        double seconds = (System.nanoTime() - began) / 1e9;
        double core = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d files to %d, %,d rows, %.0f MB in %.0f s, %.0f s of a core: %,.0f rows/s, %.1f"
                        + " MB/s of it; heap peak %d of %d MB%n",
                done.filesBefore(),
                done.files(),
                done.rows(),
                done.bytes() / 1e6,
                seconds,
                core,
                done.rows() / core,
                done.bytes() / 1e6 / core,
                peak() >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
        for (long size : sizes(objects, lists)) {
            System.out.printf(Locale.ROOT, "  %.1f MB%n", size / 1e6);
            if (size < LEAST || size > MOST) {
                throw new AssertionError("a file of " + size + " bytes");
            }
        }
    }

    private static List<Long> sizes(S3ObjectStore objects, FileLists lists) {
        var listed = lists.read(LakeRows.HOUR).keys();
        try (Stream<ObjectSummary> all = objects.list(CompactedFiles.PREFIX)) {
            return all.filter(object -> listed.contains(object.key()))
                    .map(ObjectSummary::size)
                    .toList();
        }
    }

    private static List<ListedFile> publish(S3ObjectStore objects, int rows) {
        WideEvents events = new WideEvents(PERSONS, WORDS);
        List<ListedFile> files = new ArrayList<>();
        for (int f = 0; f < FILES; f++) {
            String key = "curated/events/" + LakeRows.HOUR.path() + "/" + f + ".parquet";
            try (PendingObject object = objects.begin(key)) {
                try (RowFile file = new RowFile(LakeRows.LAYOUT.columns(), object.content())) {
                    for (int i = 0; i < rows / FILES; i++) {
                        file.write(events.row(f * rows + i));
                    }
                }
                object.publish();
            }
            files.add(new ListedFile(key, rows / FILES, Instant.EPOCH, false));
        }
        return files;
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().contains("Gen"))
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static S3Client client(S3Server server) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .build();
    }
}
