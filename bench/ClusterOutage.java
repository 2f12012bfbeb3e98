import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/// PostgreSQL is away for half a minute, and then there under another address.
final class ClusterOutage {

    private static final Duration LASTS = Duration.ofSeconds(30);
    private static final Duration LOOKED_EVERY = Duration.ofMillis(200);
    private static final double SLOWEST_REFUSAL = 2;
    private static final double BACK_WITHIN = 5;

    private final List<ClusterServer> servers;
    private final Line spare;
    private final List<ClusterLoad.Account> accounts;
    private final ClusterLoad load;

    ClusterOutage(List<ClusterServer> servers, Line spare, List<ClusterLoad.Account> accounts, ClusterLoad load) {
        this.servers = servers;
        this.spare = spare;
        this.accounts = accounts;
        this.load = load;
    }

    /// @return whether those who ask hear soon that they have to wait, visitors notice nothing, and all works soon after
    boolean run() throws IOException, InterruptedException {
        load.isQuiet(true); // what it asks would be refused, and that would be right
        load.awaitAnswers();
        load.send(
                servers.getFirst(),
                "/api/admin/CreatePage",
                accounts.getFirst().token(),
                "{\"slug\":\"start\",\"name\":\"Start\"}");
        for (ClusterServer server : servers) {
            while (!page(server)) { // kept from now on
                Thread.sleep(LOOKED_EVERY);
            }
            server.line.refuses();
        }
        long begin = System.nanoTime();
        double slowest = 0;
        int pages = 0;
        int missed = 0;
        int others = 0;
        while (System.nanoTime() - begin < LASTS.toNanos()) {
            for (ClusterServer server : servers) {
                if (page(server)) {
                    pages++;
                } else {
                    missed++;
                }
                long asked = System.nanoTime();
                HttpResponse<String> answer = ask(server);
                slowest = Math.max(slowest, (System.nanoTime() - asked) / 1e9);
                boolean isTold = answer.statusCode() == 503
                        && answer.headers().firstValue("Retry-After").isPresent();
                others += isTold ? 0 : 1;
            }
            Thread.sleep(LOOKED_EVERY);
        }
        spare.isWhole();
        long back = System.nanoTime();
        for (ClusterServer server : servers) {
            while (ask(server).statusCode() != 200) {
                Thread.sleep(LOOKED_EVERY);
            }
        }
        double seconds = (System.nanoTime() - back) / 1e9;
        load.isQuiet(false);
        System.out.printf(
                "PostgreSQL away for 30 s, then at another address: slowest refusal %.1f s; other answers: %d; pages shown meanwhile: %d, not shown: %d; all works after %.1f s%n",
                slowest, others, pages, missed, seconds);
        Thread.sleep(LASTS); // the load goes on at the new address
        return slowest <= SLOWEST_REFUSAL && others == 0 && pages > 0 && missed == 0 && seconds <= BACK_WITHIN;
    }

    private boolean page(ClusterServer server) throws IOException, InterruptedException {
        return load.send(server, "/" + accounts.getFirst().name(), "", "").statusCode() == 200;
    }

    private HttpResponse<String> ask(ClusterServer server) throws IOException, InterruptedException {
        return load.send(server, "/api/me", accounts.getFirst().token(), "");
    }
}
