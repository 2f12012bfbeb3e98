package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.cluster.News;
import dev.banyan.platform.cluster.OtherNodes;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Is told what happens, in its transaction, and queues it for each endpoint that wants it; programs that listen at
/// the moment hear it after the commit.
@Singleton
public final class Webhooks {

    private static final int LONGEST_SUBJECT = 200;
    private static final int KNOWN_AT_MOST = 100_000;

    /// A tenant’s endpoints have changed, maybe on another node.
    record EndpointsChanged(AccountId tenant) implements News {}

    private record HeardBy(EndpointOwner where) {}

    private final DeliveryWorker worker;
    private final Listeners listeners;
    private final Database database;
    private final OtherNodes others;
    private final Clock clock;
    private final Uuids uuids;
    /// Tenants without endpoints, which are most, and since when that is known: they cost no query.
    private final Map<AccountId, Long> without = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final VisitSubscribers ofVisits;
    private final VisitDeliveries visits;

    Webhooks(
            DeliveryWorker worker,
            Listeners listeners,
            Database database,
            OtherNodes others,
            Clock clock,
            Uuids uuids) {
        this.listeners = listeners;
        this.worker = worker;
        this.database = database;
        this.others = others;
        this.clock = clock;
        this.uuids = uuids;
        this.ofVisits = new VisitSubscribers(database, others, clock);
        this.visits = new VisitDeliveries(database);
    }

    /// Queues an event for all who want it.
    ///
    /// @param subject what it happened to: events about the same thing are sent in order
    /// @param data asked only if somebody wants the event; keys as in [EventType]
    public void tell(Tx tx, Owner owner, String type, String subject, Supplier<Map<String, ?>> data) {
        tell(tx, EndpointOwner.account(owner), type, subject, data);
    }

    /// Queues an event of an account, or of one of its workspaces, for all who want it.
    public void tell(Tx tx, EndpointOwner where, String type, String subject, Supplier<Map<String, ?>> data) {
        if (!mayBeHeard(where.tenant())) {
            return;
        }
        List<EndpointStore.Subscription> hearing = tx.onceHere(new HeardBy(where), _ -> hearing(tx, where));
        List<UUID> wanting = hearing.stream()
                .filter(subscription -> subscription.wants(type))
                .map(EndpointStore.Subscription::endpoint)
                .toList();
        boolean listened = listeners.areThere(where.tenant());
        if (!wanting.isEmpty() || listened) {
            Listeners.Told event = queue(tx, where.tenant(), wanting, type, subject, data.get());
            if (listened) {
                listeners.tell(tx, where.tenant(), event);
            }
        }
    }

    /// Returns whether visits of an account may be heard. Asks nothing of the database, so it can be asked for each
    /// one.
    public boolean mayHearVisits(Owner owner) {
        return mayBeHeard(owner.tenant()) && (listeners.areThere(owner.tenant()) || ofVisits.mayInclude(owner));
    }

    /// Queues an event of visitors for those who chose it by its name.
    public void tellVisits(Tx tx, Owner owner, String type, Supplier<Map<String, ?>> data) {
        if (mayHearVisits(owner) && (listeners.areThere(owner.tenant()) || ofVisits.include(tx, owner))) {
            tell(tx, owner, type, type + " " + owner.account(), data);
        }
    }

    private List<EndpointStore.Subscription> hearing(Tx tx, EndpointOwner where) {
        long before = changes.get();
        var store = new EndpointStore(tx);
        List<EndpointStore.Subscription> hearing = store.hearing(where.owner(), where.workspace());
        if (hearing.isEmpty() && !store.hasActive(where.tenant())) {
            keep(where.tenant(), before);
        }
        return hearing;
    }

    /// Returns whether a tenant may have endpoints, or has programs that listen. False for most: callers then need not
    /// find out what they would tell.
    public boolean mayBeHeard(AccountId tenant) {
        return listeners.areThere(tenant)
                || Optional.ofNullable(without.get(tenant))
                        .filter(since -> !database.isShared() || others.isCompleteSince(since))
                        .isEmpty();
    }

    private void keep(AccountId tenant, long before) {
        if (without.size() >= KNOWN_AT_MOST) {
            without.clear();
        }
        long now = clock.millis();
        without.put(tenant, now);
        if (changes.get() != before) {
            without.remove(tenant, now);
        }
    }

    /// Queues an event for these endpoints alone.
    Listeners.Told queue(
            Tx tx, AccountId tenant, List<UUID> endpoints, String type, String subject, Map<String, ?> data) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String event = "msg_" + uuids.next();
        String body = body(type, now, data);
        String about = subject.substring(0, Math.min(subject.length(), LONGEST_SUBJECT));
        if (!endpoints.isEmpty()) {
            new DeliveryStore(tx)
                    .insert(
                            tenant,
                            endpoints.stream()
                                    .map(endpoint -> waiting(endpoint, event, type, about, body, now))
                                    .toList());
            wake(tx, tenant, endpoints);
            if (EventType.isOfVisitors(type)) {
                tx.afterCommit(() -> endpoints.forEach(id -> visits.added(new EndpointStore.Key(tenant, id))));
            }
        }
        return new Listeners.Told(event, type, body);
    }

    /// Sends what is due at these endpoints, soon after the commit.
    void wake(Tx tx, AccountId tenant, List<UUID> endpoints) {
        tx.afterCommit(() -> endpoints.forEach(endpoint -> worker.wake(new EndpointStore.Key(tenant, endpoint))));
    }

    private Delivery waiting(UUID endpoint, String event, String type, String subject, String body, Instant now) {
        return new Delivery(
                uuids.next(),
                endpoint,
                event,
                type,
                subject,
                body,
                Delivery.State.WAITING,
                0,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now);
    }

    private static String body(String type, Instant at, Map<String, ?> data) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", type);
        body.put("timestamp", at.toString());
        body.put("data", data);
        return JsonDocument.write(body);
    }

    /// To be called after the commit that changed endpoints.
    void changed(AccountId tenant) {
        forget(new EndpointsChanged(tenant));
        others.tell(new EndpointsChanged(tenant));
    }

    void forget(@Observes EndpointsChanged changed) {
        changes.incrementAndGet();
        without.remove(changed.tenant());
        ofVisits.forget(changed.tenant());
    }
}
