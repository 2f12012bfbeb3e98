import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// nginx, serving from files what Banyan answered: the same bytes with the same headers.
final class Nginx {

    private static final boolean INSTALLED = Children.isInstalled("nginx");
    /// What nginx writes itself.
    private static final Set<String> ITS_OWN =
            Set.of("content-length", "content-type", "content-encoding", "etag", "vary", "location", "date");

    private final int port;

    private Nginx(int port) {
        this.port = port;
    }

    static String describe() throws InterruptedException {
        return INSTALLED
                ? "Beside it: " + Children.firstLine(List.of("nginx", "-v")) + ", a worker per processor, no access log"
                : "nginx is not installed: its side is left out";
    }

    /// @param name of its folder
    /// @param requests answers of Banyan to copy, by the name under which nginx serves them; what ends with `/` is
    ///     answered with whatever comes after
    static Optional<Nginx> start(String name, Map<String, Load.Request> requests) throws IOException, InterruptedException {
        if (!INSTALLED) {
            return Optional.empty();
        }
        int port = Children.freePort();
        Path folder = Files.createDirectories(Bench.WORK.resolve(name));
        Files.writeString(folder.resolve("ready"), "yes");
        var locations = new StringBuilder();
        for (var entry : requests.entrySet()) {
            locations.append(location(folder, entry.getKey(), answer(entry.getValue())));
        }
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), configuration(folder, port, locations));
        Process process = Children.start(
                List.of("nginx", "-p", folder.toString(), "-c", configuration.toString(), "-g", "daemon off;"),
                Map.of(),
                folder.resolve("nginx.log"));
        Ready.await(process, port, "/ready", Duration.ofSeconds(10));
        return Optional.of(new Nginx(port));
    }

    /// The same request to nginx, under a name.
    Load.Request like(Load.Request request, String name) {
        return new Load.Request("http://127.0.0.1:" + port + "/" + name, request.headers());
    }

    private static HttpResponse<byte[]> answer(Load.Request request) throws IOException, InterruptedException {
        var builder = HttpRequest.newBuilder(URI.create(request.url())).timeout(Duration.ofSeconds(10));
        request.headers().forEach(builder::header);
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            client.send(builder.build(), BodyHandlers.discarding()); // fills the page cache
            return client.send(builder.build(), BodyHandlers.ofByteArray());
        }
    }

    private static String location(Path folder, String name, HttpResponse<byte[]> answer) throws IOException {
        boolean compressed = answer.headers().firstValue("Content-Encoding").isPresent();
        // A compressed file needs its plain one beside it; nginx never opens that one here.
        if (!name.endsWith("/")) {
            Files.write(folder.resolve(name), answer.body());
        }
        if (compressed) {
            Files.write(folder.resolve(name + ".gz"), answer.body());
        }
        String headers = answer.headers().map().entrySet().stream()
                .filter(header -> !ITS_OWN.contains(header.getKey().toLowerCase(java.util.Locale.ROOT)))
                .map(header -> "add_header " + header.getKey() + " \""
                        + header.getValue().getFirst().replace("\"", "\\\"") + "\" always; ")
                .collect(Collectors.joining());
        String redirect = answer.headers()
                .firstValue("Location")
                .map(to -> "return " + answer.statusCode() + " " + to + "; ")
                .orElse("");
        String type = answer.headers().firstValue("Content-Type").orElse("text/plain");
        return "    location " + (name.endsWith("/") ? "/" : "= /") + name + " { default_type \"" + type + "\"; gzip_static "
                + (compressed ? "on" : "off") + "; " + headers + redirect + "}\n";
    }

    private static String configuration(Path folder, int port, CharSequence locations) {
        boolean root = System.getProperty("user.name").equals("root");
        return """
                %s
                worker_processes auto;
                pid nginx.pid;
                error_log error.log;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  server_tokens off;
                  sendfile on;
                  tcp_nopush on;
                  tcp_nodelay on;
                  keepalive_requests 100000000;
                  open_file_cache max=100 inactive=60s;
                  client_body_temp_path tmp;
                  proxy_temp_path tmp;
                  fastcgi_temp_path tmp;
                  uwsgi_temp_path tmp;
                  scgi_temp_path tmp;
                  server {
                    listen 127.0.0.1:%d;
                    root %s;
                %s  }
                }
                """.formatted(root ? "user root;" : "", port, folder, locations);
    }
}
