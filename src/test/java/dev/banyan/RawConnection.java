package dev.banyan;

import module java.base;

/// Sends raw bytes that no HTTP client would send, and reads the response until the server closes the connection.
public final class RawConnection {

    private RawConnection() {}

    /// @param request lines end with `\n`, which becomes `\r\n`; characters up to U+00FF are single bytes
    public static String send(String request) {
        return exchange(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sends a request without changing its line ends.
    public static String sendAsItIs(String request) {
        return exchange(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String exchange(byte[] request) {
        return exchange(TestServer.uri().getPort(), request);
    }

    private static String exchange(int port, byte[] request) {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(Eventually.MILLIS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.getInputStream().transferTo(answer);
        } catch (SocketException _) {
            // A server that refuses a request need not read all of it; its response counts.
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /// Returns the status of a response; 0 if the server closed the connection without one.
    public static int status(String answer) {
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    public static String body(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        return end < 0 ? "" : answer.substring(end + 4);
    }
}
