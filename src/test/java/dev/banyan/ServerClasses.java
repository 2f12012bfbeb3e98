package dev.banyan;

import module java.base;
import java.lang.ProcessBuilder.Redirect;

/// The classes of the packaged server as the JVM keeps them in memory, linked, made once for all tests that start it: a
/// start with them takes 40 % of the time. A JVM that can't use them leaves them aside.
final class ServerClasses {

    private static final Path FILE = Path.of("target", "server-classes.aot").toAbsolutePath();

    private ServerClasses() {}

    /// Returns the options for a JVM that is to start from them.
    ///
    /// @param command that runs the packaged server, up to its first own argument
    static List<String> options(List<String> command, Path jar) {
        try (var lock =
                FileChannel.open(Path.of(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var _ = lock.lock(); // another JVM may run another part of the tests
            if (!Files.exists(FILE) || Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                make(command, jar);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return List.of("-XX:AOTCache=" + FILE, "-Xlog:aot*=off", "-Xlog:cds*=off");
    }

    private static void make(List<String> jvm, Path jar) throws IOException {
        Path made = Path.of(FILE + ".new");
        Path folder =
                Files.createTempDirectory(Path.of("target"), "server-process").toAbsolutePath();
        Path out = folder.resolve("out");
        var command = new ArrayList<>(jvm);
        command.addAll(List.of("-XX:AOTCacheOutput=" + made, "-jar", jar.toString()));
        command.addAll(
                List.of("serve", "--port=0", "--data", folder.resolve("data").toString()));
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(out.toFile()))
                .start();
        try {
            Eventually.holds(() -> address(out).isPresent() || !server.isAlive());
            address(out).ifPresent(ServerClasses::visit);
            server.destroy();
            if (server.waitFor(Eventually.LONGEST)) {
                Files.move(made, FILE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (InterruptedException failure) {
            throw new AssertionError(failure);
        } finally {
            server.destroyForcibly();
        }
    }

    /// What a first request needs is kept too.
    private static void visit(URI address) {
        var visitor = TestClient.at(address);
        List.of("/login", "/register", "/api/me", "/readyz", "/a-name-that-is-free")
                .forEach(visitor::get);
    }

    /// Returns the server's address once it is ready.
    private static Optional<URI> address(Path out) {
        try {
            return ServerProcess.READY
                    .matcher(Files.readString(out))
                    .results()
                    .map(ready -> URI.create(ready.group(1)))
                    .findFirst();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
