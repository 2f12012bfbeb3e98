package dev.banyan.whatsapp.alerts;

import module java.base;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.failover.FailoverDecision;
import dev.banyan.whatsapp.failover.FailoverDecision.Kind;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import dev.banyan.whatsapp.failover.PoolHealthDetermined;
import dev.banyan.whatsapp.failover.PoolMoved;
import dev.banyan.whatsapp.failover.SenderHealthDetermined;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Alerts people about numbers and pools. An alert that lasts is raised once and ended when its cause is gone; on a
/// restart, or on two servers, it is not raised again.
@Singleton
public record Alerts(Database database, Event<AlertRaised> raised, Audit audit, Uuids uuids, Timers timers, Clock clock)
        implements Expiring {

    static final Duration KEPT = Duration.ofDays(90);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 1_000;
    private static final int LONGEST = 300;
    /// Kinds without an event of another room.
    private static final Set<AlertKind> EVENTS =
            EnumSet.of(AlertKind.POOL_DEGRADED, AlertKind.QUEUE_LENGTH, AlertKind.QUEUE_AGE, AlertKind.QUALITY_DOWN);

    /// What an account and one of its members have set.
    ///
    /// @param mailMinutes the shortest time between two mails to the member; 0 for no mails
    public record Preferences(AlertSettings settings, int mailMinutes) {}

    /// Returns alerts, newest first.
    ///
    /// @param open only those that last
    /// @param before the last alert of the previous page
    public List<Alert> list(AccountId tenant, boolean open, Optional<UUID> before, int limit) {
        return database.read(tx ->
                open ? new AlertStore(tx).open(tenant, before, limit) : new AlertStore(tx).list(tenant, before, limit));
    }

    public Preferences preferences(AccountId tenant, IdentityId member) {
        return database.read(tx -> preferences(tx, tenant, member));
    }

    private static Preferences preferences(Tx tx, AccountId tenant, IdentityId member) {
        return new Preferences(
                new AlertSettingsStore(tx).find(tenant),
                new AlertRecipientStore(tx)
                        .find(tenant, member)
                        .map(found -> (int) found.every().toMinutes())
                        .orElse(0));
    }

    /// Sets from when on the account is alerted about its queues, and turns the member's own mails on or off. Alerts
    /// from before are not mailed.
    public Outcome<Preferences> save(AccountId tenant, Actor actor, IdentityId member, Preferences wanted) {
        var invalid = new ArrayList<>(wanted.settings().broken());
        AlertSettings.brokenPause(wanted.mailMinutes()).ifPresent(invalid::add);
        if (!invalid.isEmpty()) {
            return Outcome.rejected(invalid);
        }
        return database.write(tx -> {
            if (wanted.mailMinutes() > 0
                    && new MembershipStore(tx).person(tenant, member.value()).isEmpty()) {
                return Outcome.rejected(new Invalid(
                        "mailMinutes",
                        "Only members of the account can get alerts by email",
                        "Only members of the account can get alerts by email."));
            }
            Preferences before = preferences(tx, tenant, member);
            if (!before.settings().equals(wanted.settings())) {
                new AlertSettingsStore(tx).save(tenant, wanted.settings(), clock.instant());
                note(tx, tenant, actor, "AlertsConfigured", tenant.toString(), wanted.settings());
            }
            if (before.mailMinutes() != wanted.mailMinutes()) {
                mail(tx, tenant, member, wanted.mailMinutes());
                note(tx, tenant, actor, "AlertMailsChanged", member.toString(), wanted.mailMinutes());
            }
            return Outcome.done(wanted);
        });
    }

    private void mail(Tx tx, AccountId tenant, IdentityId member, int minutes) {
        var store = new AlertRecipientStore(tx);
        if (minutes == 0) {
            store.delete(tenant, member);
        } else {
            store.save(tenant, member, Duration.ofMinutes(minutes), uuids.next(), clock.instant());
        }
    }

    private void note(Tx tx, AccountId tenant, Actor actor, String action, String target, Object value) {
        audit.note(tx, actor, new Owner(tenant, tenant), action, target, Map.of("settings", value.toString()));
    }

    public void senderJudged(@Observes SenderHealthDetermined judged) {
        soon(tx -> {
            Optional<Sender> sender = find(tx, judged.sender());
            sender.ifPresent(found -> judged(tx, found, judged));
            return sender.isPresent();
        });
    }

    /// Writes something down outside of the caller's thread; if the database is away, when it is back.
    private void soon(Function<Tx, Boolean> work) {
        timers.now(() -> {
            try {
                database.write(work);
            } catch (DatabaseUnavailable _) {
                timers.in(AFTER_FAILURE, () -> soon(work));
            }
        });
    }

    private void judged(Tx tx, Sender sender, SenderHealthDetermined judged) {
        AccountId tenant = sender.tenant();
        String about = name(sender) + ": " + judged.why();
        if (judged.failed()) {
            raise(tx, tenant, AlertKind.SENDER_FAILED, judged.pool(), sender.id(), about);
            raise(tx, tenant, AlertKind.POOL_DEGRADED, judged.pool(), judged.pool(), about);
            return;
        }
        if (end(tx, tenant, AlertKind.SENDER_FAILED, sender.id())) {
            raise(tx, tenant, AlertKind.SENDER_RECOVERED, judged.pool(), sender.id(), about);
        }
        if (!new AlertStore(tx).lastsInPool(tenant, AlertKind.SENDER_FAILED, judged.pool())) {
            end(tx, tenant, AlertKind.POOL_DEGRADED, judged.pool());
        }
    }

    public void poolJudged(@Observes PoolHealthDetermined judged) {
        SenderKey pool = judged.pool();
        soon(tx -> {
            Optional<Sender> master = find(tx, pool);
            if (judged.failed()) {
                master.ifPresent(found -> raise(
                        tx,
                        pool.tenant(),
                        AlertKind.POOL_FAILED,
                        pool.id(),
                        pool.id(),
                        name(found) + ": " + judged.why()));
            } else {
                end(tx, pool.tenant(), AlertKind.POOL_FAILED, pool.id());
            }
            return master.isPresent();
        });
    }

    public void poolMoved(@Observes PoolMoved moved) {
        soon(tx -> {
            Optional<Sender> master = find(tx, new SenderKey(moved.tenant(), moved.from()));
            String other = find(tx, new SenderKey(moved.tenant(), moved.to()))
                    .map(Alerts::name)
                    .orElseGet(() -> Sender.shownName(Optional.empty(), moved.to()));
            master.ifPresent(found -> raise(
                    tx,
                    moved.tenant(),
                    kind(moved.decision()),
                    found.id(),
                    found.id(),
                    name(found) + ": " + sentence(moved.decision(), other)));
            return master.isPresent();
        });
    }

    private static AlertKind kind(FailoverDecision decision) {
        if (decision.kind() == Kind.FAILBACK) {
            return AlertKind.POOL_FAILED_BACK;
        }
        return decision.verdict() == Verdict.PROPOSED ? AlertKind.POOL_APPROVAL_WANTED : AlertKind.POOL_FAILED_OVER;
    }

    private static String sentence(FailoverDecision decision, String other) {
        return switch (kind(decision)) {
            case POOL_FAILED_BACK -> "It works again and no longer needs " + other + ".";
            case POOL_APPROVAL_WANTED -> "Approve that " + other + " takes over, or refuse it.";
            case POOL_FAILED_OVER,
                    SENDER_FAILED,
                    SENDER_RECOVERED,
                    POOL_DEGRADED,
                    POOL_FAILED,
                    QUEUE_LENGTH,
                    QUEUE_AGE,
                    QUALITY_DOWN ->
                other + " took over. Messages moved: " + decision.moved().messages() + ".";
        };
    }

    static Optional<Sender> find(Tx tx, SenderKey key) {
        return new SenderStore(tx).find(key.tenant(), key.id());
    }

    static String name(Sender sender) {
        return "“" + sender.shownName() + "”";
    }

    /// Raises an alert, unless it lasts already.
    void raise(Tx tx, AccountId tenant, AlertKind kind, SenderId pool, SenderId subject, String details) {
        Instant now = clock.instant();
        var alert = new Alert(
                uuids.next(),
                kind,
                pool,
                subject,
                MessageBody.tamed(details, LONGEST),
                now,
                kind.lasts ? Optional.empty() : Optional.of(now));
        if (!new AlertStore(tx).insert(tenant, alert)) {
            return;
        }
        new AlertRecipientStore(tx).wake(tenant);
        if (EVENTS.contains(kind)) {
            new SenderEventStore(tx)
                    .insert(
                            tenant,
                            new SenderEvent(uuids.next(), pool, subject, kind.tone, kind.title, alert.details(), now));
        }
        tx.afterCommit(() -> raised.fire(new AlertRaised(tenant, alert)));
    }

    boolean end(Tx tx, AccountId tenant, AlertKind kind, SenderId subject) {
        return new AlertStore(tx).end(tenant, kind, subject, clock.instant());
    }

    @Override
    public int forgetExpired() {
        return database.write(
                tx -> new AlertStore(tx).deleteBefore(clock.instant().minus(KEPT), AT_ONCE));
    }
}
