import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A steady load of orders and pages through a small balancer: in turn, without servers that aren't ready.
final class ClusterLoad {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ORDERS_PER_SECOND = 50;
    private static final int PAGES_PER_SECOND = 100;
    private static final int AT_ONCE = 200;
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(1);

    record Account(String name, String token) {}

    /// What became of requests so far.
    ///
    /// @param cut ended without an answer
    record Counted(int accepted, int pages, int cut, int refused) {

        int failed() {
            return cut + refused;
        }

        int answered() {
            return accepted + pages;
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final List<ClusterServer> servers;
    private final List<Account> accounts;
    private final int pools;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Paced requests = new Paced(ORDERS_PER_SECOND + PAGES_PER_SECOND, AT_ONCE);
    private volatile boolean isQuiet;
    private volatile boolean over;
    private Thread sending = Thread.currentThread();

    /// @param servers as they are at each moment
    /// @param accounts as they are at each moment
    /// @param pools of each account
    ClusterLoad(List<ClusterServer> servers, List<Account> accounts, int pools) {
        this.servers = servers;
        this.accounts = accounts;
        this.pools = pools;
    }

    void begin() {
        sending = Thread.ofVirtual().start(() -> requests.run(() -> over, this::one));
        Thread.ofVirtual().start(this::look);
    }

    void end() throws InterruptedException {
        over = true;
        sending.join();
    }

    void isQuiet(boolean now) {
        isQuiet = now;
    }

    /// Waits until all that was asked is answered; only while it is quiet.
    void awaitAnswers() throws InterruptedException {
        requests.awaitEnd();
    }

    Counted counted() {
        return new Counted(accepted.get(), pages.get(), cut.get(), refused.get());
    }

    /// The small balancer looks every second which servers are ready, as the one in deploy/Caddyfile does.
    private void look() {
        try {
            while (!over) {
                servers.forEach(server -> Thread.ofVirtual().start(server::look));
                Thread.sleep(LOOKED_EVERY);
            }
        } catch (InterruptedException _) {
            // That is all.
        }
    }

    private void one(long number) {
        if (isQuiet) {
            return;
        }
        Account account = accounts.get((int) (number % accounts.size()));
        boolean isOrder = number % (ORDERS_PER_SECOND + PAGES_PER_SECOND) < ORDERS_PER_SECOND;
        int first = turn.getAndIncrement();
        List<ClusterServer> ready =
                servers.stream().filter(ClusterServer::isReady).toList();
        List<ClusterServer> known = ready.isEmpty() ? List.copyOf(servers) : ready;
        for (int i = 0; i < known.size(); i++) {
            ClusterServer server = known.get(Math.floorMod(first + i, known.size()));
            try {
                HttpResponse<String> answer = isOrder
                        ? send(server, "/api/whatsapp/messages", account.token(), order(number))
                        : send(server, "/" + account.name(), "", "");
                if (answer.statusCode() == 503 && i < known.size() - 1) {
                    continue; // it stops; the balancer would have seen that at /readyz
                }
                server.answered.incrementAndGet();
                if (answer.statusCode() >= 500) {
                    refused.incrementAndGet();
                } else if (isOrder) {
                    accepted.incrementAndGet();
                } else {
                    pages.incrementAndGet();
                }
                return;
            } catch (ConnectException | HttpConnectTimeoutException _) {
                // Never reached it.
            } catch (IOException | InterruptedException _) {
                cut.incrementAndGet();
                return;
            }
        }
        refused.incrementAndGet();
    }

    /// Each text is another one, so that a gateway knows whether a message came twice.
    private String order(long number) throws IOException {
        return JSON.writeValueAsString(Map.of(
                "master", SendingRows.master((int) (number / accounts.size() % pools)),
                "to", "+97150%07d".formatted(number % 9_000_000),
                "text", "Good morning " + number,
                "key", "order-" + number));
    }

    /// @param token empty for a visitor
    /// @param body empty for GET
    HttpResponse<String> send(ClusterServer server, String path, String token, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
