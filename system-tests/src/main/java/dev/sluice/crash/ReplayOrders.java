package dev.sluice.crash;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replays of all that came since a moment, each resumed until it is finished.
final class ReplayOrders implements Beside.Orders {

    /// The first line that a replay writes; its plan is stored by then.
    private static final Pattern BEGAN = Pattern.compile("(?m)^replay (\\S+) of what arrived");

    private final Path data;
    private final Instant from;
    private final Duration pause;
    private final boolean once;
    private @Nullable String unfinished;
    private final List<String> finished = new ArrayList<>();
    private int resumed;

    private ReplayOrders(Path data, Instant from, Duration pause, boolean once) {
        this.data = data;
        this.from = from;
        this.pause = pause;
        this.once = once;
    }

    /// One after the other.
    ///
    /// @param from the first arrival
    static ReplayOrders again(Path data, Instant from, Duration pause) {
        return new ReplayOrders(data, from, pause, false);
    }

    /// One, which has to be finished.
    static ReplayOrders once(Path data, Instant from) {
        return new ReplayOrders(data, from, Duration.ofSeconds(1), true);
    }

    @Override
    public List<String> next() {
        String id = unfinished;
        List<String> words = new ArrayList<>(List.of("replay", "--data", data.toString()));
        if (id != null) {
            resumed++;
            words.addAll(List.of("--resume", id));
        } else {
            // Several items, so that some are finished and some not when it is killed.
            words.addAll(List.of("--from", from.toString(), "--to", Instant.now().toString()));
            words.addAll(List.of("--span", "2m", "--tasks", "2", "--rate", "5000"));
        }
        return words;
    }

    @Override
    public void ended(int exitCode, String said) {
        Matcher began = BEGAN.matcher(said);
        if (unfinished == null && began.find()) {
            unfinished = began.group(1);
        }
        String id = unfinished;
        if (exitCode == 0 && id != null) {
            finished.add(id);
            unfinished = null;
        }
    }

    @Override
    public boolean isUnfinished() {
        return unfinished != null || (once && finished.isEmpty());
    }

    @Override
    public Duration pause() {
        return pause;
    }

    /// Replays that came to their end, the last one last.
    List<String> finished() {
        return List.copyOf(finished);
    }

    /// How often one was taken up again.
    int resumed() {
        return resumed;
    }
}
