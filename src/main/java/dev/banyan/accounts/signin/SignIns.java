package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.accounts.Device;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The history of sign-ins. Entries are collected in memory and written by a job, so that logins don't wait for them; a
/// crash loses only the last seconds. Attempts with unknown names are not stored, because people type passwords there.
@Singleton
public final class SignIns implements Expiring, Recurring {

    public static final Duration KEPT = Duration.ofDays(90);

    private static final int GATHERED_AT_MOST = 10_000;
    private static final int WRITTEN_AT_ONCE = 500;
    private static final int FORGOTTEN_AT_ONCE = 5_000;
    private static final int LONGEST_NETWORK = 50;

    /// @param email the person's e-mail
    public record Listed(SignIn signIn, String email) {}

    public enum OutcomeFilter implements Keyed {
        ALL,
        DONE,
        FAILED
    }

    /// @param email its beginning, in lower case
    public record Query(String email, OutcomeFilter shown, Optional<UUID> after) {}

    public record Found(List<Listed> signIns, Optional<UUID> next) {}

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final Uuids uuids;
    private final LinkedBlockingQueue<SignIn> gathered = new LinkedBlockingQueue<>(GATHERED_AT_MOST);

    SignIns(Database database, Audit audit, Clock clock, Uuids uuids) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.uuids = uuids;
    }

    /// Records an entry without blocking. Drops entries that arrive faster than they are written.
    void note(IdentityId identity, String ip, Device device, SignIn.Method way, SignIn.Outcome outcome) {
        String network = Device.network(ip);
        gathered.offer(new SignIn(
                uuids.next(),
                identity,
                clock.instant(),
                network.substring(0, Math.min(network.length(), LONGEST_NETWORK)),
                device.userAgent(),
                way,
                outcome));
    }

    /// Records a wrong password, passkey or code, and counts it as denied access: for unknown people only that.
    void failed(Optional<IdentityId> identity, Actor actor, Device device, SignIn.Method way, SignIn.Outcome outcome) {
        identity.ifPresent(known -> note(known, actor.ip(), device, way, outcome));
        audit.denied(actor, way == SignIn.Method.SECOND_FACTOR ? "second factor" : "login");
    }

    /// Writes the collected entries; one run at a time, as two would write the same.
    public synchronized void write() {
        while (!gathered.isEmpty()) {
            List<SignIn> batch =
                    new ArrayList<>(gathered.stream().limit(WRITTEN_AT_ONCE).toList());
            database.write(tx -> {
                batch.forEach(new SignInStore(tx)::insert);
                return batch;
            });
            // Only what is written is removed: if the database fails, the next run tries again.
            gathered.removeAll(batch);
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "write-sign-ins", "Records sign-ins and failed attempts.", this::write)
                .onEachServer();
    }

    void atShutdown(@Observes ShutdownEvent event) {
        write();
    }

    /// Returns the history, after writing what was collected here, so that it includes the latest attempt.
    public Found of(AccountId root, Query query, int limit) {
        write();
        List<Listed> found = database.read(tx -> new SignInStore(tx).list(root, query, limit + 1));
        List<Listed> shown = found.subList(0, Math.min(limit, found.size()));
        return new Found(
                shown,
                found.size() > limit ? Optional.of(shown.getLast().signIn().id()) : Optional.empty());
    }

    public Optional<Instant> last(AccountId root) {
        return database.read(tx -> new SignInStore(tx).last(root));
    }

    @Override
    public int forgetExpired() {
        Instant before = clock.instant().minus(KEPT);
        return database.write(tx -> new SignInStore(tx).deleteBefore(before, FORGOTTEN_AT_ONCE));
    }
}
