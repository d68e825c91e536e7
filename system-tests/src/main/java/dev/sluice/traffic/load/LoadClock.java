package dev.sluice.traffic.load;

import java.time.Duration;

/// Time as the load runner measures and spends it.
public interface LoadClock {

    /// Nanoseconds since some fixed moment.
    long nanos();

    /// Returns after this time, at once when it is not positive.
    ///
    /// @throws InterruptedException when the thread is asked to stop
    void pause(Duration time) throws InterruptedException;

    /// The clock of the machine.
    static LoadClock system() {
        return new LoadClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration time) throws InterruptedException {
                if (time.isPositive()) {
                    Thread.sleep(time);
                }
            }
        };
    }
}
