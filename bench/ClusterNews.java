import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// How long the other server shows an old page after a change: both write links of many accounts, and a change of one
/// account is looked for on the server that did not make it.
final class ClusterNews {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final int WRITES_PER_SECOND = 500;
    private static final Duration WARMED_AFTER = Duration.ofSeconds(60);
    private static final int AT_ONCE = 64;
    private static final int SAMPLES = 300;
    private static final int SAMPLED_EVERY_MILLIS = 100;
    private static final double SLOWEST_MILLIS = 50;
    /// A machine that writes less doesn't show what is asked.
    private static final double BUSY = 0.95;

    /// An account with one link on its page.
    private record Owner(String name, String token, String link) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> servers;
    private final int writesPerSecond;
    private final List<Owner> owners = new ArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Random random = new Random(1);
    private volatile boolean over;

    /// @param servers their addresses, two of them
    /// @param tokens sessions of the accounts, by username
    ClusterNews(List<String> servers, Map<String, String> tokens, int writesPerSecond)
            throws IOException, InterruptedException {
        this.servers = servers;
        this.writesPerSecond = writesPerSecond;
        for (Map.Entry<String, String> one : tokens.entrySet()) {
            ask(servers.getFirst(), "POST", "/api/admin/CreatePage", one.getValue(), Map.of("slug", "start", "name", "Start"));
            HttpResponse<String> added = ask(
                    servers.getFirst(),
                    "PUT",
                    "/api/admin/UpdateLinks",
                    one.getValue(),
                    step(Map.of("operation", "add", "title", "Menu", "url", "https://example.com/menu")));
            owners.add(new Owner(
                    one.getKey(),
                    one.getValue(),
                    JSON.readTree(added.body()).at("/created/0/id").asText()));
        }
    }

    /// @return whether nearly all news are heard in time, and as much as was meant is written
    boolean run() throws IOException, InterruptedException {
        Thread load =
                Thread.ofVirtual().start(() -> new Paced(writesPerSecond, AT_ONCE).run(() -> over, this::write));
        Thread.sleep(WARMED_AFTER);
        int before = written.get();
        long begun = System.nanoTime();
        double[] millis = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            millis[i] = sample(i);
            Thread.sleep(random.nextInt(2 * SAMPLED_EVERY_MILLIS));
        }
        double rate = (written.get() - before) * 1e9 / (System.nanoTime() - begun);
        over = true;
        load.join();
        Arrays.sort(millis);
        double slow = millis[SAMPLES * 99 / 100];
        System.out.printf(
                "a change is seen on the other server after %.1f ms (p50), %.1f ms (p99), %.1f ms (worst of %d), at %.0f writes a second; writes that failed: %d%n",
                millis[SAMPLES / 2], slow, millis[SAMPLES - 1], SAMPLES, rate, failed.get());
        return slow <= SLOWEST_MILLIS && rate >= BUSY * writesPerSecond && failed.get() == 0;
    }

    /// @return milliseconds from the answer to a write until the other server shows it
    private double sample(int number) throws IOException, InterruptedException {
        Owner owner = owners.getLast(); // the load leaves it alone
        String title = "Sample-" + number + "-end";
        String writes = servers.get(number % 2);
        String shows = servers.get((number + 1) % 2);
        page(shows, owner); // kept from before the change
        rename(writes, owner, title);
        long at = System.nanoTime();
        while (!page(shows, owner).contains(title)) {
            Thread.sleep(1);
            if (System.nanoTime() - at > 20_000_000_000L) {
                throw new IllegalStateException("The other server has never shown " + title);
            }
        }
        return (System.nanoTime() - at) / 1e6;
    }

    private String page(String server, Owner owner) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(server + "/" + owner.name())).build(), BodyHandlers.ofString())
                .body();
    }

    private void write(long number) {
        try {
            rename(
                    servers.get((int) (number % 2)),
                    owners.get((int) (number % (owners.size() - 1))),
                    "Menu " + number);
            written.incrementAndGet();
        } catch (IOException | InterruptedException | IllegalStateException _) {
            failed.incrementAndGet();
        }
    }

    private void rename(String server, Owner owner, String title) throws IOException, InterruptedException {
        ask(
                server,
                "PUT",
                "/api/admin/UpdateLinks",
                owner.token(),
                step(Map.of("operation", "update", "id", owner.link(), "title", title)));
    }

    private static Map<String, Object> step(Map<String, String> fields) {
        return Map.of("links", List.of(fields));
    }

    private HttpResponse<String> ask(String server, String method, String path, String token, Map<String, ?> body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " was refused: " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }
}
