package dev.banyan.workspaces;

import module java.base;
import dev.banyan.Eventually;

/// A minimal OpenAI-compatible server, over real HTTP on this machine. Each connection runs the next of its scripts;
/// the last one is repeated.
public final class FakeOpenAi implements AutoCloseable {

    /// Handles a connection after its request was read.
    public interface Script {
        void play(Wire wire) throws IOException, InterruptedException;
    }

    /// @param headers by name in lower case
    public record Request(String line, Map<String, String> headers, String body) {}

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final List<Script> scripts = new ArrayList<>();
    private final CountDownLatch clientLeft = new CountDownLatch(1);
    private final ServerSocket listening;
    private final Thread accepting;

    public FakeOpenAi(Script... scripts) {
        this.scripts.addAll(List.of(scripts));
        try {
            listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        accepting = Thread.ofVirtual().name("fake-openai").start(this::serve);
    }

    /// Returns the address as typed by people.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1");
    }

    public BlockingQueue<Request> requests() {
        return requests;
    }

    /// Returns whether the client closed a connection while a script was waiting for that.
    public boolean clientLeft() throws InterruptedException {
        return clientLeft.await(Eventually.SECONDS, TimeUnit.SECONDS);
    }

    private synchronized Script next() {
        return scripts.size() == 1 ? scripts.getFirst() : scripts.removeFirst();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            if (line == null) {
                return;
            }
            var headers = new HashMap<String, String>();
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                String[] parts = header.split(":", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            var body = new StringBuilder();
            for (int read = 0; read < length; ) {
                char next = (char) in.read();
                body.append(next);
                // Each surrogate of a pair counts for two of its four bytes.
                read += next < 0x80 ? 1 : next < 0x800 || Character.isSurrogate(next) ? 2 : 3;
            }
            requests.add(new Request(line, headers, body.toString()));
            next().play(new Wire(client, in));
        } catch (IOException | InterruptedException _) {
            // The client disconnected.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            accepting.join(); // until then it may still accept one more
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A connection, on the side of the server.
    public final class Wire {

        private final OutputStream out;
        private final BufferedReader in;

        private Wire(Socket client, BufferedReader in) throws IOException {
            this.out = client.getOutputStream();
            this.in = in;
        }

        /// Sends exactly these characters, at once.
        public Wire raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        public Wire raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /// Sends the headers of a response that is streamed until the connection ends.
        public Wire streams() throws IOException {
            return raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
        }

        /// Sends an event with a part of the answer.
        public Wire delta(String words) throws IOException {
            return raw(piece(words));
        }

        public Wire finish(String reason) throws IOException {
            return raw("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\n");
        }

        Wire usage(int input, int output) throws IOException {
            return raw("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":" + input + ",\"completion_tokens\":"
                    + output + "}}\n\n");
        }

        public Wire done() throws IOException {
            return raw("data: [DONE]\n\n");
        }

        /// Sends a complete response with a status and a body.
        public Wire answers(String status, String type, String body) throws IOException {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            return raw("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                    + "\r\nConnection: close\r\n\r\n" + body);
        }

        /// Sends nothing until the client disconnects.
        public void waitsForTheClientToLeave() {
            try {
                while (in.read() >= 0) {
                    // The client sends nothing more.
                }
            } catch (IOException _) {
                // The client disconnected abruptly.
            }
            clientLeft.countDown();
        }
    }

    public static String piece(String words) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + words
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    /// Responds like a healthy server.
    public static Script says(String... words) {
        return wire -> {
            wire.streams();
            for (String word : words) {
                wire.delta(word);
            }
            wire.finish("stop").usage(21, 7).done();
        };
    }
}
