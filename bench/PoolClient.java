import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Plays with the simulated numbers of a server, through its API.
final class PoolClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String token;

    PoolClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    static PoolClient of(BanyanServer server) throws IOException, InterruptedException {
        return new PoolClient(server.url("/api/whatsapp/"), server.token());
    }

    JsonNode sender(String id) throws IOException, InterruptedException {
        return JSON.readTree(send("GET", "senders/" + id, "").body()).path("data");
    }

    /// @return whether the number could have this fault now
    boolean fault(String id, String fault) throws IOException, InterruptedException {
        return send("POST", "senders/" + id + "/simulate", JSON.writeValueAsString(Map.of("fault", fault))).statusCode()
                == 200;
    }

    /// Links a number that was banned or logged out.
    void link(String id, boolean isMaster) throws IOException, InterruptedException {
        send("POST", (isMaster ? "masters/" : "servants/") + id + "/link", "{}");
        send("POST", "senders/" + id + "/scan", "{}");
    }

    /// Links a servant that was logged out at its gateway, and scans the code with the phone.
    void scan(String id, SlowGateway gateway) throws IOException, InterruptedException {
        for (int round = 0; round < 30 && !sender(id).path("state").asText().equals("linked"); round++) {
            send("POST", "servants/" + id + "/link", "{}");
            gateway.isScanned(id);
            Thread.sleep(2_000);
        }
    }

    /// @return the id of the message, if it was accepted
    Optional<String> order(String master, String to, String key) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(
                "POST",
                "messages",
                JSON.writeValueAsString(Map.of("master", master, "to", to, "text", "Good morning", "key", key)));
        return answer.statusCode() == 202
                ? Optional.of(JSON.readTree(answer.body()).at("/data/id").asText())
                : Optional.empty();
    }

    /// @return the id of a new connection to a WAHA server
    String connect(String gateway, String hookSecret) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(
                "POST",
                "connections",
                JSON.writeValueAsString(Map.of(
                        "name", "Bench at " + URI.create(gateway).getPort(),
                        "driver", "waha",
                        "url", gateway,
                        "credentials", Map.of("apiKey", "key-of-the-bench"),
                        "webhook", Map.of("secret", hookSecret))));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).at("/data/id").asText();
    }

    /// Waits until as many of these numbers respond as wanted.
    void awaitHealthy(Iterable<String> ids, int seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (String id : ids) {
            while (!sender(id).path("healthy").asBoolean()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(id + " does not connect");
                }
                Thread.sleep(50);
            }
        }
    }

    /// Waits until exactly this many masters at WAHA are linked; the sample agency has simulated ones, too.
    void awaitLinked(int wanted, Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        int linked = linked();
        while (linked != wanted) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(linked + " numbers are linked, not " + wanted);
            }
            Thread.sleep(200);
            linked = linked();
        }
    }

    private static boolean isAtWaha(JsonNode master) {
        return master.path("driver").asText().equals("waha");
    }

    private int linked() throws IOException, InterruptedException {
        int linked = 0;
        String after = "";
        do {
            JsonNode page = JSON.readTree(send("GET", "masters?limit=1000" + after, "").body())
                    .path("data");
            for (JsonNode master : page.path("senders")) {
                linked += isAtWaha(master) && master.path("state").asText().equals("linked") ? 1 : 0;
            }
            after = page.path("nextCursor").asText("").isEmpty()
                    ? ""
                    : "&after=" + page.path("nextCursor").asText();
        } while (!after.isEmpty() && !after.endsWith("=null"));
        return linked;
    }

    private HttpResponse<String> send(String verb, String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .method(
                                verb,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
    }
}
