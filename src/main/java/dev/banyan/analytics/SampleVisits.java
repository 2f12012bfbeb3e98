package dev.banyan.analytics;

import dev.banyan.accounts.AccountContext;
import dev.banyan.analytics.EventNames.Name;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Creates invented visits of the last weeks for the sample agency, stored as by the [Recorder].
@Singleton
public final class SampleVisits {

    private static final int DAYS = 45;
    private static final int MS_OF_DAY = 86_400_000;
    private static final int BOT_OF = 12;
    private static final int CLICKS_OF_100 = 42;

    private static final List<String> REFERRERS = List.of(
            "", "instagram.com", "", "instagram.com", "l.facebook.com", "google.com", "tiktok.com", "whatsapp.com");
    private static final List<UserAgent> AGENTS = List.of(
            new UserAgent(false, UserAgent.Device.PHONE, "Mobile Safari", "iOS"),
            new UserAgent(false, UserAgent.Device.PHONE, "Chrome Mobile", "Android"),
            new UserAgent(false, UserAgent.Device.PHONE, "Instagram", "iOS"),
            new UserAgent(false, UserAgent.Device.COMPUTER, "Chrome", "Windows"),
            new UserAgent(false, UserAgent.Device.COMPUTER, "Firefox", "Linux"),
            new UserAgent(false, UserAgent.Device.TABLET, "Mobile Safari", "iOS"));
    private static final List<String> LANGUAGES = List.of("en", "en", "ar", "de", "fr");

    private final Database database;
    private final List<EventNames> names;
    private final ClickCounts clickCounts;
    private final Clock clock;

    SampleVisits(Database database, @All List<EventNames> names, ClickCounts clickCounts, Clock clock) {
        this.database = database;
        this.names = names;
        this.clickCounts = clickCounts;
        this.clock = clock;
    }

    public void fill(AccountContext context) {
        database.write(tx -> {
            fill(tx, context.owner(), new Random(context.acting().username().hashCode()));
            return context;
        });
    }

    private void fill(Tx tx, Owner owner, Random random) {
        var counts = new Counts();
        // Ends yesterday, so that no live visitors are shown.
        long yesterday = clock.instant().minus(Duration.ofDays(1)).toEpochMilli() / MS_OF_DAY * MS_OF_DAY;
        int size = 20 + random.nextInt(40);
        for (EventNames known : names) {
            for (Name page : known.pages(tx, owner)) {
                List<Name> links = known.links(tx, owner, page.id());
                for (int ago = DAYS - 1; ago >= 0; ago--) {
                    long day = yesterday - (long) ago * MS_OF_DAY;
                    int views = size + (DAYS - ago) / 2 + random.nextInt(size);
                    for (int i = 0; i < views; i++) {
                        visit(counts, owner, page.id(), links, day, random);
                    }
                }
            }
        }
        if (!counts.sums().isEmpty()) {
            var totals = new TenantVisitStore.Totals();
            totals.add(owner.tenant(), new VisitStore(tx).add(owner, counts));
            new TenantVisitStore(tx).add(totals);
            clickCounts.tell(tx, owner, EventNames.Kind.LINK, counts.linkClicks());
        }
    }

    private static void visit(Counts counts, Owner owner, String page, List<Name> links, long day, Random random) {
        long at = day + random.nextInt(MS_OF_DAY);
        boolean isBot = random.nextInt(BOT_OF) == 0;
        UserAgent agent = AGENTS.get(Math.min(random.nextInt(AGENTS.size()), random.nextInt(AGENTS.size())));
        var details = new EnumMap<Dimension, String>(Dimension.class);
        details.put(Dimension.REFERRER, one(REFERRERS, random));
        details.put(Dimension.DEVICE, agent.device().label());
        details.put(Dimension.BROWSER, agent.browser());
        details.put(Dimension.SYSTEM, agent.system());
        details.put(Dimension.LANGUAGE, one(LANGUAGES, random));
        details.put(Dimension.COUNTRY, "");
        details.put(
                Dimension.HOUR,
                Integer.toString(
                        Instant.ofEpochMilli(at).atOffset(ZoneOffset.UTC).getHour()));
        int token = UniqueVisitors.token(random.nextInt(400) * 0x9E3779B97F4A7C15L + day);
        counts.add(new Event.PageView(owner, page), at, isBot, token, isBot ? Map.of() : details);
        if (!isBot && !links.isEmpty() && random.nextInt(100) < CLICKS_OF_100) {
            int link = Math.min(random.nextInt(links.size()), random.nextInt(links.size()));
            counts.add(new Event.LinkClick(owner, page, links.get(link).id()), at, false, token, Map.of());
        }
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
