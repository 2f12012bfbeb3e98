package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.access.SenderView;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.history.PoolFigures;
import dev.banyan.whatsapp.history.PoolFigures.Figures;
import dev.banyan.whatsapp.history.SenderHistory;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.numbers.EventView;
import dev.banyan.whatsapp.pools.BoardView.PoolCard;
import dev.banyan.whatsapp.pools.BoardView.SenderRow;
import jakarta.inject.Singleton;

/// Builds the board, with a bounded number of senders and queries however many senders there are.
@Singleton
record Boards(
        Pools pools, PoolFigures figures, SenderHistory history, Failovers failovers, Liveness liveness, Clock clock) {

    static final int POOLS = 20;
    static final int FOUND = 50;
    private static final int FEW_POOLS = 4;
    private static final int SERVANTS_OF_FEW = 50;
    /// Of many pools, those in trouble are shown, and a few others.
    private static final int SERVANTS_OF_MANY = 8;

    private static final int SERVANTS_AT_LEAST = 3;
    private static final int EVENTS = 12;
    private static final int CHOICES = 200;
    private static final int HOURS = 24;

    /// A board with the filter that it was built with.
    record Drawn(BoardFilter filter, BoardView view) {}

    /// @param after the last pool, or the last sender found, of the previous page
    Drawn draw(AccountContext context, BoardFilter filter, Optional<SenderId> after) {
        AccountId tenant = context.root().id();
        Pools.Overview overview = pools.overview(tenant);
        Map<SenderId, Sender> known = overview.senders().collect(Collectors.toMap(Sender::id, Function.identity()));
        BoardFilter chosen = filter.with(choices(overview));
        return new Drawn(
                chosen,
                chosen.any()
                        ? found(tenant, chosen, overview, known, after)
                        : trees(tenant, chosen, overview, known, after));
    }

    private BoardView trees(
            AccountId tenant,
            BoardFilter filter,
            Pools.Overview overview,
            Map<SenderId, Sender> known,
            Optional<SenderId> after) {
        List<Pool> rest = after(ranked(overview.pools(), this::rank), after);
        List<Pool> shown = rest.stream().limit(POOLS).toList();
        Figures now = figures.of(tenant, ids(shown));
        Function<SenderId, PoolSettings> settings = pools.settings(tenant);
        Map<SenderId, PoolState> states = failovers.states(tenant);
        boolean areFew = overview.masters() <= FEW_POOLS;
        return new BoardView(
                tiles(overview, now),
                shown.stream()
                        .map(pool -> card(
                                pool,
                                overview,
                                now,
                                settings.apply(pool.master().id()),
                                states.getOrDefault(pool.master().id(), PoolState.NORMAL)
                                        .pause(),
                                Optional.ofNullable(states.get(pool.master().id()))
                                        .flatMap(state -> failover(state, known)),
                                areFew))
                        .toList(),
                Optional.empty(),
                events(tenant, known),
                after.map(_ -> filter.here()),
                rest.size() > POOLS
                        ? Optional.of(filter.after(shown.getLast().master().id()))
                        : Optional.empty());
    }

    /// Those that have failed come first, then those with a number in trouble. Within each, the oldest.
    private int rank(Pool pool) {
        if (pool.status() == Pool.Status.FAILED) {
            return 0;
        }
        return pool.senders().anyMatch(this::isTroubled) ? 1 : 2;
    }

    /// Returns the pools after the last one of the previous page. If that no longer exists, the list starts from the
    /// beginning.
    private static List<Pool> after(List<Pool> pools, Optional<SenderId> last) {
        return IntStream.range(0, pools.size())
                .filter(place ->
                        last.equals(Optional.of(pools.get(place).master().id())))
                .mapToObj(place -> pools.subList(place + 1, pools.size()))
                .findFirst()
                .orElse(pools);
    }

    /// Sorts by rank, which is found out once for each; those of one rank stay in their order.
    private static <T> List<T> ranked(List<T> all, Function<T, Integer> rank) {
        return all.stream().collect(Collectors.groupingBy(rank, TreeMap::new, Collectors.toList())).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /// Those in trouble come first, then those that were never linked. Within each, the oldest.
    private int rank(Sender sender) {
        if (isTroubled(sender)) {
            return 0;
        }
        return liveness.isHealthy(sender) ? 2 : 1;
    }

    private boolean isTroubled(Sender sender) {
        return sender.state().isDown()
                || sender.state() == SenderState.RESTRICTED
                || sender.state().isActive() && !liveness.isHealthy(sender);
    }

    private BoardView found(
            AccountId tenant,
            BoardFilter filter,
            Pools.Overview overview,
            Map<SenderId, Sender> known,
            Optional<SenderId> after) {
        boolean refused = filter.refused().isPresent();
        Pools.Found found = refused
                ? new Pools.Found(List.of(), Optional.empty())
                : pools.search(tenant, filter.query(), after, FOUND);
        Figures now = figures.of(tenant, List.of());
        Map<SenderId, Long> sentByPool = overview.pools().stream()
                .collect(Collectors.toMap(pool -> pool.master().id(), now::sent));
        boolean others = overview.masters() > 1;
        List<SenderRow> rows = found.senders().stream()
                .map(sender -> {
                    SenderId pool = sender.masterId().orElse(sender.id());
                    return row(
                            sender,
                            now,
                            sentByPool.getOrDefault(pool, 0L),
                            others,
                            sender.masterId()
                                    .flatMap(id -> Optional.ofNullable(known.get(id)))
                                    .map(Sender::shownName));
                })
                .toList();
        return new BoardView(
                tiles(overview, now),
                List.of(),
                Optional.of(new BoardView.Found(rows, found.next().isPresent())),
                events(tenant, known),
                after.map(_ -> filter.here()),
                found.next().map(filter::after));
    }

    /// Returns what is unusual about a pool, for a badge.
    private static Optional<String> failover(PoolState state, Map<SenderId, Sender> known) {
        return switch (state.failover()) {
            case NORMAL -> Optional.empty();
            case WAITING_FOR_APPROVAL -> Optional.of("Waiting for approval");
            case FAILED_OVER, FAILING_OVER, FAILING_BACK ->
                Optional.of("Failed over"
                        + state.standIn()
                                .flatMap(id -> Optional.ofNullable(known.get(id)))
                                .map(standIn -> " to " + standIn.shownName())
                                .orElse(""));
        };
    }

    private PoolCard card(
            Pool pool,
            Pools.Overview overview,
            Figures now,
            PoolSettings settings,
            Optional<Pause> pause,
            Optional<String> failover,
            boolean areFew) {
        SenderId id = pool.master().id();
        int troubled = (int) pool.servants().stream().filter(this::isTroubled).count();
        int most = areFew ? SERVANTS_OF_FEW : Math.clamp(troubled, SERVANTS_AT_LEAST, SERVANTS_OF_MANY);
        long sent = now.sent(pool);
        boolean others = overview.masters() > 1;
        return new PoolCard(
                row(pool.master(), now, sent, false, Optional.empty()),
                isBackup(pool.master()),
                pause.map(Pause::key).orElse(""),
                pool.status().key(),
                failover,
                (int) pool.senders().filter(liveness::isHealthy).count(),
                ranked(pool.servants(), this::rank).stream()
                        .limit(most)
                        .map(servant -> row(servant, now, sent, others, Optional.empty()))
                        .toList(),
                pool.servants().size(),
                others,
                settings.strategy().label(),
                settings.strategy().meaning,
                now.waiting().pool().getOrDefault(id, 0L),
                pool.senders().mapToLong(figures::lastMinute).sum(),
                overview.pools().stream()
                        .map(Pool::master)
                        .filter(other -> !other.id().equals(id) && isBackup(other))
                        .min(Comparator.comparingInt(other -> other.traits().priority()))
                        .map(Sender::shownName),
                now.contacts().getOrDefault(id, 0L),
                trend(now.hours().getOrDefault(id, List.of())));
    }

    /// @param active the hours with messages
    private Optional<BoardView.Trend> trend(List<SenderHours> active) {
        Instant first = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS - 1L));
        var hours = IntStream.range(0, HOURS)
                .mapToObj(hour -> SenderHours.none(first.plus(Duration.ofHours(hour))))
                .collect(Collectors.toCollection(ArrayList::new));
        active.stream().filter(hour -> !hour.hour().isBefore(first)).forEach(hour -> {
            int at = (int) Duration.between(first, hour.hour()).toHours();
            hours.set(Math.min(at, HOURS - 1), hour);
        });
        SenderHours all = hours.stream().reduce(SenderHours.none(first), SenderHours::plus);
        List<Chart.Line> lines = Chart.sparks(
                Stream.<ToLongFunction<SenderHours>>of(SenderHours::sent, SenderHours::failed)
                        .map(what -> new Chart.Series(
                                "", hours.stream().map(what::applyAsLong).toList()))
                        .toList(),
                true);
        return Optional.of(new BoardView.Trend(
                        lines.getFirst(), lines.getLast(), Words.grouped(all.sent()), Words.grouped(all.failed())))
                .filter(_ -> all.sent() + all.failed() > 0);
    }

    private static boolean isBackup(Sender master) {
        return master.masterType().equals(Optional.of(MasterType.BACKUP));
    }

    private SenderRow row(Sender sender, Figures now, long sentByPool, boolean others, Optional<String> pool) {
        long sent = now.day(sender.id()).sent();
        return new SenderRow(
                SenderView.of(sender, liveness.isHealthy(sender), clock.instant()),
                sender.isMaster(),
                others && !sender.isMaster(),
                sentByPool == 0 ? 0 : (int) Math.round(100.0 * sent / sentByPool),
                now.waiting().sender().getOrDefault(sender.id(), 0L),
                figures.lastMinute(sender),
                sender.traits().tags(),
                pool);
    }

    private BoardView.Tiles tiles(Pools.Overview overview, Figures now) {
        long sent = sum(now, SenderHours::sent);
        long failed = sum(now, SenderHours::failed);
        long delivered = Math.min(sent, sum(now, SenderHours::delivered));
        return new BoardView.Tiles(
                (int) overview.senders().filter(liveness::isHealthy).count(),
                overview.total(),
                overview.masters(),
                overview.servants(),
                overview.pending(),
                overview.unlinked(),
                now.waiting().all(),
                overview.senders().mapToLong(figures::lastMinute).sum(),
                // A message that failed was to be delivered, too, whether or not it was sent.
                sent + failed == 0
                        ? "–"
                        : String.format(Locale.ROOT, "%.1f %%", Math.floor(1_000.0 * delivered / (sent + failed)) / 10),
                failed,
                now.waiting().oldest().map(time -> SenderView.age(Duration.between(time, clock.instant()))));
    }

    private static long sum(Figures now, Function<SenderHours, Long> what) {
        return now.day().values().stream().mapToLong(what::apply).sum();
    }

    private List<EventView> events(AccountId tenant, Map<SenderId, Sender> known) {
        return history.events(tenant, Optional.empty(), EVENTS).stream()
                .map(event -> EventView.of(
                        event, Optional.ofNullable(known.get(event.sender())).map(Sender::shownName), clock.instant()))
                .toList();
    }

    private static List<SenderId> ids(List<Pool> pools) {
        return pools.stream().map(pool -> pool.master().id()).toList();
    }

    private static BoardFilter.Choices choices(Pools.Overview overview) {
        Stream<String> states = Stream.of(SenderState.values()).map(SenderState::key);
        return new BoardFilter.Choices(
                states.map(key -> new Choice(key, words(key))).toList(),
                overview.pools().stream()
                        .limit(CHOICES)
                        .map(pool -> new Choice(
                                pool.master().id().value(), pool.master().shownName()))
                        .toList(),
                distinct(overview, sender -> sender.purpose().stream()),
                distinct(overview, sender -> sender.traits().region().stream()),
                distinct(overview, sender -> sender.traits().tags().stream()));
    }

    private static String words(String key) {
        return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1).replace('-', ' ');
    }

    private static List<Choice> distinct(Pools.Overview overview, Function<Sender, Stream<String>> what) {
        return overview.senders()
                .flatMap(what)
                .distinct()
                .sorted()
                .limit(CHOICES)
                .map(value -> new Choice(value, value))
                .toList();
    }
}
