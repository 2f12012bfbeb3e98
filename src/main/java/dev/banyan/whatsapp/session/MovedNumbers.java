package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Overloaded;
import dev.banyan.platform.cluster.Calls;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.cluster.Nodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.session.MovedNumberStore.Moved;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Numbers that got to another pool, which may be on another server. The row of such a number says so until the server
/// that has the new pool has asked all others to let go of it; only then it opens the number. So it is never open
/// twice, whichever server dies meanwhile, and the server that had it keeps it until then.
@Singleton
public final class MovedNumbers implements Recurring {

    /// How long a server waits for the results of what it is sending.
    private static final Duration RESULTS_WITHIN = Duration.ofSeconds(5);

    private static final Duration PATIENCE = RESULTS_WITHIN.multipliedBy(2);
    private static final long LOOK_MILLIS = 50;
    private static final int AT_ONCE = 500;

    private final Database database;
    private final LivePools pools;
    private final Calls calls;
    private final Nodes nodes;
    private final LiveSenders liveSenders;
    private final LinkWatches watches;
    private final Clock clock;
    private final RetryingBatch<AccountId> changed;

    public MovedNumbers(
            Database database,
            LivePools pools,
            Calls calls,
            Nodes nodes,
            LiveSenders liveSenders,
            LinkWatches watches,
            Timers timers,
            Clock clock) {
        this.database = database;
        this.pools = pools;
        this.calls = calls;
        this.nodes = nodes;
        this.liveSenders = liveSenders;
        this.watches = watches;
        this.clock = clock;
        this.changed = new RetryingBatch<>(timers, accounts -> takeUp(Optional.of(Set.copyOf(accounts))));
        calls.answer(LetGo.class, this::letGo);
    }

    void senderChanged(@Observes SenderChanged event) {
        if (!pools.isAlone() && pools.hasSome(event.tenant())) {
            changed.add(event.tenant());
        }
    }

    /// Takes up those that this server has not heard of, or could not take up.
    void sweep() {
        if (!pools.isAlone()) {
            takeUp(Optional.empty());
        }
    }

    @Override
    public Job job() {
        return Job.scheduled(
                        "5s",
                        "5s",
                        "take-up-moved-numbers",
                        "Takes up numbers that got to a pool on another server.",
                        this::sweep)
                .onEachServer();
    }

    private void takeUp(Optional<Set<AccountId>> accounts) {
        takeUpAll(database.read(tx -> new MovedNumberStore(tx).moved(accounts, AT_ONCE)));
    }

    /// Makes sure that no other server has a number open that is in a pool of this one.
    void takeUp(SenderKey number) {
        if (!pools.isAlone()) {
            takeUpAll(
                    database.read(number.tenant(), tx -> new MovedNumberStore(tx).moved(number.tenant(), number.id())));
        }
    }

    private void takeUpAll(List<Moved> found) {
        List<Moved> ours = found.stream()
                .filter(moved -> pools.isOurs(moved.pool().asPool()))
                .toList();
        List<SenderKey> away = ours.stream()
                .map(Moved::number)
                .filter(number -> !liveSenders.isOpen(number))
                .toList();
        if (!away.isEmpty()) {
            letGoElsewhere(away, false);
        }
        if (!ours.isEmpty()) {
            List<Sender> came = liveSenders.connectSoon(() -> database.write(tx -> arrived(tx, ours)));
            List<SenderKey> linking = came.stream()
                    .filter(sender -> sender.state().isLinking() && !liveSenders.isOpen(sender.key()))
                    .map(Sender::key)
                    .toList();
            if (!linking.isEmpty()) {
                watches.giveUp(linking);
            }
        }
    }

    private List<Sender> arrived(Tx tx, List<Moved> ours) {
        var moved = new MovedNumberStore(tx);
        Map<AccountId, List<SenderId>> arrived = ours.stream()
                .filter(one -> pools.isOurs(one.pool().asPool()) && moved.arrived(one))
                .map(Moved::number)
                .collect(Collectors.groupingBy(
                        SenderKey::tenant, Collectors.mapping(SenderKey::id, Collectors.toList())));
        return arrived.entrySet().stream()
                .flatMap(one -> new SenderStore(tx).findAll(one.getKey(), one.getValue()).stream())
                .toList();
    }

    /// Returns when no other server has these numbers open.
    ///
    /// @param anyway whether they are to let go of those that are in their own pools too
    /// @throws Overloaded if one does not answer that lives
    void letGoElsewhere(List<SenderKey> numbers, boolean anyway) {
        boolean isSilent = calls.askAll(new LetGo(numbers, anyway), LetGo.Answer.class, PATIENCE).values().stream()
                .anyMatch(Optional::isEmpty);
        if (isSilent) {
            throw new Overloaded(
                    "A server that may have these numbers open doesn’t answer. Try again in a few seconds.",
                    RESULTS_WITHIN);
        }
    }

    private LetGo.Answer letGo(LetGo question) {
        awaitResults(question.numbers().stream().filter(liveSenders::isOpen).toList(), this::isSending);
        liveSenders.release(() -> question.numbers().stream()
                .filter(number -> liveSenders.isOpen(number) && (question.anyway() || !isOurs(number)))
                .toList());
        return new LetGo.Answer();
    }

    private boolean isOurs(SenderKey number) {
        return database.read(number.tenant(), tx -> new SenderStore(tx).find(number.tenant(), number.id()))
                .filter(sender -> pools.isOurs(sender.pool().asPool()))
                .isPresent();
    }

    /// Waits until what these are sending has its results. Nothing more may be handed to them meanwhile.
    static <T> void awaitResults(List<T> some, Predicate<T> isSending) {
        long until = System.nanoTime() + RESULTS_WITHIN.toNanos();
        try {
            for (T one : some) {
                while (System.nanoTime() < until && isSending.test(one)) {
                    Thread.sleep(LOOK_MILLIS);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isSending(SenderKey number) {
        return !database.read(
                        number.tenant(),
                        tx -> new UnansweredStore(tx)
                                .unansweredBy(number.tenant(), number.id(), nodes.id(), clock.instant(), 1))
                .isEmpty();
    }
}
