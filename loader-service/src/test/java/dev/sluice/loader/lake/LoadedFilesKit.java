package dev.sluice.loader.lake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/// What every [LoadedFiles] does, whatever is behind it.
abstract class LoadedFilesKit {

    static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");
    static final Instant LATER = AT.plusNanos(1000);

    protected abstract LoadedFiles files();

    /// Puts a file with seven rows into the ledger.
    protected abstract void load(String key, Instant at);

    @Test
    void givesFilesInTheOrderInWhichTheyWereLoaded() {
        load("curated/events/dt=2026-11-21/hour=10/b", LATER);
        load("curated/events/dt=2026-11-21/hour=10/c", AT);
        load("curated/events/dt=2026-11-21/hour=10/a", AT);

        assertThat(files().after(Instant.EPOCH, "", 10))
                .extracting(LoadedFiles.Loaded::key)
                .extracting(key -> key.charAt(key.length() - 1))
                .containsExactly('a', 'c', 'b');
    }

    @Test
    void goesOnWhereAPageEnded() {
        load("curated/events/dt=2026-11-21/hour=10/a", AT);
        load("curated/events/dt=2026-11-21/hour=10/b", AT);
        load("curated/events/dt=2026-11-21/hour=10/c", LATER);

        List<LoadedFiles.Loaded> page = files().after(AT, "", 1);
        assertThat(page)
                .containsExactly(
                        new LoadedFiles.Loaded("curated/events/dt=2026-11-21/hour=10/a", 7, AT));
        assertThat(files().after(AT, page.getFirst().key(), 10)).hasSize(2);
        assertThat(files().after(LATER, "", 10)).hasSize(1);
        assertThat(files().after(LATER.plusNanos(1000), "", 10)).isEmpty();
    }
}
