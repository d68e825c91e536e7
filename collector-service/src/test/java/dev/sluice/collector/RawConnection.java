package dev.sluice.collector;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// HTTP as a client writes it that does not keep to it.
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    RawConnection write(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    /// Writes a byte now and then until the other side has answered or hung up.
    void drip(Duration pause, Duration atMost) throws IOException {
        Instant deadline = Instant.now().plus(atMost);
        try {
            while (socket.getInputStream().available() == 0 && Instant.now().isBefore(deadline)) {
                write(" ");
                LockSupport.parkNanos(pause.toNanos());
            }
        } catch (SocketException gone) {
            // The collector has hung up; what it said is still to be read.
        }
    }

    RawConnection endOfRequest() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /// Everything that is answered until the other side closes or falls silent.
    String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] bytes = new byte[4096];
        try {
            int read;
            while ((read = socket.getInputStream().read(bytes)) > 0) {
                answer.append(new String(bytes, 0, read, StandardCharsets.UTF_8));
                if (answer.indexOf("}\n") > 0 || answer.toString().endsWith("}}")) {
                    break;
                }
            }
        } catch (SocketException reset) {
            // What was read before the reset counts.
        }
        return answer.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
