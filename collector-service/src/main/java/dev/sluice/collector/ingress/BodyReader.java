package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServletRequest;

import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/// Reads a body whole, and decompresses it, into memory that is accounted for. Holds no more than
/// the limit whatever the request declares and however far its body would inflate. Thread-safe.
public final class BodyReader {

    /// Most bodies fit; a larger one is believed step by step, as its bytes arrive.
    private static final int FIRST_BYTES = 4 << 10;

    private final int maxBytes;
    private final Duration timeLimit;
    private final Duration retryAfter;
    private final InstantSource clock;

    /// @param maxBytes of a body, before as after decompression
    /// @param timeLimit from the first byte of a body to its last
    /// @param retryAfter what a client is told when there is no memory for its body
    public BodyReader(int maxBytes, Duration timeLimit, Duration retryAfter, InstantSource clock) {
        this.maxBytes = maxBytes;
        this.timeLimit = timeLimit;
        this.retryAfter = retryAfter;
        this.clock = clock;
    }

    /// A body as it came.
    record Coded(ContentCoding coding, byte[] bytes, int length) {}

    /// Waits for the sender, and costs little besides.
    ///
    /// @param memory holds the body until it is closed
    /// @throws RequestRefusedException with the answer, if the body may or can not be read
    Coded receive(HttpServletRequest request, BytesInFlight.Share memory)
            throws RequestRefusedException {
        ContentCoding coding =
                ContentCoding.of(request.getHeader("Content-Encoding"))
                        .orElseThrow(BodyReader::unknownCoding);
        long declared = request.getContentLengthLong();
        if (declared > maxBytes) {
            throw tooLarge("");
        }
        Body received = receive(request, declared, memory, clock.instant().plus(timeLimit));
        return new Coded(coding, received.bytes(), received.length());
    }

    /// Decompresses what was received. It is work: under load most of what the processor does for a
    /// compressed request.
    ///
    /// @param memory holds the result until it is closed
    /// @throws RequestRefusedException with the answer, if the body is not what it says, or is too
    ///     large
    Body decode(Coded coded, BytesInFlight.Share memory) throws RequestRefusedException {
        if (coded.coding() == ContentCoding.IDENTITY || coded.length() == 0) {
            return new Body(coded.bytes(), coded.length());
        }
        InputStream bytes = new ByteArrayInputStream(coded.bytes(), 0, coded.length());
        try (InputStream decoded = coded.coding().decode(bytes)) {
            Body body = fill(decoded, -1, memory, " when decompressed", Instant.MAX);
            return new Body(body.bytes(), body.length(), coded.bytes(), coded.length());
        } catch (EOFException e) {
            throw badCoding("the " + coded.coding().token() + " body is cut off");
        } catch (IOException e) {
            throw badCoding("the body is not readable as " + coded.coding().token());
        }
    }

    /// What the client told of a length may be a lie, and it may fall silent or hang up.
    private Body receive(
            HttpServletRequest request, long declared, BytesInFlight.Share memory, Instant deadline)
            throws RequestRefusedException {
        try {
            return fill(request.getInputStream(), declared, memory, "", deadline);
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        } catch (IOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw tooSlow();
            }
            throw new RequestRefusedException(
                    isSendersFault(e)
                            ? Answers.error(400, "bad_request", "the request is not complete HTTP")
                                    .with("Connection", "close")
                            : Answers.unavailable(
                                    "the connection was lost; send the events again", retryAfter));
        }
    }

    /// Whether the request ended early or is no HTTP. A connection that was cut for any other
    /// reason may have been cut by us, at our end: a sender who still hears of it must not drop
    /// its events.
    private static boolean isSendersFault(IOException failure) {
        return failure.getCause() instanceof EOFException
                || failure instanceof EOFException
                || (failure instanceof BadRequestException
                        && !(failure instanceof ClientAbortException));
    }

    private Body fill(
            InputStream in,
            long declared,
            BytesInFlight.Share memory,
            String when,
            Instant deadline)
            throws IOException, RequestRefusedException {
        int first = declared < 0 ? FIRST_BYTES : (int) Math.min(declared, FIRST_BYTES);
        reserve(memory, first);
        byte[] bytes = new byte[first];
        int length = 0;
        while (length != declared) {
            if (length == bytes.length) {
                int more = step(bytes.length, declared);
                reserve(memory, more);
                bytes = Arrays.copyOf(bytes, bytes.length + more);
            }
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                break;
            }
            length += read;
            if (length > maxBytes) {
                throw tooLarge(when);
            }
            if (clock.instant().isAfter(deadline)) {
                throw tooSlow();
            }
        }
        return new Body(bytes, length);
    }

    /// Four times as much, up to what is declared or may be: one byte more shows that there is
    /// too much. What is declared is believed by and by, so that a body that does not come
    /// costs little.
    private int step(int size, long declared) {
        int most = declared < 0 ? maxBytes + 1 : (int) declared;
        return Math.min(Math.max(3 * size, FIRST_BYTES), most - size);
    }

    private void reserve(BytesInFlight.Share memory, int bytes) throws RequestRefusedException {
        if (!memory.tryGrow(bytes)) {
            throw new RequestRefusedException(
                    Answers.unavailable(
                            "too many bytes in flight; send the events again later", retryAfter));
        }
    }

    private RequestRefusedException tooLarge(String when) {
        return refused(413, "body_too_large", "the body exceeds " + maxBytes + " bytes" + when);
    }

    private RequestRefusedException tooSlow() {
        return new RequestRefusedException(
                Answers.error(408, "request_timeout", "the body did not arrive in time")
                        .with("Connection", "close"));
    }

    private static RequestRefusedException unknownCoding() {
        return new RequestRefusedException(
                Answers.error(
                                415,
                                "unsupported_content_encoding",
                                "Content-Encoding may be one of " + ContentCoding.ACCEPTED)
                        .with("Accept-Encoding", ContentCoding.ACCEPTED));
    }

    private static RequestRefusedException badCoding(String message) {
        return refused(400, "bad_content_encoding", message);
    }

    private static RequestRefusedException refused(int status, String code, String message) {
        return new RequestRefusedException(Answers.error(status, code, message));
    }
}
