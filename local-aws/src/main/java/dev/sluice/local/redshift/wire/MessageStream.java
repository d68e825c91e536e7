package dev.sluice.local.redshift.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/// Messages over one socket. One thread reads and one thread writes.
final class MessageStream {

    /// Larger messages are no SQL; a length beyond it is a broken or foreign client.
    private static final int MAX_MESSAGE = 1 << 30;

    private final DataInputStream in;
    private final DataOutputStream out;

    MessageStream(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }

    /// @throws java.io.EOFException when the peer has closed the connection
    Message read() throws IOException {
        char type = (char) in.readUnsignedByte();
        return new Message(type, readBody());
    }

    /// The first message of a connection, which has no type byte.
    byte[] readBody() throws IOException {
        int length = in.readInt() - Integer.BYTES;
        if (length < 0 || length > MAX_MESSAGE) {
            throw new IOException("message length out of range");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return body;
    }

    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    void write(Message message) throws IOException {
        write(message.type(), message.body(), 0, message.body().length);
    }

    void write(char type, byte[] body, int offset, int length) throws IOException {
        out.writeByte(type);
        out.writeInt(length + Integer.BYTES);
        out.write(body, offset, length);
    }

    void writeUntyped(byte[] body) throws IOException {
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
        out.flush();
    }

    void writeByte(char c) throws IOException {
        out.writeByte(c);
        out.flush();
    }

    void flush() throws IOException {
        out.flush();
    }

    /// A single byte, for the peer's closing of a cancel connection.
    void awaitClose() throws IOException {
        if (in.read() >= 0) {
            throw new IOException("unexpected answer to a cancel request");
        }
    }
}
