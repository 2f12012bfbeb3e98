import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What visitors ask for: pages, clicks, short links; and what their owners then look at.
final class LinkPages {

    private static final int CONNECTIONS = 32;
    private static final int PAGES = 2_000;
    /// A browser, for machines are counted apart, with less work.
    static final Map<String, String> BROWSER = Map.of(
            "User-Agent",
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
            "Accept-Language",
            "de-AT,de;q=0.9");

    private final int seconds;
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> measured = new ArrayList<>();
    /// What takes memory, seen before the rounds.
    private final List<Row> memory = new ArrayList<>();

    LinkPages(int seconds) {
        this.seconds = seconds;
    }

    /// What is to be measured in the rounds that come.
    List<Row> rows() {
        return rows;
    }

    /// The rounds of these rows are over; others follow.
    void roundsAreOver() {
        measured.addAll(rows);
        rows.clear();
    }

    List<Row> results() {
        return Stream.concat(measured.stream(), rows.stream()).toList();
    }

    List<Row> memory() {
        return memory;
    }

    void addPages(BanyanServer banyan, BanyanServer uncached) throws IOException, InterruptedException {
        var page = new Load.Request(banyan.url("/clientbrand1"), BROWSER);
        var gzip = page.with("Accept-Encoding", "gzip");
        var fresh = new Load.Request(uncached.url("/clientbrand1"), BROWSER);
        var list = new Load.Request(
                banyan.url("/api/admin/GetLinks"), Map.of("Authorization", "Bearer " + banyan.token()));
        var click = new Load.Request(banyan.url("/go/" + banyan.firstLink()), BROWSER);

        Optional<Nginx> nginx = Nginx.start("nginx", Map.of("page", page, "gzip", gzip, "list", list, "click", click));
        add("cached page", Optional.of("at least 0.95"), page, nginx, "page");
        add("cached page, gzip", Optional.of("at least 1"), gzip, nginx, "gzip");
        add("uncached page", Optional.empty(), fresh, nginx, "page");
        add("redirect, click counted", Optional.empty(), click, nginx, "click");
        add("JSON GetLinks", Optional.empty(), list, nginx, "list");
    }

    private void add(String name, Optional<String> goal, Load.Request ours, Optional<Nginx> nginx, String theirs) {
        rows.add(Bench.row(name, goal, ours, nginx.map(it -> it.like(ours, theirs)), seconds));
    }

    /// Beside nginx, which answers the same and counts nothing, and beside Banyan with a thousandth of them.
    void addShortLinks(BanyanServer few, ShortLinkRows fewRows, BanyanServer many, ShortLinkRows manyRows)
            throws IOException, InterruptedException {
        var hot = new Load.Request(many.url(ShortLinkRows.path(0)), BROWSER);
        var here = new Load.Request(few.url("/"), BROWSER);
        var there = new Load.Request(many.url("/"), BROWSER);
        Optional<Nginx> nginx = Nginx.start("nginx-short-links", Map.of("hot", hot, "l/", hot));
        add("short link, hot, of " + Bench.MANY, Optional.of("at least 0.6"), hot, nginx, "hot");

        Progress.say("Following each short link once");
        Load.each(here, fewRows.once(), CONNECTIONS);
        double atFirst = many.heap();
        Load.each(there, manyRows.once(), CONNECTIONS);
        double withLinks = many.heap();
        memory.add(kept("kept short link, of " + Bench.MANY, withLinks - atFirst, Bench.MANY));

        var random = new Row("short link, any of " + Bench.MANY, "/s", Optional.of("at least 0.6"));
        random.measuringOurs(() -> Load.randomPerSecond(there, manyRows.paths(), CONNECTIONS, seconds));
        nginx.ifPresent(it -> random.measuringTheirs(
                "nginx",
                () -> Load.randomPerSecond(it.like(there, ""), manyRows.paths(), CONNECTIONS, seconds)));
        rows.add(random);
        var sameOnes = new Row("one of " + Bench.FEW + ", with " + Bench.MANY + " there", "/s", Optional.of("at least 0.9"));
        sameOnes.measuringOurs(() -> Load.randomPerSecond(there, fewRows.paths(), CONNECTIONS, seconds));
        sameOnes.measuringAnother(
                "with " + Bench.FEW, () -> Load.randomPerSecond(here, fewRows.paths(), CONNECTIONS, seconds));
        rows.add(sameOnes);
        var among = new Row("any of " + Bench.MANY + ", with as many there", "/s", Optional.empty());
        among.measuringOurs(() -> Load.randomPerSecond(there, manyRows.paths(), CONNECTIONS, seconds));
        among.measuringAnother(
                "with " + Bench.FEW, () -> Load.randomPerSecond(here, fewRows.paths(), CONNECTIONS, seconds));
        rows.add(among);
    }

    void addDashboards(BanyanServer few, BanyanServer many) throws IOException, InterruptedException {
        String here = few.token();
        String there = many.token();
        for (var look : List.of(
                List.of("analytics page", "/admin/analytics?as=creativeagency&days=90"),
                List.of("GetAnalytics", "/api/admin/GetAnalytics"))) {
            var row = new Row(
                    look.getFirst() + ", " + Bench.MANY_CLICKS + " clicks", "/s", Optional.of("at least 0.77"));
            row.measuringOurs(() -> Bench.onePersonPerSecond(many, there, look.getLast(), seconds));
            row.measuringAnother(
                    Bench.FEW_CLICKS + " clicks",
                    () -> Bench.onePersonPerSecond(few, here, look.getLast(), seconds));
            rows.add(row);
        }
    }

    /// What visitors did and no counter has, after all rounds: nothing may be missing.
    List<Row> uncounted(BanyanServer server) throws IOException, InterruptedException {
        var visits = new Row("visits that were not counted", "", Optional.of("0"));
        visits.ours().add(server.metric("banyan_visits_dropped_total") + server.metric("banyan_visits_lost_total"));
        var clicks = new Row("clicks that were not counted", "", Optional.of("0"));
        clicks.ours().add(server.metric("banyan_shortlinks_clicks_lost_total"));
        return List.of(visits, clicks);
    }

    /// On a server of its own, for an account with thousands of pages is no account of the dashboards.
    void weighPages() throws Exception {
        Progress.say("Opening each of " + PAGES + " pages once");
        var pages = new PageRows("pages", PAGES);
        var server = BanyanServer.startWith("pages", pages::insert);
        var visitor = new Load.Request(server.url("/"), BROWSER);
        Load.perSecond(new Load.Request(server.url("/clientbrand1"), BROWSER), CONNECTIONS, seconds);
        double before = server.heap();
        Load.each(visitor, pages.paths(), CONNECTIONS);
        memory.add(kept("cached page, of " + PAGES, server.heap() - before, PAGES));
        server.stop();
    }

    private static Row kept(String name, double heapMib, int count) {
        var row = new Row("heap per " + name, "bytes", Optional.empty());
        row.ours().add(heapMib * (1 << 20) / count);
        return row;
    }
}
