package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Owner;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.http.Countries;
import dev.banyan.platform.webhooks.TestWebhooks;
import dev.banyan.platform.webhooks.Webhooks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class RecorderTest {

    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
    private static final String BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    private static final LocalDate DATE = LocalDate.parse("2026-11-20");

    private final Database database;
    private final Owner owner;
    private final Owner other;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, Long> told = new HashMap<>();
    private final Map<String, ZoneId> zones = new HashMap<>();
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final Clock clock = turning();
    private final Events events = new Events(clock, meters);
    private boolean isFailing;
    private final Webhooks webhooks;
    private final Recorder recorder;

    RecorderTest(Database database) {
        this.database = database;
        this.owner = StoredAccounts.owner(database, Tier.PRO).owner();
        this.other = StoredAccounts.owner(database, Tier.PRO).owner();
        this.webhooks = TestWebhooks.on(database, clock);
        this.recorder = recorder();
    }

    private Clock turning() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private Recorder recorder() {
        var counts = new ClickCounts(
                List.of(counters(EventNames.Kind.LINK), counters(EventNames.Kind.SHORT_LINK)), webhooks);
        return new Recorder(
                database,
                events,
                new VisitReader(
                        new UserAgents(),
                        new Countries(Settings.from(Map.of(), new Properties())),
                        new Visitors(database)),
                new VisitBacklog(database, counts, clock),
                counts,
                new PageDays(database, new AccountDays(database, clock), List.of(pages()), clock),
                clock,
                meters);
    }

    private EventNames pages() {
        return new EventNames() {
            @Override
            public Map<String, Name> names(Tx tx, Owner whose, Kind kind, Collection<String> ids) {
                return Map.of();
            }

            @Override
            public Map<String, ZoneId> zones(Tx tx, AccountId tenant) {
                return tenant.equals(owner.tenant()) ? Map.copyOf(zones) : Map.of();
            }
        };
    }

    private ClickCounters counters(EventNames.Kind kind) {
        return new ClickCounters() {
            @Override
            public EventNames.Kind kind() {
                return kind;
            }

            @Override
            public void clicked(Tx tx, Owner whose, Map<String, Clicks> clicks) {
                if (isFailing) {
                    throw new IllegalStateException("The disk is full");
                }
                clicks.forEach((link, more) -> told.merge(link, more.count(), Long::sum));
            }
        };
    }

    private void view(Owner of, String address, String agent) {
        events.happened(new Event.PageView(of, "page"), new Visit(address, agent, "https://www.a.example/x", "de-AT"));
    }

    private VisitCounts tally(Owner of, LocalDate date) {
        return tally(of, Subject.PAGES, date);
    }

    private VisitCounts tally(Owner of, Subject subject, LocalDate date) {
        return database.read(tx -> new VisitStore(tx).days(of, subject, date, date)).stream()
                .map(VisitStore.Day::tally)
                .reduce(VisitCounts.NOTHING, VisitCounts::plus);
    }

    @Test
    void everyEventOfManyThreadsIsCountedOnce() {
        AtOnce.run(16, number -> {
            for (int i = 0; i < 200; i++) {
                view(number % 2 == 0 ? owner : other, "192.0.2." + number, PHONE);
            }
            return number;
        });

        recorder.write();
        recorder.write();

        assertThat(tally(owner, DATE)).isEqualTo(new VisitCounts(1_600, 0, 0, 0, 0, 8));
        assertThat(tally(other, DATE)).isEqualTo(new VisitCounts(1_600, 0, 0, 0, 0, 8));
        Breakdown parts = database.read(tx -> new VisitStore(tx).parts(owner, Subject.PAGES, DATE, DATE));
        assertThat(parts.count(Dimension.REFERRER, "a.example")).isEqualTo(1_600);
        assertThat(parts.count(Dimension.DEVICE, "Phone")).isEqualTo(1_600);
        assertThat(parts.count(Dimension.LANGUAGE, "de")).isEqualTo(1_600);
        assertThat(parts.count(Dimension.HOUR, "10")).isEqualTo(1_600);
    }

    @Test
    void botsAreCountedApartAndTellLinksNothing() {
        view(owner, "192.0.2.1", BOT);
        events.happened(new Event.LinkClick(owner, "page", "link"), new Visit("192.0.2.1", BOT, "", ""));
        events.happened(new Event.LinkClick(owner, "page", "link"), new Visit("192.0.2.1", PHONE, "", ""));
        recorder.write();

        assertThat(tally(owner, DATE)).isEqualTo(new VisitCounts(0, 1, 0, 0, 2, 0));
        assertThat(told).containsExactly(Map.entry("link", 1L));
        RecentEvents recent = database.read(tx -> new VisitStore(tx).recent(owner, RecentEvents.Kind.VIEW));
        assertThat(recent.entries()).isEmpty();
    }

    @Test
    void theSameVisitorIsNewOnTheNextDay() {
        now = Instant.parse("2026-11-20T23:59:59.900Z");
        view(owner, "192.0.2.1", PHONE);
        view(owner, "192.0.2.1", PHONE);
        now = Instant.parse("2026-11-21T00:00:00.100Z");
        view(owner, "192.0.2.1", PHONE);
        recorder.write();

        assertThat(tally(owner, DATE)).isEqualTo(new VisitCounts(2, 0, 0, 0, 0, 1));
        assertThat(tally(owner, DATE.plusDays(1))).isEqualTo(new VisitCounts(1, 0, 0, 0, 0, 1));
    }

    /// A day is the account's: neither the count nor who is known ends at midnight in Greenwich.
    @Test
    void aDayIsThatOfTheAccountsTimeZone() {
        database.write(tx -> {
            new AccountStore(tx).setZone(owner.tenant(), ZoneId.of("America/Los_Angeles"), now);
            return owner;
        });
        now = Instant.parse("2026-11-20T23:59:59.900Z");
        view(owner, "192.0.2.1", PHONE);
        view(other, "192.0.2.1", PHONE);
        now = Instant.parse("2026-11-21T00:00:00.100Z");
        view(owner, "192.0.2.1", PHONE);
        view(other, "192.0.2.1", PHONE);
        recorder.write();

        assertThat(tally(owner, DATE)).isEqualTo(new VisitCounts(2, 0, 0, 0, 0, 1));
        assertThat(tally(owner, DATE.plusDays(1))).isEqualTo(VisitCounts.NOTHING);
        assertThat(tally(other, DATE)).as("an account in UTC").isEqualTo(new VisitCounts(1, 0, 0, 0, 0, 1));
    }

    @Test
    void aDayOfAPageIsThatOfItsOwnTimeZone() {
        zones.put("page", ZoneId.of("America/Los_Angeles"));
        now = Instant.parse("2026-11-20T23:59:59.900Z");
        view(owner, "192.0.2.1", PHONE);
        now = Instant.parse("2026-11-21T00:00:00.100Z");
        view(owner, "192.0.2.1", PHONE);
        recorder.write();

        Subject page = Subject.page("page");
        assertThat(tally(owner, page, DATE)).isEqualTo(new VisitCounts(2, 0, 0, 0, 0, 1));
        assertThat(tally(owner, page, DATE.plusDays(1))).isEqualTo(VisitCounts.NOTHING);
        assertThat(tally(owner, DATE)).as("the account in UTC").isEqualTo(new VisitCounts(1, 0, 0, 0, 0, 1));
        assertThat(tally(owner, DATE.plusDays(1))).isEqualTo(new VisitCounts(1, 0, 0, 0, 0, 1));
    }

    /// The salt is the only link between an address and its hash: two days have different salts, and a deleted salt
    /// never returns.
    @Test
    void noHashLeadsFromOneDayToAnotherNorBackToAnAddress() {
        Visit visit = new Visit("192.0.2.1", PHONE, "", "");
        int day = Counts.dayOf(now.toEpochMilli(), ZoneOffset.UTC);
        var visitors = new Visitors(database);
        long yesterday = visitors.hash(day - 1, visit);
        assertThat(visitors.hash(day - 1, visit)).isEqualTo(yesterday);
        assertThat(visitors.hash(day, visit)).isNotEqualTo(yesterday);

        database.<Integer>write(tx -> new SaltStore(tx).forgetBefore(day));

        assertThat(new Visitors(database).hash(day - 1, visit))
                .as("whoever has the database and the address")
                .isNotEqualTo(yesterday);
    }

    @Test
    void aVisitorIsKnownAgainAfterARestart() {
        view(owner, "192.0.2.1", PHONE);
        recorder.write();
        Recorder restarted = recorder();
        view(owner, "192.0.2.1", PHONE);
        restarted.write();

        assertThat(tally(owner, DATE)).isEqualTo(new VisitCounts(2, 0, 0, 0, 0, 1));
    }

    @Test
    void nothingThatSaysWhoCameIsKept() {
        view(owner, "203.0.113.77", PHONE);
        recorder.write();

        RecentEvents.Entry entry = database.read(tx -> new VisitStore(tx).recent(owner, RecentEvents.Kind.VIEW))
                .entries()
                .getFirst();
        assertThat(entry.ip()).isEqualTo("203.0.113.0");
        assertThat(entry.agent()).isEqualTo("Mobile Safari on iOS");
        assertThat(entry.referrer()).isEqualTo("a.example");
    }

    @Test
    void aCleanStopWritesWhatWaits() {
        view(owner, "192.0.2.1", PHONE);
        recorder.atShutdown(new ShutdownEvent());

        assertThat(tally(owner, DATE).views()).isEqualTo(1);
    }

    @Test
    void anAccountThatIsGoneTakesNoOtherWithIt() {
        var gone = new Owner(owner.tenant(), new AccountId(UUID.randomUUID()));
        for (int time = 0; time < 8; time++) {
            view(gone, "192.0.2.1", PHONE);
            view(owner, "192.0.2.1", PHONE);
            recorder.write();
        }

        assertThat(tally(owner, DATE).views()).isEqualTo(8);
        assertThat(meters.counter("banyan.visits.lost").count()).isPositive();
    }

    @Test
    void visitsOfAnAccountThatHasMovedAreCountedWhereItIsNow() {
        view(new Owner(owner.tenant(), other.account()), "192.0.2.1", PHONE);
        view(owner, "192.0.2.1", PHONE);
        recorder.write();

        assertThat(tally(owner, DATE).views()).isEqualTo(1);
        assertThat(tally(other, DATE).views()).isEqualTo(1);
        assertThat(meters.counter("banyan.visits.lost").count()).isZero();
    }

    @Test
    void whatIsTooMuchIsDroppedAtOnceAndSaid() {
        for (int i = 0; i < 70_000; i++) {
            view(owner, "192.0.2.1", PHONE);
        }
        recorder.write();

        double dropped = meters.counter("banyan.visits.dropped").count();
        assertThat(dropped).isPositive();
        assertThat(tally(owner, DATE).views() + (long) dropped).isEqualTo(70_000);
    }

    @Test
    void inventedUserAgentsAreCountedWithoutBeingRead() {
        for (int i = 0; i < 2_000; i++) {
            view(owner, "192.0.2.1", "Mozilla/5.0 (X11; Linux x86_64) Invented/5.0." + i);
        }
        recorder.write();

        assertThat(tally(owner, DATE).views()).isEqualTo(2_000);
    }

    /// Far more short links than are written one by one: journalled clicks are as durable, and give the same counts.
    @Test
    void theClicksOfACrowdWaitInTheJournalAndAreCountedOnce() {
        int links = 3_000;
        followAll(links);
        recorder.atShutdown(new ShutdownEvent());

        assertThat(redirects(Subject.SHORT_LINKS)).isEqualTo(links);
        assertThat(database.<Optional<Integer>>read(tx -> new VisitJournalStore(tx).next(0)))
                .isPresent();

        var restarted = recorder();
        followAll(links);
        restarted.write();

        assertThat(database.<Optional<Integer>>read(tx -> new VisitJournalStore(tx).next(0)))
                .isEmpty();
        assertThat(redirects(Subject.SHORT_LINKS)).isEqualTo(2 * links);
        assertThat(redirects(Subject.shortLink("short-0"))).isEqualTo(2);
        assertThat(redirects(Subject.shortLink("short-" + (links - 1)))).isEqualTo(2);
        assertThat(told).hasSize(links).containsEntry("short-7", 2L);
        Breakdown parts =
                database.read(tx -> new VisitStore(tx).parts(owner, Subject.shortLink("short-7"), DATE, DATE));
        assertThat(parts.count(Dimension.DEVICE, "Phone")).isEqualTo(2);
        restarted.write();
        assertThat(redirects(Subject.shortLink("short-7"))).isEqualTo(2);
    }

    @Test
    void whatFailsIsTriedAgainWithoutAnotherCrowd() {
        int links = 1_000;
        isFailing = true;
        followAll(links);
        recorder.write();
        assertThat(redirects(Subject.SHORT_LINKS)).isEqualTo(links);
        assertThat(told).isEmpty();

        isFailing = false;
        now = now.plusSeconds(29);
        recorder.write();
        assertThat(told).as("not at once").isEmpty();
        now = now.plusSeconds(1);
        recorder.write();

        assertThat(told).hasSize(links).containsEntry("short-7", 1L);
        assertThat(redirects(Subject.shortLink("short-7"))).isEqualTo(1);
    }

    @Test
    void whatADeadServerLeftIsTakenByAnotherOneOfTheSameDatabase() {
        int links = 1_000;
        recorder.write(); // has checked, and found nothing
        var dead = recorder();
        followAll(links);
        dead.atShutdown(new ShutdownEvent());
        int atOnce = told.size();
        assertThat(atOnce).isLessThan(links);

        now = now.plusSeconds(59);
        recorder.write();
        assertThat(told).hasSize(atOnce);
        now = now.plusSeconds(1);
        recorder.write();
        assertThat(told).hasSize(database.isShared() ? links : atOnce);

        recorder().write(); // without another server: the next start
        assertThat(told).hasSize(links).containsEntry("short-7", 1L);
    }

    @Test
    void aShortLinkThatCountsItsOwnIsNotToldAgain() {
        events.happened(new Event.Redirect(owner, "limited", "", true), new Visit("192.0.2.1", PHONE, "", "de-AT"));

        recorder.write();

        assertThat(redirects(Subject.shortLink("limited"))).isEqualTo(1);
        assertThat(told).doesNotContainKey("limited");
    }

    private void follow(String shortLink, Visit visit) {
        events.happened(new Event.Redirect(owner, shortLink, "", false), visit);
    }

    private List<JsonNode> heard(UUID endpoint) {
        return TestWebhooks.waiting(database, owner, endpoint);
    }

    @Test
    void aBurstOfClicksIsFewEventsThatMissNone() {
        UUID endpoint = TestWebhooks.paused(database, owner, now, "short_link.clicked");
        for (int i = 0; i < 1_000; i++) {
            follow("short-" + i, new Visit("192.0.2." + i % 200, PHONE, "", "en"));
        }
        recorder.write();

        assertThat(heard(endpoint)).hasSize(10);
        assertThat(heard(endpoint).stream()
                        .mapToInt(event -> event.at("/data/count").asInt()))
                .containsOnly(100);
        assertThat(heard(endpoint).stream()
                        .flatMap(event -> event.at("/data/visits").valueStream())
                        .map(visit -> visit.path("shortLink").asText()))
                .as("each once")
                .hasSize(1_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void ofMoreThanCanBeListedTheNumberIsTold() {
        UUID endpoint = TestWebhooks.paused(database, owner, now, "short_link.clicked");
        for (int i = 0; i < 2_500; i++) {
            follow("busy", new Visit("192.0.2.1", PHONE, "", "en"));
        }
        recorder.write();

        assertThat(heard(endpoint)).hasSize(10);
        assertThat(heard(endpoint).stream()
                        .mapToInt(event -> event.at("/data/count").asInt())
                        .sum())
                .isEqualTo(2_500);
        assertThat(heard(endpoint).getLast().at("/data/visits")).hasSize(100);
    }

    /// What an event says is what analytics keep, and nothing that tells who came.
    @Test
    void aVisitIsToldWithoutTheVisitor() {
        UUID endpoint = TestWebhooks.paused(database, owner, now, "page.viewed", "link.clicked");
        events.happened(
                new Event.PageView(owner, "page"),
                new Visit(
                        "203.0.113.77",
                        PHONE,
                        "https://www.instagram.com/maya?x=1",
                        "de-AT",
                        UtmFields.of("utm_source=letter&utm_medium=mail&utm_campaign=May")));
        events.happened(
                new Event.LinkClick(owner, "page", "link"),
                new Visit("203.0.113.77", PHONE, "", "de-AT", UtmFields.of("qr")));
        events.happened(new Event.LinkUnlock(owner, "page", "link"), new Visit("203.0.113.77", PHONE, "", ""));
        events.happened(new Event.PageView(owner, "page"), new Visit("203.0.113.78", BOT, "", ""));
        view(other, "203.0.113.79", PHONE);
        recorder.write();

        assertThat(heard(endpoint)).hasSize(2);
        JsonNode click = heard(endpoint).getFirst();
        JsonNode view = heard(endpoint).getLast();
        assertThat(view.path("type").asText()).isEqualTo("page.viewed");
        assertThat(view.at("/data").toString())
                .isEqualTo("{\"account\":\"" + owner.account() + "\",\"count\":1,\"visits\":[{"
                        + "\"at\":\"2026-11-20T10:00:00Z\",\"page\":\"page\",\"referrer\":\"instagram.com\","
                        + "\"source\":\"letter\",\"medium\":\"mail\",\"campaign\":\"May\",\"device\":\"Phone\","
                        + "\"scanned\":false}]}");
        assertThat(click.at("/data/visits/0").toString())
                .isEqualTo("{\"at\":\"2026-11-20T10:00:00Z\",\"page\":\"page\",\"link\":\"link\","
                        + "\"medium\":\"qr\",\"device\":\"Phone\",\"scanned\":true}");
    }

    @Test
    void visitsThatFailToBeCountedAreToldOnceWithTheCount() {
        UUID endpoint = TestWebhooks.paused(database, owner, now, "link.clicked");
        isFailing = true;
        events.happened(new Event.LinkClick(owner, "page", "link"), new Visit("192.0.2.1", PHONE, "", ""));
        recorder.write();
        assertThat(heard(endpoint)).isEmpty();

        isFailing = false;
        recorder.write();
        recorder.write();
        assertThat(heard(endpoint)).hasSize(1);
    }

    /// Patterns never mean visits; and once that is known, a visit costs neither a query nor memory.
    @Test
    void visitsThatNoWebhookChoseAddNothing() {
        UUID endpoint = TestWebhooks.paused(database, owner, now, "*", "page.*", "link.*", "short_link.*");
        assertThat(webhooks.mayHearVisits(owner)).as("not known yet").isTrue();
        view(owner, "192.0.2.1", PHONE);
        view(other, "192.0.2.1", PHONE);
        recorder.write();

        assertThat(tally(owner, DATE).views()).isEqualTo(1);
        assertThat(heard(endpoint)).isEmpty();
        assertThat(webhooks.mayHearVisits(owner)).isFalse();
        assertThat(webhooks.mayHearVisits(other)).isFalse();
    }

    private void followAll(int links) {
        for (int i = 0; i < links; i++) {
            events.happened(
                    new Event.Redirect(owner, "short-" + i, "", false), new Visit("192.0.2.1", PHONE, "", "de-AT"));
        }
    }

    private long redirects(Subject subject) {
        return database.read(tx -> new VisitStore(tx).days(owner, subject, DATE, DATE)).stream()
                .mapToLong(day -> day.tally().redirects())
                .sum();
    }
}
