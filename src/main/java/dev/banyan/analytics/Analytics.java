package dev.banyan.analytics;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.Quotas;
import dev.banyan.analytics.Breakdown.HourCounts;
import dev.banyan.analytics.Breakdown.Part;
import dev.banyan.analytics.EventNames.Kind;
import dev.banyan.analytics.EventNames.Name;
import dev.banyan.analytics.VisitCounts.Compared;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Reads visits for reports. Everything is read from counters in a fixed number of queries, so the cost doesn't depend
/// on the number of clicks.
@Singleton
final class Analytics {

    private static final int NAMES_AT_ONCE = 200;
    private static final int PERIODS_KEPT = 500;
    private static final Duration KEPT = Duration.ofMinutes(1);

    /// Counters of a period.
    ///
    /// @param days every day, including those without visits
    /// @param earlier the days of the preceding period, as many; empty if it is not kept
    /// @param compared empty if the preceding period is not kept, or the period is today alone
    record Figures(
            VisitCounts total,
            List<VisitStore.Day> days,
            List<VisitStore.Day> earlier,
            Breakdown parts,
            Optional<Compared> compared) {
        static final Figures NONE =
                new Figures(VisitCounts.NOTHING, List.of(), List.of(), new Breakdown(), Optional.empty());
    }

    /// The breakdowns of single days.
    record ByDay(Map<LocalDate, Breakdown> pages, Map<LocalDate, Breakdown> shortLinks) {}

    /// A thing with its count; without a name if it was deleted.
    record Counted(String id, Optional<Name> name, long count) {}

    record PageCounted(Name page, VisitCounts tally) {}

    /// An account's analytics.
    ///
    /// @param pages all pages of the account; with their counters unless the report is for a single page
    /// @param live visitors in the last half hour
    /// @param everything totals of the account's lifetime
    record Report(
            Tier tier,
            Period period,
            Figures visits,
            Figures shortLinks,
            List<Counted> links,
            List<Counted> topShortLinks,
            List<PageCounted> pages,
            Map<RecentEvents.Kind, List<RecentEvents.Entry>> recent,
            Map<String, Name> recentNames,
            long live,
            VisitCounts everything,
            boolean isReported) {

        boolean isAdvanced() {
            return tier.has(Feature.ADVANCED_ANALYTICS);
        }
    }

    private record PartsKey(Owner owner, Subject subject, Period period) {}

    private record HoursKey(PartsKey parts, ZoneId zone) {}

    private final Database database;
    private final Quotas quotas;
    private final List<EventNames> names;
    private final PageDays days;
    private final Clock clock;

    /// Breakdowns of past days, which no longer change.
    private final Cache<PartsKey, Breakdown> ofOldDays = Caffeine.newBuilder()
            .maximumSize(PERIODS_KEPT)
            .expireAfterWrite(KEPT)
            .build();

    private final Cache<HoursKey, HourCounts> hoursOfOldDays = Caffeine.newBuilder()
            .maximumSize(PERIODS_KEPT)
            .expireAfterWrite(KEPT)
            .build();

    Analytics(Database database, Quotas quotas, @All List<EventNames> names, PageDays days, Clock clock) {
        this.database = database;
        this.quotas = quotas;
        this.names = names;
        this.days = days;
        this.clock = clock;
    }

    LocalDate today(AccountContext context) {
        return today(zone(context, Optional.empty()));
    }

    LocalDate today(ZoneId zone) {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /// Returns the zone of the days of a page, or of the account.
    ZoneId zone(AccountContext context, Optional<String> page) {
        return database.read(tx -> days.zone(tx, context.owner(), page));
    }

    Tier tier(Owner owner) {
        return database.read(tx -> quotas.effectiveTier(tx, owner));
    }

    /// @param page only this page; empty for all
    Optional<Report> report(AccountContext context, Optional<String> page, BiFunction<Tier, LocalDate, Period> asked) {
        Owner owner = context.owner();
        Tier tier = tier(owner);
        return database.readRecent(tx -> {
            List<Name> pages = pages(tx, owner);
            if (page.isPresent() && pages.stream().noneMatch(name -> name.id().equals(page.get()))) {
                return Optional.empty();
            }
            LocalDate today = days.today(tx, owner, page);
            Period period = asked.apply(tier, today);
            boolean advanced = tier.has(Feature.ADVANCED_ANALYTICS);
            var store = new VisitStore(tx);
            Subject subject = page.map(Subject::page).orElse(Subject.PAGES);
            Figures visits = figures(store, owner, subject, tier, period, today, advanced);
            Figures shortLinks = page.isPresent()
                    ? Figures.NONE
                    : figures(store, owner, Subject.SHORT_LINKS, tier, period, today, advanced);
            Map<RecentEvents.Kind, List<RecentEvents.Entry>> recent = advanced ? recent(store, owner, page) : Map.of();
            return Optional.of(new Report(
                    tier,
                    period,
                    visits,
                    shortLinks,
                    counted(tx, owner, Kind.LINK, visits.parts().top(Dimension.LINK, NAMES_AT_ONCE)),
                    counted(tx, owner, Kind.SHORT_LINK, shortLinks.parts().top(Dimension.SHORT_LINK, NAMES_AT_ONCE)),
                    pages(store, owner, page.isPresent() || !advanced ? List.of() : pages, pages, period),
                    recent,
                    recentNames(tx, owner, recent),
                    store.live(owner, clock.millis()),
                    store.total(owner),
                    new ReportStore(tx).isReported(owner)));
        });
    }

    /// @param advanced whether breakdowns may be shown
    private Figures figures(
            VisitStore store,
            Owner owner,
            Subject subject,
            Tier tier,
            Period period,
            LocalDate today,
            boolean advanced) {
        boolean compared = period.isBeforeKept(tier, today);
        LocalDate first = compared ? period.before().from() : period.from();
        Map<LocalDate, VisitCounts> known = store.days(owner, subject, first, period.until()).stream()
                .collect(Collectors.toMap(VisitStore.Day::date, VisitStore.Day::tally));
        return new Figures(
                sum(known, period),
                days(known, period),
                compared ? days(known, period.before()) : List.of(),
                advanced ? parts(store, owner, subject, period, today) : new Breakdown(),
                period.fullDays(today)
                        .filter(_ -> compared)
                        .map(full -> new Compared(sum(known, full), sum(known, full.before()))));
    }

    private static List<VisitStore.Day> days(Map<LocalDate, VisitCounts> known, Period period) {
        return period.from()
                .datesUntil(period.until().plusDays(1))
                .map(date -> new VisitStore.Day(date, known.getOrDefault(date, VisitCounts.NOTHING)))
                .toList();
    }

    private static VisitCounts sum(Map<LocalDate, VisitCounts> days, Period period) {
        return days.entrySet().stream()
                .filter(day ->
                        !day.getKey().isBefore(period.from()) && !day.getKey().isAfter(period.until()))
                .map(Map.Entry::getValue)
                .reduce(VisitCounts.NOTHING, VisitCounts::plus);
    }

    /// Returns the breakdown of a period. What ended some time ago is cached.
    private Breakdown parts(VisitStore store, Owner owner, Subject subject, Period period, LocalDate today) {
        var all = new Breakdown();
        period.endingBefore(today.minusDays(1))
                .ifPresent(old -> all.addAll(ofOldDays.get(
                        new PartsKey(owner, subject, old), _ -> store.parts(owner, subject, old.from(), old.until()))));
        period.beginningAt(today.minusDays(1))
                .ifPresent(rest -> all.addAll(store.parts(owner, subject, rest.from(), rest.until())));
        return all;
    }

    /// Returns the views of each hour of the week in the zone of the page or account.
    ///
    /// @param page only this page; empty for all
    HourCounts hours(AccountContext context, Optional<String> page, Period period) {
        Owner owner = context.owner();
        Subject subject = page.map(Subject::page).orElse(Subject.PAGES);
        return database.readRecent(tx -> {
            var store = new VisitStore(tx);
            ZoneId zone = days.zone(tx, owner, page);
            LocalDate young = days.today(tx, owner, page).minusDays(1);
            var all = new HourCounts();
            period.endingBefore(young)
                    .ifPresent(old -> all.addAll(hoursOfOldDays.get(
                            new HoursKey(new PartsKey(owner, subject, old), zone),
                            _ -> hours(store, owner, subject, old, zone))));
            period.beginningAt(young).ifPresent(rest -> all.addAll(hours(store, owner, subject, rest, zone)));
            return all;
        });
    }

    private static HourCounts hours(VisitStore store, Owner owner, Subject subject, Period period, ZoneId zone) {
        var counts = new HourCounts();
        counts.add(store.partsByDay(owner, subject, period.from(), period.until()), zone);
        return counts;
    }

    /// Returns the breakdowns of single days.
    ///
    /// @param page only this page; empty for all, and for short links
    ByDay byDay(AccountContext context, Optional<String> page, Period period) {
        Owner owner = context.owner();
        return database.readRecent(tx -> {
            var store = new VisitStore(tx);
            return new ByDay(
                    store.partsByDay(
                            owner, page.map(Subject::page).orElse(Subject.PAGES), period.from(), period.until()),
                    page.isPresent()
                            ? Map.of()
                            : store.partsByDay(owner, Subject.SHORT_LINKS, period.from(), period.until()));
        });
    }

    private List<Counted> counted(Tx tx, Owner owner, Kind kind, List<Part> parts) {
        List<String> ids = parts.stream()
                .map(Part::value)
                .filter(id -> !id.equals(Breakdown.OTHERS))
                .toList();
        Map<String, Name> found = names(tx, owner, kind, ids);
        return parts.stream()
                .map(part -> new Counted(part.value(), Optional.ofNullable(found.get(part.value())), part.count()))
                .toList();
    }

    private static List<PageCounted> pages(
            VisitStore store, Owner owner, List<Name> wanted, List<Name> all, Period period) {
        Map<String, VisitCounts> sums = wanted.isEmpty()
                ? Map.of()
                : store.pages(owner, wanted.stream().map(Name::id).toList(), period.from(), period.until());
        return all.stream()
                .map(page -> new PageCounted(page, sums.getOrDefault(page.id(), VisitCounts.NOTHING)))
                .toList();
    }

    private static Map<RecentEvents.Kind, List<RecentEvents.Entry>> recent(
            VisitStore store, Owner owner, Optional<String> page) {
        var recent = new HashMap<RecentEvents.Kind, List<RecentEvents.Entry>>();
        for (RecentEvents.Kind kind : RecentEvents.Kind.values()) {
            recent.put(
                    kind,
                    store.recent(owner, kind).entries().stream()
                            .filter(entry -> page.isEmpty() || entry.page().equals(page.get()))
                            .toList());
        }
        return recent;
    }

    private Map<String, Name> recentNames(Tx tx, Owner owner, Map<RecentEvents.Kind, List<RecentEvents.Entry>> recent) {
        var all = new HashMap<String, Name>();
        recent.forEach((kind, entries) -> {
            List<String> ids = entries.stream()
                    .map(RecentEvents.Entry::target)
                    .filter(id -> !id.isEmpty())
                    .distinct()
                    .toList();
            all.putAll(names(tx, owner, kind == RecentEvents.Kind.REDIRECT ? Kind.SHORT_LINK : Kind.LINK, ids));
        });
        return all;
    }

    private Map<String, Name> names(Tx tx, Owner owner, Kind kind, Collection<String> ids) {
        var all = new HashMap<String, Name>();
        if (!ids.isEmpty()) {
            names.forEach(known -> all.putAll(known.names(tx, owner, kind, ids)));
        }
        return all;
    }

    private List<Name> pages(Tx tx, Owner owner) {
        return names.stream().flatMap(known -> known.pages(tx, owner).stream()).toList();
    }

    /// Analytics of all short links, or of one.
    ///
    /// @param name the short link; empty for all
    record ShortLinkReport(
            Tier tier,
            Optional<Name> name,
            Figures figures,
            List<Counted> top,
            List<RecentEvents.Entry> recent,
            Map<String, Name> names) {}

    /// @param slug empty for all
    Optional<ShortLinkReport> shortLinks(
            AccountContext context, Optional<String> slug, BiFunction<Tier, LocalDate, Period> asked) {
        Owner owner = context.owner();
        Tier tier = tier(owner);
        return database.readRecent(tx -> {
            Optional<Name> name = slug.flatMap(text -> names.stream()
                    .flatMap(known -> known.shortLink(tx, owner, text).stream())
                    .findFirst());
            if (slug.isPresent() && name.isEmpty()) {
                return Optional.empty();
            }
            boolean advanced = tier.has(Feature.SHORT_LINK_ANALYTICS);
            var store = new VisitStore(tx);
            Subject subject = name.map(found -> Subject.shortLink(found.id())).orElse(Subject.SHORT_LINKS);
            LocalDate today = days.today(tx, owner, Optional.empty());
            Figures figures = figures(store, owner, subject, tier, asked.apply(tier, today), today, advanced);
            List<RecentEvents.Entry> recent = advanced
                    ? store.recent(owner, RecentEvents.Kind.REDIRECT).entries().stream()
                            .filter(entry -> name.isEmpty()
                                    || entry.target().equals(name.get().id()))
                            .toList()
                    : List.of();
            return Optional.of(new ShortLinkReport(
                    tier,
                    name,
                    figures,
                    name.isPresent()
                            ? List.of()
                            : counted(
                                    tx,
                                    owner,
                                    Kind.SHORT_LINK,
                                    figures.parts().top(Dimension.SHORT_LINK, NAMES_AT_ONCE)),
                    recent,
                    recentNames(tx, owner, Map.of(RecentEvents.Kind.REDIRECT, recent))));
        });
    }

    /// Returns how many people visited an account's pages and short links in the last half hour.
    long live(AccountContext context) {
        return database.readRecent(
                context.owner().tenant(), tx -> new VisitStore(tx).live(context.owner(), clock.millis()));
    }

    /// Returns the days of an account for export: pages and short links together, days without visits left out.
    Map<LocalDate, VisitCounts> days(Owner owner, Period period) {
        return database.readRecent(tx -> {
            var store = new VisitStore(tx);
            var byDay = new TreeMap<LocalDate, VisitCounts>();
            store.days(owner, Subject.PAGES, period.from(), period.until())
                    .forEach(day -> byDay.put(day.date(), day.tally()));
            store.days(owner, Subject.SHORT_LINKS, period.from(), period.until())
                    .forEach(day -> byDay.merge(day.date(), day.tally().ofShortLinks(), VisitCounts::plus));
            return byDay;
        });
    }
}
