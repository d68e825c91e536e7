package dev.sluice.collector.egress.spill;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/// The same call for a few values at once, each on a thread of its own.
final class AtOnce {

    private AtOnce() {}

    /// Returns when all calls have, with the results in the order of the values.
    ///
    /// @throws RuntimeException the failure of the first value whose call failed
    static <T, R> List<R> map(List<T> values, Function<T, R> call) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<R>> calls =
                    values.stream()
                            .map(
                                    value ->
                                            CompletableFuture.supplyAsync(
                                                    () -> call.apply(value), threads))
                            .toList();
            return calls.stream().map(AtOnce::result).toList();
        }
    }

    static <T> void run(List<T> values, Consumer<T> call) {
        map(
                values,
                value -> {
                    call.accept(value);
                    return value;
                });
    }

    private static <R> R result(CompletableFuture<R> call) {
        try {
            return call.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw failed;
            }
        }
    }
}
