package dev.sluice.local.kinesis;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;

/// From the bytes of a request to the bytes of its answer: decode, route, encode; errors in the
/// service's form.
final class KinesisProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(KinesisProtocol.class);

    private final Router router;
    private final InstantSource clock;

    KinesisProtocol(Router router, InstantSource clock) {
        this.router = router;
        this.clock = clock;
    }

    Answer answer(String target, String contentType, byte[] body) {
        WireFormat format = WireFormat.of(contentType);
        String operation = target.substring(target.indexOf('.') + 1);
        Call call = null;
        try {
            call =
                    new Call(
                            operation,
                            new Parameters(format.parse(body), format),
                            clock.instant().toEpochMilli());
            WireFormat.Encoded encoded = format.encode(router.answer(target, call));
            return new Answer(
                    200,
                    format.contentType(),
                    encoded.array(),
                    encoded.length(),
                    "",
                    call.delay(),
                    call.answerDropped());
        } catch (KinesisError e) {
            return error(format, e, call);
        } catch (RuntimeException e) {
            LOG.error("{} failed", operation, e);
            return error(format, KinesisError.internal("Internal service failure."), call);
        }
    }

    private static Answer error(WireFormat format, KinesisError error, @Nullable Call call) {
        WireFormat.Encoded encoded =
                format.encode(
                        out -> out.string("__type", error.type()).string("message", error.text()));
        return new Answer(
                error.status(),
                format.contentType(),
                encoded.array(),
                encoded.length(),
                error.type(),
                call == null ? Duration.ZERO : call.delay(),
                call != null && call.answerDropped());
    }
}
