package dev.banyan.platform.audit;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owned;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Records administrative acts, in the transaction that performs them, and denied access, grouped by caller and minute
/// so that an attack cannot fill the disk.
@Singleton
public final class Audit implements Recurring {

    // Sorted keys: the digest must not depend on the order of a map.
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    private static final int DIFFERENT_DENIALS = 10_000;
    private static final int WRITTEN_AT_ONCE = 200;
    private static final int LONGEST_TARGET = 200;
    private static final int LASTING = 1_000;

    private static final String DENIED = "AccessDenied";

    /// What is counted, and written once per minute.
    ///
    /// @param owner empty if the caller is not known to belong to the owner of the requested data
    private record Denial(Actor actor, Optional<Owner> owner, String action, String target, Instant minute) {}

    private final Database database;
    private final Clock clock;
    private final Uuids uuids;
    private final List<ActListener> listeners;
    private final Map<Denial, Integer> denials = new ConcurrentHashMap<>();

    Audit(Database database, Clock clock, Uuids uuids, @All List<ActListener> listeners) {
        this.database = database;
        this.clock = clock;
        this.uuids = uuids;
        this.listeners = listeners;
    }

    /// Records an act on something that an account owns, or ends it if it is none of support’s ([ActsOfSupport]).
    ///
    /// @param action a past participle with its noun, such as `SubAccountCreated`
    public void note(Tx tx, Actor actor, Owned target, String action, Map<String, ?> details) {
        note(tx, actor, target.owner(), action, target.idText(), details);
    }

    /// Records an act on an account of a tenant, or ends it if it is none of support’s ([ActsOfSupport]).
    ///
    /// @param action a past participle with its noun, such as `SubAccountCreated`
    /// @param target an id, or a name if there is no id
    public void note(Tx tx, Actor actor, Owner owner, String action, String target, Map<String, ?> details) {
        ActsOfSupport.check(actor, action);
        note(tx, actor, owner.tenant(), Optional.of(owner.account()), action, target, details);
    }

    /// Records an act on the server itself.
    public void noteServer(Tx tx, Actor actor, String action, String target, Map<String, ?> details) {
        ActsOfSupport.check(actor, action);
        note(tx, actor, AccountId.SERVER, Optional.empty(), action, target, details);
    }

    private void note(
            Tx tx,
            Actor actor,
            AccountId tenant,
            Optional<AccountId> account,
            String action,
            String target,
            Map<String, ?> details) {
        String json = json(withBoth(actor, details));
        Optional<String> salt = Optional.of(Digests.newToken());
        new AuditStore(tx)
                .insert(
                        tenant,
                        new AuditEvent(
                                uuids.next(),
                                clock.instant(),
                                actor,
                                account,
                                action,
                                target,
                                AuditEvent.digest(salt, json),
                                json,
                                salt));
        account.ifPresent(owner ->
                listeners.forEach(listener -> listener.noted(tx, new Owner(tenant, owner), action, target, json)));
    }

    /// Adds for whom an operator acted, or with which key a program did, so that each entry names both. The digest
    /// covers it.
    private static Map<String, ?> withBoth(Actor actor, Map<String, ?> details) {
        var both = new TreeMap<String, Object>(details);
        actor.onBehalf().ifPresent(of -> {
            both.put(AuditEntry.ON_BEHALF, of.account().toString());
            both.put(AuditEntry.SUPPORT_ACCESS, of.access().toString());
        });
        actor.apiKey().ifPresent(key -> both.put(AuditEntry.API_KEY, key));
        return both;
    }

    /// Erases the details of acts on an account, but not the fact that they happened: the digests stay, and reveal
    /// nothing without their salt.
    ///
    /// @return how many rows lost their details; at most `most`
    public int eraseDetails(Tx tx, Owner owner, int most) {
        return new AuditStore(tx).eraseDetails(owner, most);
    }

    /// Returns what someone set up in a tenant that goes on without them, in plain words.
    ///
    /// @param acts some of [LastingActs]
    public List<String> lasting(Tx tx, AccountId tenant, IdentityId person, Set<String> acts) {
        return LastingActs.lines(new AuditSearchStore(tx).doneBy(tenant, person, acts, LASTING));
    }

    /// The same of a user of a workspace.
    ///
    /// @param target the workspace
    public List<String> lasting(Tx tx, AccountId tenant, AuditFilter.By.Named user, String target, Set<String> acts) {
        return LastingActs.lines(new AuditSearchStore(tx).doneBy(tenant, user, target, acts, LASTING));
    }

    /// Counts a refusal; it is written when its minute is over.
    ///
    /// @param route method and path of the refused request
    public void denied(Actor actor, String route) {
        count(actor, Optional.empty(), DENIED, route);
    }

    /// Counts the refusal of a caller who acts for an account, so that its owners can see it.
    public void denied(Actor actor, Owner owner, String route) {
        count(actor, Optional.of(owner), DENIED, route);
    }

    /// Counts attempts that failed, such as wrong passwords: one entry per caller and minute says how many.
    public void failed(Actor actor, Owner owner, String action, String target) {
        count(actor, Optional.of(owner), action, target);
    }

    private void count(Actor actor, Optional<Owner> owner, String action, String target) {
        var denial = new Denial(
                actor,
                owner,
                action,
                target.substring(0, Math.min(target.length(), LONGEST_TARGET)),
                minuteOf(clock.instant()));
        if (denials.containsKey(denial) || denials.size() < DIFFERENT_DENIALS) {
            denials.merge(denial, 1, Integer::sum);
        }
    }

    /// Writes the denials of all past minutes.
    public void writeDenials() {
        writeDenials(minuteOf(clock.instant()));
    }

    @Override
    public Job job() {
        return Job.scheduled("15s", "15s", "write-denials", "Records denied access.", this::writeDenials)
                .onEachServer();
    }

    void atShutdown(@Observes ShutdownEvent event) {
        writeDenials(Instant.MAX);
    }

    /// One run at a time: a stop, or a second run, would write the same again.
    private synchronized void writeDenials(Instant before) {
        List<Denial> over = denials.keySet().stream()
                .filter(denial -> denial.minute().isBefore(before))
                .toList();
        for (int i = 0; i < over.size(); i += WRITTEN_AT_ONCE) {
            write(over.subList(i, Math.min(i + WRITTEN_AT_ONCE, over.size())));
        }
    }

    /// Removes denials only once they are written: if the database fails, the next run tries again. What came while
    /// they were written stays for the next run.
    private void write(List<Denial> over) {
        Map<Denial, Integer> times = new LinkedHashMap<>();
        over.forEach(denial -> times.put(denial, denials.getOrDefault(denial, 0)));
        database.write(tx -> {
            times.forEach((denial, count) -> note(
                    tx,
                    denial.actor(),
                    denial.owner().map(Owner::tenant).orElse(AccountId.SERVER),
                    denial.owner().map(Owner::account),
                    denial.action(),
                    denial.target(),
                    Map.of("times", count)));
            return times;
        });
        times.forEach((denial, count) ->
                denials.computeIfPresent(denial, (_, now) -> now.equals(count) ? null : now - count));
    }

    private static Instant minuteOf(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MINUTES);
    }

    private static String json(Map<String, ?> details) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(details));
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("Audit details must be plain values", failure);
        }
    }
}
