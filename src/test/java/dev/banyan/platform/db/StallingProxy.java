package dev.banyan.platform.db;

import module java.base;

/// A proxy to PostgreSQL that acts like a stopped or killed server: it accepts connections without responding, or
/// refuses them.
public final class StallingProxy implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("//[^/]*:(\\d+)/");
    private static final int BUFFER = 8_192;

    private enum Mode {
        PASSES,
        HANGS,
        REFUSES
    }

    private final int target;
    private final ServerSocket door;
    private final String url;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> breaksAt = new AtomicReference<>("");
    private Mode mode = Mode.PASSES;

    /// @param url of the real PostgreSQL server
    public StallingProxy(String url) {
        Matcher port = PORT.matcher(url);
        if (!port.find()) {
            throw new IllegalArgumentException(url);
        }
        this.target = Integer.parseInt(port.group(1));
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.url = url.replaceFirst("//[^/]*/", "//127.0.0.1:" + door.getLocalPort() + "/");
        Thread.ofVirtual().start(this::accept);
    }

    /// Returns the URL through this proxy.
    public String url() {
        return url;
    }

    /// Acts as after SIGSTOP.
    public void hangs() {
        become(Mode.HANGS);
    }

    /// Acts as after SIGKILL.
    public void refuses() {
        become(Mode.REFUSES);
        open.forEach(StallingProxy::close);
    }

    /// Ends one connection when a client sends these words.
    void breaksOnceAt(String words) {
        breaksAt.set(words);
    }

    private boolean breaks(byte[] buffer, int count) {
        String words = breaksAt.get();
        return !words.isEmpty()
                && new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains(words)
                && breaksAt.compareAndSet(words, "");
    }

    public void passes() {
        become(Mode.PASSES);
    }

    private synchronized void become(Mode next) {
        mode = next;
        notifyAll();
    }

    private synchronized boolean mayPass() throws InterruptedException {
        while (mode == Mode.HANGS) {
            wait();
        }
        return mode == Mode.PASSES;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (!mayPass()) {
                return;
            }
            try (var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                open.add(server);
                Thread back = Thread.ofVirtual().start(() -> pump(server, client));
                pump(client, server);
                back.join();
                open.remove(server);
            }
        } catch (IOException _) {
            // One of the two connections is closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer);
                    count >= 0 && mayPass() && !breaks(buffer, count);
                    count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (IOException _) {
            // One of the two connections is closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Closed already.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        refuses();
    }
}
