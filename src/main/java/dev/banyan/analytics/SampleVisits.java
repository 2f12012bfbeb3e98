package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.analytics.EventNames.Name;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Creates invented visits of the last three months for the sample agency, stored as by the [Recorder]. They grow
/// slowly, drop on weekends, and peak on some days.
@Singleton
public record SampleVisits(Database database, @All List<EventNames> names, ClickCounts clickCounts, Clock clock) {

    private static final int DAYS = 90;
    private static final int MS_OF_DAY = 86_400_000;
    private static final int BOT_OF = 12;
    private static final int CLICKS_OF_100 = 42;
    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private static final double ON_WEEKENDS = 0.55;
    private static final int PEAK_EVERY = 29;
    private static final double ON_PEAKS = 1.5;
    private static final int REDIRECTS_SHARE = 3;
    private static final int SCANS_ONE_OF = 5;
    private static final int POSTS_ONE_OF = 3;
    private static final int CHATS_ONE_OF = 14;

    private static final List<String> REFERRERS = List.of(
            "", "instagram.com", "", "instagram.com", "facebook.com", "google.com", "tiktok.com", "whatsapp.com");
    private static final List<UserAgent> AGENTS = List.of(
            new UserAgent(false, UserAgent.Device.PHONE, "Mobile Safari", "iOS"),
            new UserAgent(false, UserAgent.Device.PHONE, "Chrome Mobile", "Android"),
            new UserAgent(false, UserAgent.Device.PHONE, "Instagram", "iOS"),
            new UserAgent(false, UserAgent.Device.COMPUTER, "Chrome", "Windows"),
            new UserAgent(false, UserAgent.Device.COMPUTER, "Firefox", "Linux"),
            new UserAgent(false, UserAgent.Device.TABLET, "Mobile Safari", "iOS"));
    private static final List<String> LANGUAGES = List.of("en", "en", "ar", "de", "fr");

    /// @param slugs of the short links that were followed
    public void fill(AccountContext context, List<String> slugs) {
        database.write(tx -> {
            fill(
                    tx,
                    context.owner(),
                    slugs,
                    new Random(context.acting().username().hashCode()));
            return context;
        });
    }

    private void fill(Tx tx, Owner owner, List<String> slugs, Random random) {
        var counts = new Counts(ZoneOffset.UTC);
        // Ends yesterday, so that no live visitors are shown.
        long yesterday = clock.instant().minus(Duration.ofDays(1)).toEpochMilli() / MS_OF_DAY * MS_OF_DAY;
        int size = 20 + random.nextInt(40);
        for (EventNames known : names) {
            for (Name page : known.pages(tx, owner)) {
                List<Name> links = known.links(tx, owner, page.id());
                for (int ago = DAYS - 1; ago >= 0; ago--) {
                    long day = yesterday - (long) ago * MS_OF_DAY;
                    int views = visits(size, ago, day, random);
                    for (int i = 0; i < views; i++) {
                        visit(counts, owner, page.id(), links, day, random);
                    }
                }
            }
            for (String slug : slugs) {
                known.shortLink(tx, owner, slug)
                        .ifPresent(link -> redirects(counts, owner, link.id(), size, yesterday, random));
            }
        }
        if (!counts.sums().isEmpty()) {
            var totals = new TenantVisitStore.Totals();
            totals.add(owner.tenant(), new VisitStore(tx).add(owner, counts, counts.sums()));
            new TenantVisitStore(tx).add(totals);
            clickCounts.tell(tx, owner, EventNames.Kind.LINK, counts.linkClicks());
            clickCounts.tell(tx, owner, EventNames.Kind.SHORT_LINK, Counts.shortLinkClicks(counts.sums()));
        }
    }

    private static int visits(int size, int ago, long day, Random random) {
        double usual = size + (DAYS - ago) / 3.0 + random.nextInt(size / 2);
        DayOfWeek weekday = Instant.ofEpochMilli(day).atOffset(ZoneOffset.UTC).getDayOfWeek();
        double peak = ago % PEAK_EVERY == size % PEAK_EVERY ? ON_PEAKS : 1;
        return (int) (usual * (WEEKEND.contains(weekday) ? ON_WEEKENDS : peak));
    }

    private static void redirects(
            Counts counts, Owner owner, String shortLink, int size, long yesterday, Random random) {
        for (int ago = DAYS - 1; ago >= 0; ago--) {
            long day = yesterday - (long) ago * MS_OF_DAY;
            int redirects = visits(size, ago, day, random) / REDIRECTS_SHARE;
            for (int i = 0; i < redirects; i++) {
                Sample visit = visit(day, random);
                counts.add(
                        new Event.Redirect(owner, shortLink, "", false),
                        visit.at(),
                        visit.isBot(),
                        visit.token(),
                        visit.details());
            }
        }
    }

    /// @param token of a [UniqueVisitors]
    private record Sample(long at, boolean isBot, int token, Map<Dimension, String> details) {}

    private static Sample visit(long day, Random random) {
        long at = day + random.nextInt(MS_OF_DAY);
        boolean isBot = random.nextInt(BOT_OF) == 0;
        UserAgent agent = AGENTS.get(Math.min(random.nextInt(AGENTS.size()), random.nextInt(AGENTS.size())));
        var details = new EnumMap<Dimension, String>(Dimension.class);
        details.put(Dimension.REFERRER, one(REFERRERS, random));
        details.put(Dimension.DEVICE, agent.device().label);
        details.put(Dimension.BROWSER, agent.browser());
        details.put(Dimension.SYSTEM, agent.system());
        details.put(Dimension.LANGUAGE, one(LANGUAGES, random));
        details.put(Dimension.COUNTRY, "");
        details.put(
                Dimension.HOUR,
                Integer.toString(
                        Instant.ofEpochMilli(at).atOffset(ZoneOffset.UTC).getHour()));
        int token = UniqueVisitors.token(random.nextInt(400) * 0x9E3779B97F4A7C15L + day);
        cameFrom(details, token);
        return new Sample(at, isBot, token, isBot ? Map.of() : details);
    }

    /// Some visitors scan a code, and some come from a post whose address says so.
    private static void cameFrom(Map<Dimension, String> details, int token) {
        String referrer = details.get(Dimension.REFERRER);
        if ("".equals(referrer) && token % SCANS_ONE_OF == 0) {
            details.put(Dimension.MEDIUM, UtmFields.QR);
        } else if ("instagram.com".equals(referrer) && token % POSTS_ONE_OF == 0) {
            details.put(Dimension.SOURCE, "instagram");
            details.put(Dimension.MEDIUM, "social");
            details.put(Dimension.CAMPAIGN, "autumn");
        }
    }

    private static void visit(Counts counts, Owner owner, String page, List<Name> links, long day, Random random) {
        Sample visit = visit(day, random);
        counts.add(new Event.PageView(owner, page), visit.at(), visit.isBot(), visit.token(), visit.details());
        if (!visit.isBot() && !links.isEmpty() && random.nextInt(100) < CLICKS_OF_100) {
            int link = Math.min(random.nextInt(links.size()), random.nextInt(links.size()));
            counts.add(
                    new Event.LinkClick(owner, page, links.get(link).id()), visit.at(), false, visit.token(), Map.of());
        }
        if (!visit.isBot() && visit.token() % CHATS_ONE_OF == 0) {
            counts.add(new Event.ChatBegun(owner, page), visit.at(), false, visit.token(), Map.of());
        }
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
