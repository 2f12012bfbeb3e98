package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.history.MessageHistory;
import dev.banyan.whatsapp.history.MessageHistory.OutgoingQuery;
import dev.banyan.whatsapp.history.MessageHistory.Page;
import dev.banyan.whatsapp.history.MessageHistory.Sent;
import dev.banyan.whatsapp.messages.MessageNews;
import dev.banyan.whatsapp.messages.Outgoing.Decided;
import dev.banyan.whatsapp.messages.Outgoing.Order;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.messages.QueueAction;
import jakarta.inject.Singleton;

/// The messages of keys in test mode, for a day: they have states and webhooks as real ones have, but no number sends
/// them, and no contact, thread, limit or figure knows of them.
@Singleton
public record TestMessages(
        Database database, MessageHistory history, SimulatedPhones phones, MessageNews news, Timers timers, Clock clock)
        implements Expiring, Recurring {

    public static final Duration KEPT = Duration.ofHours(24);
    /// Limit for each key, of those that are kept.
    public static final int MOST = 1_000;

    private static final int AT_ONCE = 200;

    /// Returns after which time a key may order so many more.
    ///
    /// @return empty if it may now
    public Optional<Duration> fullFor(Tx tx, AccountId tenant, String apiKey, int more) {
        var store = new TestMessageStore(tx);
        int over = store.count(tenant, apiKey) + more - MOST;
        return over <= 0
                ? Optional.empty()
                : store.orderedAt(tenant, apiKey, over - 1)
                        .map(time -> Duration.between(clock.instant(), time.plus(KEPT)));
    }

    /// Stores orders of a key that were checked. One that was ordered before is answered as the first time.
    ///
    /// @param checked what each would have become
    public List<Ordered> order(
            Tx tx, AccountId tenant, String apiKey, List<Order> orders, List<Ordered> checked, Optional<UUID> batch) {
        var store = new TestMessageStore(tx);
        List<TestMessage> fresh = checked.stream()
                .flatMap(outcome -> outcome instanceof Ordered.Done(OutgoingMessage message, boolean again) && !again
                        ? Stream.of(TestMessage.of(message, apiKey, batch, phones.mood(tenant, message.to())))
                        : Stream.empty())
                .toList();
        store.insert(tenant, fresh);
        Map<String, TestMessage> known =
                store.findByKeys(tenant, orders.stream().map(Order::key).collect(Collectors.toSet()));
        List<TestMessage> stored = fresh.stream()
                .flatMap(test -> Optional.ofNullable(known.get(test.told().key()))
                        .filter(found -> found.told().id().equals(test.told().id()))
                        .stream())
                .toList();
        stored.forEach(test -> news.tested(tx, test.told()));
        Set<Duration> steps = stored.stream()
                .flatMap(test -> test.steps(test.told().createdAt()))
                .collect(Collectors.toSet());
        tx.afterCommit(() -> steps.forEach(wait -> timers.in(wait, this::tell)));
        Instant now = clock.instant();
        return IntStream.range(0, orders.size())
                .mapToObj(i -> answer(
                        checked.get(i),
                        Optional.ofNullable(known.get(orders.get(i).key())),
                        now))
                .toList();
    }

    private static Ordered answer(Ordered checked, Optional<TestMessage> known, Instant now) {
        if (checked instanceof Ordered.Rejected || known.isEmpty()) {
            return checked;
        }
        OutgoingMessage message = known.get().at(now);
        boolean isFirst = checked instanceof Ordered.Done(OutgoingMessage fresh, boolean again)
                && !again
                && fresh.id().equals(message.id());
        return new Ordered.Done(message, !isFirst);
    }

    /// Returns a test as it is now, if it belongs to the tenant.
    public Optional<Sent> find(AccountId tenant, UUID id) {
        return database.read(tenant, tx -> new TestMessageStore(tx).find(tenant, id))
                .map(test -> sent(test, clock.instant()));
    }

    /// Returns the tests of a tenant as they are now, newest first.
    ///
    /// @param after `next` of the previous page
    public Page<Sent> list(AccountId tenant, OutgoingQuery query, Optional<UUID> after, int limit) {
        Instant now = clock.instant();
        return history.outgoing(
                (tx, from, most) -> new TestMessageStore(tx)
                        .list(tenant, from, most).stream()
                                .map(test -> sent(test, now))
                                .toList(),
                query,
                after,
                limit);
    }

    private static Sent sent(TestMessage test, Instant now) {
        return new Sent(test.at(now), Optional.empty(), test.batch());
    }

    /// Withdraws a test that waits.
    public Decided cancel(AccountId tenant, UUID id) {
        return database.write(tx -> new TestMessageStore(tx)
                .find(tenant, id)
                .map(test -> cancel(tx, test))
                .orElseGet(Decided.NotFound::new));
    }

    private Decided cancel(Tx tx, TestMessage test) {
        Instant now = clock.instant();
        OutgoingMessage message = test.at(now);
        OutgoingMessage canceled = test.with(DeliveryState.CANCELED, Optional.empty(), now);
        return QueueAction.CANCEL.appliesTo(message.state())
                        && tell(
                                tx,
                                test,
                                Stream.concat(test.untold(now), Stream.of(canceled))
                                        .toList())
                ? new Decided.Done(canceled)
                : new Decided.NotPossible(message);
    }

    /// Tells webhooks of the steps that tests have done by now. Each step is told in the transaction that notes it, so
    /// a server that stops in between leaves it to the next one, and of several servers one tells it.
    void tell() {
        boolean more = true;
        while (more) {
            Instant now = clock.instant();
            List<TestMessage> due = database.read(tx -> new TestMessageStore(tx).due(now, AT_ONCE));
            boolean told = !due.isEmpty() && database.write(tx -> tell(tx, due, now));
            more = told && due.size() == AT_ONCE;
        }
    }

    /// @return whether one of them was told of
    private boolean tell(Tx tx, List<TestMessage> due, Instant now) {
        return due.stream()
                        .filter(test -> tell(tx, test, test.untold(now).toList()))
                        .count()
                > 0;
    }

    /// @param steps in their order
    private boolean tell(Tx tx, TestMessage test, List<OutgoingMessage> steps) {
        if (steps.isEmpty()
                || !new TestMessageStore(tx).tell(test.told().tenant(), test, test.toldAs(steps.getLast()))) {
            return false;
        }
        steps.forEach(step -> news.tested(tx, step));
        return true;
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "tell-tests", "Tells webhooks of messages in test mode.", this::tell);
    }

    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new TestMessageStore(tx).deleteBefore(clock.instant().minus(KEPT)));
    }
}
