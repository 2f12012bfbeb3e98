package dev.banyan.workspaces.usage;

import module java.base;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Expiring;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.ConversationEvents;
import dev.banyan.workspaces.WorkspaceId;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Counts what workspaces use: in memory, as it happens, and every second into the database, so that no message waits
/// for another one’s counter. A clean stop writes everything; a power failure loses at most the last second.
///
/// What is counted has its time; the day that this is for the account is found when it is written, for many messages
/// at once.
@Singleton
public final class UsageMeter implements Recurring, Expiring {

    private static final int AT_ONCE = 100;
    private static final int FORGOTTEN_AT_ONCE = 1_000;
    /// Beyond this, users are looked up again in the database.
    private static final int MOST_REMEMBERED = 200_000;
    private static final int MOST_WAITING = 100_000;

    /// @param step see [UsagePeriods#step]
    private record Key(WorkspaceId workspace, Instant step) {}

    private record Seen(WorkspaceId workspace, int user, LocalDate day) {}

    private static final class Pending {
        private UsageCounts counts = UsageCounts.NONE;
        private final Set<Integer> users = new HashSet<>();

        private void add(Pending other) {
            counts = counts.plus(other.counts);
            users.addAll(other.users);
        }
    }

    private final Database database;
    private final UsageWarnings warnings;
    private final AccountDays days;
    private final Clock clock;
    private final RepeatedFailures failures;

    private Map<Key, Pending> waiting = new HashMap<>();
    private final Set<Seen> seen = new HashSet<>();
    private LocalDate seenOn = LocalDate.EPOCH;
    private final ReentrantLock writing = new ReentrantLock();

    public UsageMeter(Database database, UsageWarnings warnings, AccountDays days, Clock clock) {
        this.database = database;
        this.warnings = warnings;
        this.days = days;
        this.clock = clock;
        this.failures = new RepeatedFailures(UsageMeter.class, clock);
    }

    public void written(@Observes ConversationEvents.Written message) {
        switch (message.author()) {
            case CONTACT, USER -> add(message.workspace(), new UsageCounts(1, 0, 0, 0, 0));
            case AGENT, ASSISTANT -> sent(message.workspace(), 1);
            case NOTE -> {
                // It never leaves the inbox.
            }
        }
    }

    /// Counts messages that were sent outside of conversations.
    public void sent(WorkspaceId workspace, long messages) {
        if (messages > 0) {
            add(workspace, new UsageCounts(0, messages, 0, 0, 0));
        }
    }

    /// Counts what a language model read and wrote.
    public void tokens(WorkspaceId workspace, long tokens) {
        add(workspace, new UsageCounts(0, 0, tokens, 0, 0));
    }

    /// Notices a signed-in user. Called by every request of theirs, so most calls only look into a set.
    public void active(AccountId tenant, WorkspaceId workspace, int user) {
        Instant now = clock.instant();
        LocalDate day = UsagePeriods.dayOf(now, days.zone(tenant));
        LocalDate cleared = UsagePeriods.dayOf(now, ZoneOffset.UTC);
        synchronized (this) {
            if (!cleared.equals(seenOn) || seen.size() >= MOST_REMEMBERED) {
                seenOn = cleared;
                seen.clear();
            }
            if (seen.add(new Seen(workspace, user, day))) {
                pending(key(workspace, now)).users.add(user);
            }
        }
    }

    private synchronized void add(WorkspaceId workspace, UsageCounts more) {
        Pending pending = pending(key(workspace, clock.instant()));
        pending.counts = pending.counts.plus(more);
    }

    private static Key key(WorkspaceId workspace, Instant at) {
        return new Key(workspace, UsagePeriods.step(at));
    }

    private Pending pending(Key key) {
        return waiting.computeIfAbsent(key, _ -> new Pending());
    }

    private synchronized Map<Key, Pending> take() {
        Map<Key, Pending> due = waiting;
        waiting = new HashMap<>();
        return due;
    }

    /// Writes all counters until now. Waits for a run under way, which may have taken some of them.
    public void write() {
        writing.lock();
        try {
            writeAll();
        } finally {
            writing.unlock();
        }
    }

    private void writeAll() {
        // In the same order on all servers, so that two never wait for each other.
        List<Map.Entry<Key, Pending>> due = take().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing((Key key) -> key.workspace().value())
                                .thenComparing(Key::step)))
                .toList();
        for (int from = 0; from < due.size(); from += AT_ONCE) {
            writeTogether(due.subList(from, Math.min(due.size(), from + AT_ONCE)));
        }
    }

    private void writeTogether(List<Map.Entry<Key, Pending>> some) {
        try {
            database.write(tx -> write(tx, some));
        } catch (DatabaseUnavailable away) {
            some.forEach(one -> keep(one, away)); // none of them is the cause
        } catch (RuntimeException failure) {
            if (some.size() > 1) {
                List.copyOf(some).forEach(one -> writeTogether(List.of(one)));
            } else {
                failures.failed("The usage of a workspace was not counted", failure);
            }
        }
    }

    private int write(Tx tx, List<Map.Entry<Key, Pending>> some) {
        var store = new WorkspaceUsageStore(tx);
        var ids = some.stream().map(one -> one.getKey().workspace()).distinct().toList();
        Map<WorkspaceId, AccountId> tenants = store.tenants(ids);
        Map<WorkspaceId, UsageLimits> limits = store.limits(ids);
        for (var one : some) {
            WorkspaceId workspace = one.getKey().workspace();
            Optional.ofNullable(tenants.get(workspace)).ifPresent(tenant -> {
                LocalDate day = UsagePeriods.dayOf(one.getKey().step(), AccountDays.zone(tx, tenant));
                write(tx, tenant, workspace, day, one.getValue());
                Optional.ofNullable(limits.get(workspace))
                        .ifPresent(most -> warnings.check(tx, tenant, workspace, most, day));
            });
        }
        return some.size();
    }

    private static void write(Tx tx, AccountId tenant, WorkspaceId workspace, LocalDate on, Pending pending) {
        var store = new WorkspaceUsageStore(tx);
        String day = UsagePeriods.day(on);
        String month = UsagePeriods.month(on);
        UsageCounts counts = pending.counts.withStoredBytes(new AttachmentStore(tx).used(tenant, workspace));
        List<Integer> users = new ArrayList<>(pending.users);
        users.sort(Comparator.naturalOrder());
        long ofDay = users.stream()
                .filter(user -> store.isFirst(tenant, workspace, day, user, UsagePeriods.endOfDay(on)))
                .count();
        long ofMonth = users.stream()
                .filter(user -> store.isFirst(tenant, workspace, month, user, UsagePeriods.endOfMonth(on)))
                .count();
        store.add(tenant, workspace, day, counts.withActiveUsers(ofDay));
        store.add(tenant, workspace, month, counts.withActiveUsers(ofMonth));
    }

    private synchronized void keep(Map.Entry<Key, Pending> one, RuntimeException failure) {
        if (waiting.size() >= MOST_WAITING) {
            failures.failed("The usage of a workspace was not counted", failure);
        } else {
            pending(one.getKey()).add(one.getValue());
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("1s", "1s", "write-workspace-usage", "Stores what workspaces used.", this::write)
                .onEachServer();
    }

    void atShutdown(@Observes ShutdownEvent event) {
        write();
    }

    @Override
    public int forgetExpired() {
        return database.write(tx -> new WorkspaceUsageStore(tx).forgetActive(clock.instant(), FORGOTTEN_AT_ONCE));
    }
}
