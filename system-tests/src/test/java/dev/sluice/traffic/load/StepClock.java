package dev.sluice.traffic.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Time that passes only while the sending thread waits for it. Pauses between tries, which
/// requests make on threads of their own, are remembered and take no time.
final class StepClock implements LoadClock {

    final List<Duration> pausesBetweenTries = Collections.synchronizedList(new ArrayList<>());

    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    private final Thread sendingThread = Thread.currentThread();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void pause(Duration time) {
        if (Thread.currentThread() != sendingThread) {
            pausesBetweenTries.add(time);
        } else if (time.isPositive()) {
            nanos.addAndGet(time.toNanos());
        }
    }
}
