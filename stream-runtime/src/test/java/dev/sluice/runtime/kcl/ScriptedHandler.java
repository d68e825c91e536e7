package dev.sluice.runtime.kcl;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/// A handler that logs what it takes. It acknowledges each batch at once, or holds everything until
/// it is drained.
final class ScriptedHandler implements ShardHandler {

    private final EffectLog log;
    private final boolean holds;
    private final Deque<Throwable> failures = new ArrayDeque<>();
    private volatile @Nullable Throwable always;
    private final Deque<RuntimeException> hookFailures = new ArrayDeque<>();
    private boolean logsHooks;
    private boolean tidyingFails;
    private volatile Runnable effect = () -> {};
    private AckToken newest = AckToken.none();
    private @Nullable AckToken answer;

    ScriptedHandler(EffectLog log, boolean holds) {
        this.log = log;
        this.holds = holds;
    }

    /// The next calls fail like this, one each.
    void failNext(Throwable... with) {
        for (Throwable failure : with) {
            failures.add(failure);
        }
    }

    void failAlways(Throwable with) {
        always = with;
    }

    void work() {
        always = null;
    }

    /// From now on each batch has this effect, or fails with it.
    void causing(Runnable newEffect) {
        effect = newEffect;
    }

    /// From now on the calls around checkpoints are logged too.
    void logHooks() {
        logsHooks = true;
    }

    /// The next calls around checkpoints fail like this, one each.
    void failNextHook(RuntimeException... with) {
        hookFailures.addAll(List.of(with));
    }

    /// The next call after a checkpoint fails.
    void failTidying() {
        tidyingFails = true;
    }

    /// Answers with this instead of what it was given.
    void answerWith(String sequence) {
        answer = AckToken.upTo(SequenceNumber.of(sequence));
    }

    @Override
    public AckToken handle(RecordBatch batch) {
        fail("handle");
        effect.run();
        log.add(
                "handle "
                        + batch.records().stream()
                                .map(r -> new String(r.data(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining(",")));
        if (!batch.records().isEmpty()) {
            newest = batch.token();
        }
        if (answer != null) {
            return answer;
        }
        return holds ? AckToken.none() : batch.token();
    }

    @Override
    public AckToken drain() {
        fail("drain");
        log.add("drain");
        return newest;
    }

    @Override
    public void abandon() {
        log.add("abandon");
    }

    @Override
    public void beforeCheckpoint(SequenceNumber upTo) {
        hook("before " + upTo);
    }

    @Override
    public void afterCheckpoint(SequenceNumber upTo) {
        if (tidyingFails) {
            tidyingFails = false;
            hookFailures.add(new TransientFailure("nothing can be removed"));
        }
        hook("after " + upTo);
    }

    @Override
    public void beforeShardEnd() {
        hook("before SHARD_END");
    }

    private void hook(String call) {
        RuntimeException failure = hookFailures.poll();
        if (logsHooks) {
            log.add(failure == null ? call : call + " failed");
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void fail(String call) {
        Throwable lasting = always;
        Throwable failure = lasting != null ? lasting : failures.poll();
        switch (failure) {
            case null -> {}
            case RuntimeException e -> {
                log.add(call + " failed");
                throw e;
            }
            case Error e -> {
                log.add(call + " failed");
                throw e;
            }
            default -> throw new AssertionError(failure);
        }
    }
}
