package dev.sluice.validator.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

class QuarantineStoreTest {

    private static final QuarantineRecord REFUSED =
            new QuarantineRecord(
                    "raw/shard/5/0",
                    "stage",
                    RejectionReason.MALFORMED,
                    "not JSON",
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Instant.parse("2026-11-21T10:00:00Z"),
                    new byte[] {'s', 'e', 'c', 'r', 'e', 't'});

    @Test
    void namesTheObjectThatAFullDiskKeepsFromBeingWritten() {
        AtomicBoolean discarded = new AtomicBoolean();

        assertThatThrownBy(
                        () -> new QuarantineStore(new FullDisk(discarded)).write(List.of(REFUSED)))
                .isInstanceOf(TransientFailure.class)
                .hasMessage(
                        "cannot write s3://lake/quarantine/dt=2026-11-21/reason=malformed/"
                                + "raw-shard-5-5.ndjson.gz")
                .hasCauseInstanceOf(IOException.class);
        assertThat(discarded).isTrue();
    }

    /// An object store whose spool takes no byte.
    private record FullDisk(AtomicBoolean discarded) implements ObjectStore {

        @Override
        public PendingObject begin(String key) {
            return new PendingObject() {
                @Override
                public OutputStream content() {
                    return new OutputStream() {
                        @Override
                        public void write(int b) throws IOException {
                            throw new IOException("no space left");
                        }
                    };
                }

                @Override
                public ObjectSummary publish() {
                    throw new AssertionError("nothing to publish");
                }

                @Override
                public void discard() {
                    discarded.set(true);
                }
            };
        }

        @Override
        public Optional<byte[]> read(String key) {
            return Optional.empty();
        }

        @Override
        public Stream<ObjectSummary> list(String prefix) {
            return Stream.empty();
        }

        @Override
        public void delete(String key) {}

        @Override
        public String uri(String key) {
            return "s3://lake/" + key;
        }
    }
}
