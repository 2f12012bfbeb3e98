import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Uses a server of the demo like a visitor and like the owner of its agency, over and over, so that what the JVM learns
/// about it holds what people need first. Takes the port, the data folder and the seconds until it ends. Exits with 1 if
/// the server wasn't ready in time.
class Practice {

    private static final int ROUNDS = 40;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final List<String> FOR_VISITORS = List.of(
            "/login", "/clientbrand1", "/clientbrand2", "/creativeagency", "/readyz", "/openapi.json", "/healthz");
    private static final List<String> FOR_THE_OWNER =
            List.of("/admin/dashboard", "/admin/brands", "/api/admin/GetLinks", "/api/me");
    private static final Pattern AGENCY = Pattern.compile("\"agency\"\\s*:\\s*(\\{[^}]*})");
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String server;
    private final Instant end;

    private Practice(String server, Instant end) {
        this.server = server;
        this.end = end;
    }

    public static void main(String... args) throws Exception {
        var practice = new Practice(
                "http://127.0.0.1:" + args[0], Instant.now().plusSeconds(Integer.parseInt(args[2])));
        while (!practice.isReady()) {
            if (practice.isOver()) {
                System.exit(1);
            }
            Thread.sleep(PAUSE);
        }
        String agency = first(AGENCY, Files.readString(Path.of(args[1], "demo.json")));
        for (int round = 0; round < ROUNDS && !practice.isOver(); round++) {
            practice.round(agency);
        }
    }

    private boolean isOver() {
        return !Instant.now().isBefore(end);
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(at("/readyz"))).statusCode() == 200;
        } catch (IOException _) {
            return false; // it doesn't listen yet
        }
    }

    private void round(String agency) throws IOException, InterruptedException {
        String login = send(HttpRequest.newBuilder(at("/api/login"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(agency)))
                .body();
        for (String path : FOR_VISITORS) {
            send(HttpRequest.newBuilder(at(path)));
        }
        for (String path : FOR_THE_OWNER) {
            send(HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + first(TOKEN, login)));
        }
    }

    private URI at(String path) {
        return URI.create(server + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
    }
}
