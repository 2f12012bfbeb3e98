import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The least that a Java server can be: how long its start takes is the measure for Banyan's.
final class BareHttpServer {

    public static void main(String... args) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("ready".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
    }

    static double startMillis() throws IOException, InterruptedException {
        int port = Children.freePort();
        long begin = System.nanoTime();
        // By itself, as such a server would be started: no library on its class path.
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                Bench.WORK.resolve("classes").toString(),
                "BareHttpServer",
                Integer.toString(port));
        Process process = Children.start(command, Map.of(), Bench.WORK.resolve("bare.log"));
        Ready.await(process, port, "/", Duration.ofSeconds(30));
        double millis = (System.nanoTime() - begin) / 1e6;
        Children.stop(process);
        return millis;
    }
}
