package dev.banyan;

import module java.base;

/// A WebSocket client that can violate the protocol. It reads only when told to.
public final class RawSocket implements AutoCloseable {

    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    /// A frame from the server.
    public record Frame(int kind, byte[] payload) {

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /// Returns the close code; 1005 if there was none.
        public int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /// Connects without sending anything.
    ///
    /// @param room size of the receive buffer; 0 for the default
    static RawSocket connect(int room) {
        return connect(TestServer.uri().getPort(), room);
    }

    /// Connects to another server.
    public static RawSocket connect(int port, int room) {
        try {
            var socket = new Socket();
            if (room > 0) {
                socket.setOption(StandardSocketOptions.SO_RCVBUF, room);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Eventually.MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), Eventually.MILLIS);
            return new RawSocket(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Opens a socket with a correct handshake.
    public static RawSocket open(String path, Map<String, String> headers) {
        return open(path, headers, 0);
    }

    public static RawSocket open(String path, Map<String, String> headers, int room) {
        RawSocket socket = connect(room);
        int status = socket.shake(path, headers);
        if (status != 101) {
            socket.close();
            throw new AssertionError(path + " answered " + status);
        }
        return socket;
    }

    /// Returns the headers of a correct handshake.
    public static String handshake(String path, Map<String, String> headers) {
        var text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: "
                + TestServer.uri().getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    public int shake(String path, Map<String, String> headers) {
        write(handshake(path, headers));
        return status();
    }

    /// Reads the headers of a response.
    ///
    /// @return its status; 0 if the server closed the connection without one
    public int status() {
        try {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            return RawConnection.status(head.toString());
        } catch (EOFException | SocketException _) {
            return 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public RawSocket write(String text) {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawSocket write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @return whether the server still accepts data
    public boolean tryWrite(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    public RawSocket say(String text) {
        return write(frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Returns a correct client frame.
    public static byte[] frame(boolean last, int kind, byte[] payload) {
        return frame((last ? 0x80 : 0) | kind, true, payload.length, payload);
    }

    /// @param first the complete first byte
    /// @param length the length declared in the frame, true or not
    static byte[] frame(int first, boolean masked, long length, byte[] payload) {
        var frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write(first);
        int mask = masked ? 0x80 : 0;
        int bytes = length < 0 || length > 0xffff ? 8 : length < 126 ? 0 : 2;
        frame.write(mask
                | switch (bytes) {
                    case 0 -> (int) length;
                    case 2 -> 126;
                    default -> 127;
                });
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            frame.write((int) (length >>> shift));
        }
        if (masked) {
            frame.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.write(masked ? payload[i] ^ MASK[i % 4] : payload[i]);
        }
        return frame.toByteArray();
    }

    /// Returns the next frame; empty if the server has closed the connection. The server's signs of life, which come at
    /// any moment, are left out.
    public Optional<Frame> next() {
        Optional<Frame> frame = nextOfAny();
        while (frame.filter(one -> one.kind() == PING).isPresent()) {
            frame = nextOfAny();
        }
        return frame;
    }

    private Optional<Frame> nextOfAny() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte() & 0x7f;
            long bytes = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
            return Optional.of(new Frame(first & 0xf, in.readNBytes(Math.toIntExact(bytes))));
        } catch (SocketTimeoutException _) {
            throw new AssertionError("The server says nothing, and does not hang up");
        } catch (EOFException | SocketException _) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns whether there is unread data from the server.
    boolean hasSomething() {
        try {
            return in.available() > 0;
        } catch (IOException _) {
            return false;
        }
    }

    /// Reads until the server closes the connection.
    ///
    /// @return the close code; 1006 if the connection ended without one
    public int closeCode() {
        for (Optional<Frame> frame = next(); frame.isPresent(); frame = next()) {
            if (frame.get().kind() == CLOSE) {
                return frame.get().closeCode();
            }
        }
        return 1006;
    }

    /// Resets the connection, like a broken network.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException _) {
            // already closed
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
