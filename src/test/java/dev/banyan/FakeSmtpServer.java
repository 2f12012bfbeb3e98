package dev.banyan;

import module java.base;

/// A minimal mail server for a client: it requires a sign-in, accepts every mail and keeps it.
public final class FakeSmtpServer implements AutoCloseable {

    /// @param commands of the client before the content
    public record Received(List<String> commands, String content) {}

    private final BlockingQueue<Received> mails = new LinkedBlockingQueue<>();
    private final ServerSocket listening;

    public FakeSmtpServer() {
        try {
            listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().name("fake-smtp").start(this::serve);
    }

    public int port() {
        return listening.getLocalPort();
    }

    public BlockingQueue<Received> mails() {
        return mails;
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                talk(client);
            } catch (IOException _) {
                // Closed, or the client disconnected.
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "220 fake.example ESMTP");
        var commands = new ArrayList<String>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            switch (line.split(" ")[0].toUpperCase(Locale.ROOT)) {
                case "EHLO" -> say(client, "250-fake.example\r\n250-AUTH PLAIN\r\n250 8BITMIME");
                case "AUTH" -> say(client, "235 welcome");
                case "DATA" -> {
                    say(client, "354 go on");
                    mails.add(new Received(List.copyOf(commands), content(in)));
                    say(client, "250 taken");
                }
                case "QUIT" -> {
                    say(client, "221 bye");
                    return;
                }
                default -> say(client, "250 fine");
            }
        }
    }

    private static String content(BufferedReader in) throws IOException {
        var content = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            content.append(line).append('\n');
        }
        return content.toString();
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
