package dev.banyan;

import module java.base;

/// Requests for a host that leads to this machine only in a test. Java’s own client sends no host but the one it
/// connects to.
public final class AtHost {

    /// @param headers in lower case, with their line ends
    public record Answer(int status, String headers, String text) {

        public Optional<String> header(String name) {
            return headers.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    private final URI server;
    private final String host;

    public AtHost(URI server, String host) {
        this.server = server;
        this.host = host;
    }

    /// @param headers each as `Name: value`
    public Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public Answer send(String method, String path, String body, String... headers) {
        var request =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        request.append("\r\n").append(body);
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(Eventually.MILLIS);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
