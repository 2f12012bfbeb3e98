import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All rows, in the order in which they are printed. Every row measures Banyan and something beside it; the rounds go
/// through all rows, so that what disturbs the machine for a while disturbs both sides.
final class Bench {

    static final Path ROOT = Path.of(System.getProperty("bench.root"));
    static final Path WORK = Path.of(System.getProperty("bench.work"));

    private static final int ROUNDS = 3;
    private static final int WARM_UPS = 1;
    private static final int SECONDS = 3;
    private static final int PAGE_CONNECTIONS = 32;
    private static final List<Integer> LOGINS_AT_ONCE = List.of(2, 8);
    static final int FEW = 1_000;
    static final int MANY = 1_000_000;
    private static final int FEW_LISTED = 10;
    private static final int MANY_LISTED = 10_000;
    private static final int ACCOUNTS = 100_000;
    private static final int SENDERS = 10_000;
    private static final int FEW_BRANDS = 10;
    private static final int MANY_BRANDS = 10_000;
    static final long FEW_CLICKS = 1_000;
    static final long MANY_CLICKS = 100_000_000;
    private static final int CROWD = 256;
    static final Map<String, String> NO_CACHE = Map.of("BANYAN_PAGE_CACHE", "0");
    private static final Map<String, String> NO_AOT = Map.of("BANYAN_JAVA_OPTS", "-XX:AOTMode=off");

    private final int rounds;
    private final int seconds;
    private final List<Row> rows = new ArrayList<>();
    /// Printed in a table of their own.
    private final List<Row> workspaceRows = new ArrayList<>();
    private final LinkPages linkPages;
    /// Measured once, in between.
    private final List<Row> atTheEnd = new ArrayList<>();

    private Bench(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.linkPages = new LinkPages(seconds);
    }

    public static void main(String... args) throws Exception {
        switch (args.length == 0 ? "" : args[0]) {
            case "" -> new Bench(ROUNDS, SECONDS).run(true);
            case "--quick" -> new Bench(1, 1).run(false);
            case "--pages" -> new Bench(ROUNDS, SECONDS).runPages();
            case "--links" -> new Bench(ROUNDS, SECONDS).runLinks();
            case "--start" -> new Bench(ROUNDS, SECONDS).runStarts();
            case "--workspaces" -> new Bench(ROUNDS, SECONDS).runWorkspaces();
            case "--sending" -> {
                System.out.print(Machine.describe());
                System.out.print(Row.table("Sending", Sending.rows(SECONDS)));
                Children.stopAll();
                System.exit(0); // an embedded PostgreSQL has threads
            }
            case "--gateways" -> kept("Gateways", "gateways", () -> Gateways.rows(SECONDS));
            case "--contacts" -> {
                int contacts = args.length > 1 ? Integer.parseInt(args[1]) : MANY;
                kept("Contacts", "contacts", () -> ContactRows.rows(contacts, ROUNDS, SECONDS));
            }
            case "--failover" -> kept("Failover", "failover", () -> Failover.rows(SECONDS));
            case "--webhooks" -> {
                System.out.print(Machine.describe());
                System.out.print(
                        Row.table("Webhooks", Webhooks.rows(args.length > 1 ? Integer.parseInt(args[1]) : 10)));
                Children.stopAll();
                System.exit(0); // an embedded PostgreSQL has threads
            }
            case "--sign-ins" -> kept("Sign-ins", "sign-ins", SignIns::rows);
            case "--postgres" -> kept("On PostgreSQL", "postgres", () -> OnPostgres.rows(SECONDS));
            case "--peers" -> kept("Beside Keycloak", "peers", () -> Peers.rows(SECONDS));
            case "--steady" -> {
                var out = new Report();
                out.print(Machine.describe());
                List<Row> rows = Steady.rows(SECONDS * 2);
                out.print(Row.table("Steady", rows));
                Children.stopAll();
                History.add(rows);
                out.keep(ROOT.resolve("bench/results/" + LocalDate.now() + "-steady.txt"));
            }
            case "--long" -> LongRun.run(args.length > 1 ? Integer.parseInt(args[1]) : 60);
            case "--small" -> LongRun.runSmall(args.length > 1 ? Integer.parseInt(args[1]) : 5);
            case "--compare" -> History.compare();
            case "--cluster" -> judged(args, 6, (rounds, seed) -> cluster(Cluster.Shape.MANY, rounds, seed).run());
            case "--cluster-one" -> judged(args, 6, (rounds, seed) -> cluster(Cluster.Shape.ONE, rounds, seed).run());
            case "--cluster-kills" ->
                judged(args, 50, (kills, seed) ->
                        new Cluster(Cluster.Shape.ONE, List.of(Cluster.Fault.KILL), kills, seed).run());
            case "--cluster-lines" ->
                judged(args, 4, (rounds, seed) ->
                        new Cluster(Cluster.Shape.REAL, Cluster.Fault.OF_LINES, rounds, seed).run());
            case "--cluster-spread" ->
                judged(args, 0, (_, seed) -> cluster(Cluster.Shape.LARGE, 0, seed).spread());
            case "--cluster-cost" -> judged(args, 1, (_, seed) -> cluster(Cluster.Shape.MANY, 0, seed).cost());
            case "--cluster-news" ->
                judged(args, ClusterNews.WRITES_PER_SECOND, (rate, seed) ->
                        cluster(Cluster.Shape.MANY, 0, seed).news(rate));
            case "--chaos" -> judged(args, 600, (seconds, seed) -> new Chaos(seconds, seed).run());
            case "--gateway-faults" -> {
                System.out.print(Machine.describe());
                boolean held = GatewayFaults.run(
                        args.length > 1 ? Optional.of(Double.parseDouble(args[1])) : Optional.empty());
                Children.stopAll();
                System.exit(held ? 0 : 1);
            }
            case "--flood" -> {
                System.out.print(Machine.describe());
                Path jar = args.length > 2 ? Path.of(args[2]) : ROOT.resolve("target/quarkus-app/quarkus-run.jar");
                boolean held = Flood.run(args.length > 1 ? Integer.parseInt(args[1]) : 60, jar);
                Children.stopAll();
                System.exit(held ? 0 : 1);
            }
            default -> {
                System.err.println("bench: the options are --quick (one round of one second, nothing kept), --pages,"
                        + " --links, --start, --workspaces, --sending, --gateways, --contacts COUNT, --failover (those rows alone), --webhooks SECONDS, --sign-ins, --peers (beside Keycloak), --postgres (beside SQLite), --steady (what one request costs and waits), --long MINUTES (a mix at half load, and what grows), --small MINUTES (the same with 1 GB of memory), --compare (the last two runs of bench/history.csv),"
                        + " --cluster ROUNDS SEED, --cluster-one ROUNDS SEED (the same with one account's numbers), --cluster-kills KILLS SEED (one account, one SIGKILL after the other), --cluster-lines ROUNDS SEED (lines to the database that are cut or slow, and a database that comes back elsewhere), --cluster-spread (10,000 numbers of one account on three servers and on four), --cluster-cost (what a request costs on one server and on two), --cluster-news RATE (how long one server shows what another has changed), --chaos SECONDS SEED, --gateway-faults SECONDS (what a pool makes of a gateway that breaks and needs so long for a message; without them, of three) and --flood SECONDS JAR (bodies, files and frames of attackers)");
                System.exit(2);
            }
        }
    }

    private interface Rows {
        List<Row> take() throws Exception;
    }

    /// Measures these rows alone, and keeps the result.
    private static void kept(String title, String name, Rows rows) throws Exception {
        var out = new Report();
        out.print(Machine.describe());
        out.print(Row.table(title, rows.take()));
        Children.stopAll();
        out.keep(ROOT.resolve("bench/results/" + LocalDate.now() + "-" + name + ".txt"));
        System.exit(0); // an embedded PostgreSQL has threads, and so has a provider
    }

    /// A run whose promises hold or not.
    private interface Trial {
        boolean run(int size, long seed) throws Exception;
    }

    /// @param args after the option: how much, and the seed of the faults
    private static Cluster cluster(Cluster.Shape shape, int rounds, long seed) throws Exception {
        return new Cluster(shape, Cluster.Fault.OF_PROCESSES, rounds, seed);
    }

    private static void judged(String[] args, int usual, Trial trial) throws Exception {
        int size = args.length > 1 ? Integer.parseInt(args[1]) : usual;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.currentTimeMillis();
        System.out.print(Machine.describe());
        boolean sound = trial.run(size, seed);
        Children.stopAll();
        System.exit(sound ? 0 : 1);
    }

    private void run(boolean kept) throws Exception {
        var out = new Report();
        out.print(Machine.describe());

        Progress.say("Starting Banyan twice, with and without its page cache, and what stands beside it");
        var banyan = BanyanServer.start("cached", Map.of());
        var uncached = BanyanServer.start("uncached", NO_CACHE);
        var idle = new Row("resident memory, idle, first start", "MiB", Optional.of("below 250"));
        idle.ours().add(banyan.idleMemory());

        pageRounds(banyan, uncached);
        var two = new Two();
        dashboardRounds(two.few, two.many);
        linkPages.addShortLinks(two.few, two.fewLinks, two.many, two.manyLinks);
        workspaceRows(two.few, two.fewRows, two.many, two.manyRows);
        agencyRows(two.few, two.fewBrands, two.many, two.manyBrands);
        loginRows(banyan);
        warmUp();
        startRows();
        writeRows();

        measure();

        var loaded = new Row("resident memory, after all this", "MiB", Optional.empty());
        loaded.ours().add(banyan.memory());
        rows.add(idle);
        rows.add(loaded);
        Progress.say(CROWD + " people sign in at once");
        rows.addAll(crowdRows(banyan));
        Progress.say(Chat.many() + " open chat sockets");
        workspaceRows.addAll(atTheEnd);
        workspaceRows.addAll(Chat.rows(two.few, two.fewRows.sessions(), seconds));
        Progress.say("Memory of " + SENDERS + " senders");
        rows.addAll(Memory.perSender(SENDERS));
        linkPages.weighPages();
        List<Row> links = linkRows(two.many);
        // The other servers would have their share of the processors.
        Children.stopAll();
        List<Row> sending = Sending.rows(seconds);
        List<Row> gateways = Gateways.rows(seconds);
        List<Row> failover = Failover.rows(seconds);
        out.print(Row.quiet() + "\n" + Load.describe() + "\n" + Nginx.describe() + "\n" + Chat.describe() + "\n");
        out.print(Row.table("Link pages", links));
        out.print(Row.table("Workspaces", workspaceRows));
        out.print(Row.table("Sending", sending));
        out.print(Row.table("Gateways", gateways));
        out.print(Row.table("Failover", failover));
        out.print(Row.table("Everything else", rows));
        Children.stopAll();
        if (kept) {
            History.add(Stream.of(links, workspaceRows, sending, gateways, failover, rows)
                    .flatMap(List::stream)
                    .toList());
            out.keep(ROOT.resolve("bench/results/" + LocalDate.now() + ".txt"));
        }
    }

    /// A server with few workspaces and sub-accounts, and one with many.
    private static final class Two {

        private final AgencyRows fewBrands = new AgencyRows("few", FEW_BRANDS, 0);
        private final AgencyRows manyBrands = new AgencyRows("many", MANY_BRANDS, ACCOUNTS);
        private final WorkspaceRows fewRows = new WorkspaceRows("few", FEW, FEW_LISTED);
        private final WorkspaceRows manyRows = new WorkspaceRows("many", MANY, MANY_LISTED);
        private final ShortLinkRows fewLinks = new ShortLinkRows("few", FEW);
        private final ShortLinkRows manyLinks = new ShortLinkRows("many", MANY);
        private final BanyanServer few;
        private final BanyanServer many;

        private Two() throws Exception {
            Progress.say("Filling two with " + FEW + " and " + MANY + " workspaces, " + FEW_BRANDS + " and "
                    + MANY_BRANDS + " sub-accounts");
            few = BanyanServer.startWith("few", () -> {
                fewRows.insert(Chat.MANY / 2);
                fewBrands.insert();
                new VisitRows("few", FEW_CLICKS).insert();
                fewLinks.insert();
            });
            many = BanyanServer.startWith("many", () -> {
                manyRows.insert(1);
                manyBrands.insert();
                new VisitRows("many", MANY_CLICKS).insert();
                manyLinks.insert();
            });
        }
    }

    /// Pages, and then dashboards, before a crowd follows a million short links: what it leaves is worked off for
    /// minutes, and would take from these rows.
    private void pageRounds(BanyanServer banyan, BanyanServer uncached) throws Exception {
        linkPages.addPages(banyan, uncached);
        roundsOfLinkPages();
    }

    private void dashboardRounds(BanyanServer few, BanyanServer many) throws Exception {
        linkPages.addDashboards(few, many);
        roundsOfLinkPages();
    }

    private void roundsOfLinkPages() throws Exception {
        warmUp();
        measure();
        linkPages.roundsAreOver();
    }

    private void runPages() throws Exception {
        System.out.print(Machine.describe());
        pageRounds(BanyanServer.start("cached", Map.of()), BanyanServer.start("uncached", NO_CACHE));
        System.out.print(Row.quiet() + "\n" + Row.table("Pages", linkPages.results()));
        Children.stopAll();
        History.add(linkPages.results());
    }

    private void runLinks() throws Exception {
        System.out.print(Machine.describe());
        pageRounds(BanyanServer.start("cached", Map.of()), BanyanServer.start("uncached", NO_CACHE));
        var fewLinks = new ShortLinkRows("few", FEW);
        var manyLinks = new ShortLinkRows("many", MANY);
        Progress.say("Filling two with " + FEW + " and " + MANY + " short links");
        var few = BanyanServer.startWith("few", () -> {
            new VisitRows("few", FEW_CLICKS).insert();
            fewLinks.insert();
        });
        var many = BanyanServer.startWith("many", () -> {
            new VisitRows("many", MANY_CLICKS).insert();
            manyLinks.insert();
        });
        dashboardRounds(few, many);
        linkPages.addShortLinks(few, fewLinks, many, manyLinks);
        warmUp();
        measure();
        linkPages.weighPages();
        List<Row> links = linkRows(many);
        System.out.print(Row.quiet() + "\n" + Row.table("Link pages", links));
        Children.stopAll();
    }

    private List<Row> linkRows(BanyanServer many) throws IOException, InterruptedException {
        var links = new ArrayList<>(linkPages.results());
        links.addAll(linkPages.memory());
        links.addAll(linkPages.uncounted(many));
        return links;
    }

    private void runWorkspaces() throws Exception {
        System.out.print(Machine.describe());
        var two = new Two();
        workspaceRows(two.few, two.fewRows, two.many, two.manyRows);
        warmUp();
        measure();
        workspaceRows.addAll(atTheEnd);
        System.out.print(Row.quiet() + "\n" + Row.table("Workspaces", workspaceRows));
        Children.stopAll();
    }

    private void measure() throws Exception {
        for (int round = 1; round <= rounds; round++) {
            for (Row row : all()) {
                Progress.say("Round " + round + " of " + rounds + ": " + row.name());
                row.measure();
            }
        }
    }

    /// Among many as among few: what is beside a row here is Banyan itself with a thousandth of the workspaces.
    private void workspaceRows(BanyanServer few, WorkspaceRows fewRows, BanyanServer many, WorkspaceRows manyRows)
            throws IOException, InterruptedException {
        var lookup = new Load.Request(
                many.url("/api/sub-clients/lookup?shortPath=" + WorkspaceRows.shortPath(0)), Map.of());
        Optional<Nginx> nginx = Nginx.start("nginx-lookup", Map.of("lookup", lookup));
        var hot = row("workspace lookup, hot, of " + MANY, Optional.of("at least 0.7"), lookup,
                nginx.map(it -> it.like(lookup, "lookup")), seconds);
        workspaceRows.add(hot);

        Progress.say("Asking for each workspace once");
        double before = many.heap();
        Load.each(new Load.Request(few.url("/")), fewRows.once(), PAGE_CONNECTIONS);
        Load.each(new Load.Request(many.url("/")), manyRows.once(), PAGE_CONNECTIONS);
        var kept = new Row("heap for the answers of " + MANY, "MiB", Optional.empty());
        kept.ours().add(many.heap() - before);
        var random = new Row("lookup, random of " + MANY, "/s", Optional.of("at least 0.77"));
        random.measuringOurs(() -> Load.randomPerSecond(new Load.Request(many.url("/")), manyRows.lookups(), PAGE_CONNECTIONS, seconds));
        random.measuringAnother(
                "among " + FEW,
                () -> Load.randomPerSecond(new Load.Request(few.url("/")), fewRows.lookups(), PAGE_CONNECTIONS, seconds));
        workspaceRows.add(random);
        atTheEnd.add(kept);

        Load.Request there = many.createWorkspace(WorkspaceRows.PROJECT);
        Load.Request here = few.createWorkspace(WorkspaceRows.PROJECT);
        var creation = new Row("creation among " + MANY, "/s", Optional.of("at least 0.83"));
        creation.measuringOurs(() -> Load.postsPerSecond(there, 1, seconds));
        creation.measuringAnother("among " + FEW, () -> Load.postsPerSecond(here, 1, seconds));
        workspaceRows.add(creation);

        String hereToken = few.token();
        String thereToken = many.token();
        String page = "/projects/" + WorkspaceRows.LIST + "/sub-clients/management?as=creativeagency";
        String api = "/api/projects/" + WorkspaceRows.LIST + "/sub-clients?limit=10";
        for (var list : List.of(
                List.of("management page", page, page),
                List.of("search on it", page + "&q=" + manyRows.search(), page + "&q=" + fewRows.search()),
                List.of("list of workspaces", api, api),
                List.of(
                        "search for a workspace",
                        api + "&search=" + manyRows.search(),
                        api + "&search=" + fewRows.search()))) {
            var row = new Row(list.getFirst() + ", of " + MANY_LISTED, "/s", Optional.of("at least 0.67"));
            row.measuringOurs(() -> onePersonPerSecond(many, thereToken, list.get(1), seconds));
            row.measuringAnother("of " + FEW_LISTED, () -> onePersonPerSecond(few, hereToken, list.get(2), seconds));
            workspaceRows.add(row);
        }
    }

    private List<Row> all() {
        return Stream.of(linkPages.rows(), workspaceRows, rows).flatMap(List::stream).toList();
    }

    static Row row(
            String name, Optional<String> goal, Load.Request ours, Optional<Load.Request> theirs, int seconds) {
        var row = new Row(name, "/s", goal);
        row.measuringOurs(() -> Load.perSecond(ours, PAGE_CONNECTIONS, seconds));
        theirs.ifPresent(
                request -> row.measuringTheirs("nginx", () -> Load.perSecond(request, PAGE_CONNECTIONS, seconds)));
        return row;
    }

    /// One agency with many sub-accounts on a server with many accounts, beside one with few of either; and a switch
    /// beside plain reads of the same agency.
    private void agencyRows(BanyanServer few, AgencyRows fewBrands, BanyanServer many, AgencyRows manyBrands)
            throws IOException, InterruptedException {
        String here = few.token();
        String there = many.token();
        for (var list : List.of(
                List.of("brands page", "/admin/brands?as=creativeagency"),
                List.of("list of sub-accounts", "/api/admin/GetSubAccounts?limit=10"),
                List.of("search for a sub-account", "/api/admin/GetSubAccounts?limit=10&search=clientbrand1"),
                List.of("search everywhere", "/api/admin/search?q=client"))) {
            var row = new Row(list.getFirst() + ", of " + MANY_BRANDS, "/s", Optional.of("at least 0.77"));
            row.measuringOurs(() -> onePersonPerSecond(many, there, list.getLast(), seconds));
            row.measuringAnother("of " + FEW_BRANDS, () -> onePersonPerSecond(few, here, list.getLast(), seconds));
            rows.add(row);
        }
        for (var work : List.of(AgencyLoad.Work.SWITCH, AgencyLoad.Work.CREATE)) {
            var row = new Row(
                    work.name().toLowerCase(Locale.ROOT) + " among " + MANY_BRANDS + " sub-accounts",
                    "/s",
                    Optional.of("at least 0.77"));
            row.measuringOurs(() -> worksPerSecond(many, there, work, manyBrands));
            row.measuringAnother("among " + FEW_BRANDS, () -> worksPerSecond(few, here, work, fewBrands));
            rows.add(row);
        }
        var next = new Row("switch and next request", "/s", Optional.of("at least 0.33"));
        next.measuringOurs(() -> worksPerSecond(many, there, AgencyLoad.Work.SWITCH_AND_GO_ON, manyBrands));
        next.measuringAnother("GET /api/me", () -> worksPerSecond(many, there, AgencyLoad.Work.LOOK, manyBrands));
        rows.add(next);
    }

    static double onePersonPerSecond(BanyanServer server, String token, String path, int seconds)
            throws IOException, InterruptedException {
        var request = new Load.Request(server.url(path), Map.of("Authorization", "Bearer " + token));
        return Load.perSecond(request, 1, seconds);
    }

    private double worksPerSecond(BanyanServer server, String token, AgencyLoad.Work work, AgencyRows brands)
            throws IOException, InterruptedException {
        return Children.number("AgencyLoad", server.url("/"), token, work, seconds, brands.ids());
    }

    /// Far more logins at once than are taken. The first pass fills what is filled once and for all; what the second
    /// one adds would go on growing.
    private List<Row> crowdRows(BanyanServer banyan) throws Exception {
        crowd(banyan);
        double before = banyan.memory();
        String[] counts = crowd(banyan);
        double after = banyan.memory();
        var memory = new Row("resident memory, " + CROWD + " logins at once", "MiB", Optional.of("at most 1.1"));
        memory.measuringOurs(() -> after);
        memory.measuringTheirs("before", () -> before);
        memory.measure();
        var wait = new Row("slowest answer to " + CROWD + " logins", "ms", Optional.empty());
        wait.ours().add(Double.parseDouble(counts[3]));
        var refused = new Row("refused with Retry-After", "/s", Optional.empty());
        refused.ours().add(Double.parseDouble(counts[1]) / seconds);
        return List.of(memory, wait, refused);
    }

    private String[] crowd(BanyanServer banyan) throws IOException, InterruptedException {
        var login = banyan.login();
        String said = Children.output(Children.java("Overload", login.url(), CROWD, seconds, login.body()));
        String[] counts = said.lines().toList().getLast().split(" ");
        if (!counts[2].equals("0") || counts[0].equals("0") || counts[1].equals("0")) {
            throw new IllegalStateException("Logins welcomed, refused and lost: " + said);
        }
        return counts;
    }

    private void loginRows(BanyanServer banyan) {
        for (int callers : LOGINS_AT_ONCE) {
            // Two callers leave a processor idle between a login and the next: only more show what the server can do.
            Optional<String> goal = callers > 2 ? Optional.of("at least 0.9") : Optional.empty();
            var row = new Row("login, " + callers + " at once", "/s", goal);
            row.measuringOurs(() -> Load.postsPerSecond(banyan.login(), callers, seconds));
            row.measuringTheirs("bare Argon2id", () -> Children.number("BareArgon2", callers, seconds));
            rows.add(row);
        }
    }

    private void runStarts() throws Exception {
        System.out.print(Machine.describe());
        startRows();
        measure();
        System.out.print(Row.quiet() + "\n" + Row.table("Starts", rows));
        Children.stopAll();
        History.add(rows);
    }

    private void startRows() {
        var plain = new Row("start to ready, no AOT cache", "ms", Optional.of("at most 15"));
        plain.measuringOurs(() -> BanyanServer.startMillis(NO_AOT));
        plain.measuringTheirs("bare JDK HttpServer", BareHttpServer::startMillis);
        rows.add(plain);
        if (Files.exists(ROOT.resolve("target/banyan.aot"))) {
            var cached = new Row("start to ready, AOT cache", "ms", Optional.of("at most 8"));
            cached.measuringOurs(() -> BanyanServer.startMillis(Map.of()));
            cached.measuringTheirs("bare JDK HttpServer", BareHttpServer::startMillis);
            rows.add(cached);
        }
    }

    private void writeRows() {
        for (int callers : List.of(1, 8, 32, 128)) {
            var row = new Row("SQLite writes, " + callers + " callers", "/s", Optional.empty());
            row.measuringOurs(() -> Children.number("Writes", "group", callers, seconds));
            row.measuringTheirs("commit per row", () -> Children.number("Writes", "each", callers, seconds));
            rows.add(row);
        }
    }

    /// For the JIT of the servers that stay; what starts a JVM for each round warms up inside, or not at all.
    private void warmUp() throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            for (Row row : all()) {
                Progress.say("Warming up: " + row.name());
                row.warmUp();
            }
        }
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 1_000 ? "%.1f" : "%,.0f", value);
    }
}
