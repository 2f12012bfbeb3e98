package dev.banyan.platform.http;

import module java.base;

/// Sockets that are closed when a server keeps them waiting. The library for directories has no limit for a
/// handshake, and its limit for an answer begins anew with each byte.
public final class LimitedSockets extends SocketFactory {

    private final SocketFactory factory;
    private final Duration handshake;
    private final Duration longest;
    private final AtomicBoolean isEncrypted = new AtomicBoolean();

    /// @param handshake how long until it is encrypted
    public LimitedSockets(SocketFactory factory, Duration handshake, Duration longest) {
        this.factory = factory;
        this.handshake = handshake;
        this.longest = longest;
    }

    /// Ends the limit for the handshake.
    public void encrypted() {
        isEncrypted.set(true);
    }

    private Socket limited(Socket socket) {
        after(handshake, () -> {
            if (!isEncrypted.get()) {
                close(socket);
            }
        });
        after(longest, () -> close(socket));
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return limited(factory.createSocket());
    }

    private static void after(Duration time, Runnable act) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(act);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is of no more use either way.
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return limited(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return limited(factory.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return limited(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return limited(factory.createSocket(host, port, local, localPort));
    }
}
