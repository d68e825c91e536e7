package dev.sluice.enricher.ingress.geo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.process.geo.GeoDatabase;
import dev.sluice.enricher.process.geo.GeoDatabases;
import dev.sluice.enricher.process.geo.GeoFixtures;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.reference.ReferenceTiming;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// What holds for databases wherever they are kept.
abstract class GeoFilesKit {

    private static final String CITY = "city.mmdb";
    private static final ReferenceTiming TIMING =
            new ReferenceTiming(Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(1));

    @TempDir Path spool;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    abstract GeoFiles files();

    /// Puts a file there, in place of one of that name.
    abstract void put(String name, byte[] content) throws IOException;

    abstract void remove(String name) throws IOException;

    /// Makes the place unreachable.
    abstract void goAway() throws IOException;

    @Test
    void startsWithoutAnythingAndTakesWhatComesLater() throws IOException {
        Reference<GeoDatabases> databases = load();
        GeoHealth health = health(databases);

        assertThat(databases.get().isEmpty()).isTrue();
        assertThat(health.health().details()).containsEntry("geo", "off");
        assertThat(health.health().up()).isTrue();
        assertThat(meters.get("sluice.geo.databases").gauge().value()).isZero();

        put(CITY, GeoFixtures.file(GeoFixtures.CITY));
        put("asn.mmdb", GeoFixtures.file(GeoFixtures.ASN));
        put("README.md", new byte[] {1});
        databases.refresh();

        assertThat(files(databases)).containsExactly(CITY, "asn.mmdb");
        assertThat(health.health().details())
                .containsEntry("geo", "on")
                .containsEntry(CITY, "GeoIP2-City of 2026-02-04T22:49:29Z");
        assertThat(meters.get("sluice.geo.databases").gauge().value()).isEqualTo(2);
        assertThat(meters.get("sluice.geo.age").gauge().value()).isPositive();
    }

    @Test
    void takesANewerFileWithoutARestart() throws IOException {
        put(CITY, GeoFixtures.flat("Berlin"));
        Reference<GeoDatabases> databases = load();
        GeoDatabases before = databases.get();
        databases.refresh();
        assertThat(databases.get()).as("nothing new").isSameAs(before);

        put(CITY, GeoFixtures.file(GeoFixtures.CITY));
        databases.refresh();

        assertThat(databases.get().all().toString()).contains("GeoIP2-City");
    }

    @Test
    void keepsTheOldFileWhenTheNewOneIsDamaged() throws IOException {
        put(CITY, GeoFixtures.file(GeoFixtures.CITY));
        put("asn.mmdb", GeoFixtures.flat("Berlin"));
        Reference<GeoDatabases> databases = load();

        put(CITY, GeoFixtures.file(GeoFixtures.BROKEN_DOUBLE));
        put("asn.mmdb", GeoFixtures.file(GeoFixtures.ASN));
        databases.refresh();

        assertThat(databases.get().all().toString())
                .contains("city.mmdb: GeoIP2-City of 2026-02-04")
                .contains("asn.mmdb: GeoLite2-ASN");
        assertThat(health(databases).health().why())
                .contains(files().place(), "city.mmdb is damaged: ", "invalid size of double")
                .endsWith("city.mmdb: GeoIP2-City of 2026-02-04T22:49:29Z stays in use");
        databases.refresh();
        assertThat(refusals(CITY)).as("looked at once").isEqualTo(1);

        put(CITY, GeoFixtures.flat("Berlin"));
        databases.refresh();

        assertThat(health(databases).health().why()).isEmpty();
        assertThat(databases.get().all().toString()).contains("city.mmdb: city ipv4");
    }

    @Test
    void leavesOutADamagedFileAtTheStart() throws IOException {
        put("a.mmdb", GeoFixtures.file(GeoFixtures.BROKEN_TREE));
        put("b.mmdb", GeoFixtures.file(GeoFixtures.CITY));
        put("c.mmdb", new byte[0]);
        put("d.mmdb", "not a database".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        put("e.mmdb", java.util.Arrays.copyOf(GeoFixtures.file(GeoFixtures.CITY), 9000));

        Reference<GeoDatabases> databases = load();

        assertThat(files(databases)).containsExactly("b.mmdb");
        assertThat(health(databases).health().why())
                .contains("a.mmdb is damaged", "c.mmdb is no database", "d.mmdb is no database")
                .contains("e.mmdb is no database");
    }

    @Test
    void keepsWhatIsInUseWhileThePlaceIsAwayOrEmpty() throws IOException {
        put(CITY, GeoFixtures.file(GeoFixtures.CITY));
        put("asn.mmdb", GeoFixtures.file(GeoFixtures.ASN));
        Reference<GeoDatabases> databases = load();

        remove("asn.mmdb");
        databases.refresh();
        assertThat(files(databases)).containsExactly(CITY);

        remove(CITY);
        databases.refresh();
        assertThat(files(databases)).containsExactly(CITY);
        assertThat(databases.health().why()).contains(files().place(), "no databases any more");

        goAway();
        databases.refresh();
        assertThat(files(databases)).containsExactly(CITY);
        assertThat(databases.health().up()).isTrue();
    }

    @Test
    void startsWhileThePlaceIsAway() throws IOException {
        goAway();

        assertThat(load().get().isEmpty()).isTrue();
    }

    @Test
    void leavesNoCopyBehind() throws IOException {
        put(CITY, GeoFixtures.file(GeoFixtures.CITY));
        put("bad.mmdb", GeoFixtures.file(GeoFixtures.BROKEN_TREE));
        load();

        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void triesAgainWhatCouldNotBeRead() throws IOException {
        put(CITY, GeoFixtures.file(GeoFixtures.CITY));
        Path file = spool.resolve("file");
        Files.createFile(file);
        GeoSource source = new GeoSource(files(), file, meters);
        Reference<GeoDatabases> databases =
                Reference.load("geo", source, TIMING, InstantSource.system(), meters);
        assertThat(databases.get().isEmpty()).isTrue();
        assertThat(health(databases).health().why()).contains(CITY + " cannot be read");

        Files.delete(file);
        databases.refresh();

        assertThat(files(databases)).containsExactly(CITY);
        assertThat(health(databases).health().why()).isEmpty();
    }

    private Reference<GeoDatabases> load() {
        GeoSource source = new GeoSource(files(), spool, meters);
        return Reference.load("geo", source, TIMING, InstantSource.system(), meters);
    }

    private GeoHealth health(Reference<GeoDatabases> databases) {
        return new GeoHealth(
                databases, InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")), meters);
    }

    private double refusals(String file) {
        return meters.get("sluice.geo.refused").tags("file", file).counter().count();
    }

    private static List<String> files(Reference<GeoDatabases> databases) {
        return databases.get().all().stream().map(GeoDatabase::file).toList();
    }
}
