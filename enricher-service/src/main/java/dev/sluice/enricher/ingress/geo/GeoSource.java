package dev.sluice.enricher.ingress.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.Reader;

import dev.sluice.enricher.process.geo.GeoDatabase;
import dev.sluice.enricher.process.geo.GeoDatabases;
import dev.sluice.enricher.process.geo.InvalidGeoDatabase;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.reference.ReferenceSource;

import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Opens the databases of a place, each for itself: one that is damaged or cannot be read is left
/// out, and the file of that name that was in use before stays. Until something was found, a place
/// that is away is as good as an empty one, so that a start never waits for it; later it changes
/// nothing. For one thread at a time.
///
/// A database is mapped from a copy of its own, since writing over a mapped file ends the process.
///
/// Counts `sluice.geo.refused{file}`.
public final class GeoSource implements ReferenceSource<GeoDatabases> {

    /// Of the names of files that count.
    static final String SUFFIX = ".mmdb";

    /// Records of a database that are kept decoded.
    private static final int NODES = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(GeoSource.class);

    /// @param version of the file
    private record Opened(String version, GeoDatabase database) {}

    /// @param version of the file
    private record Refused(String version, String why) {}

    private final GeoFiles files;
    private final Path spool;
    private final MeterRegistry meters;
    private final Map<String, Opened> opened = new TreeMap<>();
    private final Map<String, Refused> refused = new TreeMap<>();
    private GeoDatabases last = GeoDatabases.of(List.of(), "");
    private int failedReads;
    private String told = "";

    /// @param spool a folder with room for the largest file; a copy is gone from it once it is
    ///     mapped
    public GeoSource(GeoFiles files, Path spool, MeterRegistry meters) {
        this.files = files;
        this.spool = spool;
        this.meters = meters;
    }

    /// @throws SetupFailure if the place is empty and was not
    @Override
    public Optional<String> version() {
        // After a failed read it is another one, so that the read is tried again.
        return Optional.of(versions() + " " + failedReads);
    }

    @Override
    public GeoDatabases read() {
        SortedMap<String, String> versions = versions();
        opened.keySet().retainAll(versions.keySet());
        refused.keySet().retainAll(versions.keySet());
        Map<String, String> problems = new TreeMap<>();
        versions.forEach((name, version) -> read(name, version, problems));
        refused.forEach((name, refusal) -> problems.put(name, refusal.why()));
        last = databases(String.join("; ", problems.values()));
        tell();
        return last;
    }

    @Override
    public String place() {
        return files.place();
    }

    private SortedMap<String, String> versions() {
        try {
            SortedMap<String, String> versions = files.versions();
            if (versions.isEmpty() && !opened.isEmpty()) {
                throw new SetupFailure(files.place() + " has no databases any more");
            }
            return versions;
        } catch (TransientFailure | SetupFailure e) {
            if (!opened.isEmpty()) {
                throw e;
            }
            return Collections.emptySortedMap();
        }
    }

    private void read(String name, String version, Map<String, String> problems) {
        Opened before = opened.get(name);
        Refused refusal = refused.get(name);
        if (before != null && before.version().equals(version)
                || refusal != null && refusal.version().equals(version)) {
            return;
        }
        try {
            opened.put(name, new Opened(version, database(name)));
            refused.remove(name);
        } catch (InvalidGeoDatabase e) {
            meters.counter("sluice.geo.refused", "file", name).increment();
            String stays = before == null ? "" : "; " + before.database() + " stays in use";
            String why = files.place() + ": " + e.getMessage() + stays;
            LOG.error("a database is refused: {}", why);
            refused.put(name, new Refused(version, why));
        } catch (IOException | TransientFailure | SetupFailure e) {
            failedReads++;
            problems.put(
                    name, "%s: %s cannot be read: %s".formatted(place(), name, e.getMessage()));
        }
    }

    private GeoDatabase database(String name) throws IOException {
        Files.createDirectories(spool);
        Path copy = Files.createTempFile(spool, "geo-", SUFFIX);
        try {
            files.copy(name, copy);
            return GeoDatabase.verified(name, mapped(name, copy));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static Reader mapped(String name, Path copy) throws IOException {
        try {
            return new Reader(copy.toFile(), Reader.FileMode.MEMORY_MAPPED, new CHMCache(NODES));
        } catch (InvalidDatabaseException | RuntimeException e) {
            throw new InvalidGeoDatabase(name, "is no database: " + e.getMessage(), e);
        }
    }

    /// Those in use, and the same object as before if they are the same.
    private GeoDatabases databases(String problem) {
        List<GeoDatabase> now = opened.values().stream().map(Opened::database).toList();
        GeoDatabases databases = GeoDatabases.of(now, problem);
        return databases.equals(last) ? last : databases;
    }

    private void tell() {
        String text =
                last.isEmpty()
                        ? "geo is off: no database in " + place()
                        : "geo is on: " + last.all();
        text += last.problem().isEmpty() ? "" : "; " + last.problem();
        if (!text.equals(told)) {
            LOG.info("{}", text);
        }
        told = text;
    }
}
