package dev.sluice.collector.ingress;

import java.util.concurrent.atomic.AtomicLong;

/// The bound on the bytes of bodies that are held at once. Thread-safe.
public final class BytesInFlight {

    private final long max;
    private final AtomicLong held = new AtomicLong();

    public BytesInFlight(long max) {
        this.max = max;
    }

    /// Bytes of bodies held now.
    public long held() {
        return held.get();
    }

    /// A share that holds nothing yet; closing it gives back all it holds.
    Share open() {
        return new Share();
    }

    /// What one request holds. For one thread.
    final class Share implements AutoCloseable {
        private long bytes;

        /// @return whether there was room
        boolean tryGrow(long more) {
            long now = held.addAndGet(more);
            if (now > max) {
                held.addAndGet(-more);
                return false;
            }
            bytes += more;
            return true;
        }

        void shrink(long less) {
            held.addAndGet(-less);
            bytes -= less;
        }

        @Override
        public void close() {
            shrink(bytes);
        }
    }
}
