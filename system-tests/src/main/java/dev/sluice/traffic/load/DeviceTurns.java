package dev.sluice.traffic.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Lets each device post as an SDK does: the next batch when the one before is settled. Turns are
/// given by one thread, and awaited and ended by any.
final class DeviceTurns {

    private static final CompletableFuture<Void> NOBODY = CompletableFuture.completedFuture(null);

    private final Map<String, CompletableFuture<Void>> last = new HashMap<>();

    /// After every turn of the device that was given before.
    Turn next(String device) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> before = last.put(device, mine);
        return new Turn(before == null ? NOBODY : before, mine);
    }

    /// Ends with its close, whatever came of it.
    record Turn(CompletableFuture<Void> before, CompletableFuture<Void> mine)
            implements AutoCloseable {

        void await() {
            before.join();
        }

        @Override
        public void close() {
            mine.complete(null);
        }
    }
}
