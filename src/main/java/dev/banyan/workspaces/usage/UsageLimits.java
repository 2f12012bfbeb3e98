package dev.banyan.workspaces.usage;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.WorkspaceId;

/// What the project allows a workspace per month; a kind without an entry has no limit.
public record UsageLimits(Map<UsageKind, Long> most) {

    public static final UsageLimits NONE = new UsageLimits(Map.of());

    /// From this share of a limit on, people are warned.
    public static final int WARNED_AT = 80;

    public static final int FULL = 100;

    public UsageLimits {
        most = Map.copyOf(most);
    }

    public Optional<Long> of(UsageKind kind) {
        return Optional.ofNullable(most.get(kind));
    }

    public boolean isEmpty() {
        return most.isEmpty();
    }

    /// Returns how much of a limit is used, in percent; empty without one. A limit of 0 is used up.
    public Optional<Integer> percent(UsageKind kind, UsageCounts used) {
        return of(kind).map(limit ->
                limit == 0 ? FULL : (int) Math.min(Integer.MAX_VALUE, Math.floor(used.of(kind) * 100.0 / limit)));
    }

    Map<UsageKind, Integer> percents(UsageCounts used) {
        var percents = new EnumMap<UsageKind, Integer>(UsageKind.class);
        for (UsageKind kind : UsageKind.values()) {
            percent(kind, used).ifPresent(percent -> percents.put(kind, percent));
        }
        return percents;
    }

    /// Returns why a workspace may not send another message this month; empty if it may. The counters are at most a few
    /// seconds old: a limit is not a wall to the last message.
    public static Optional<Invalid> sending(Tx tx, AccountId tenant, WorkspaceId workspace, Instant now) {
        return full(tx, tenant, workspace, UsageKind.MESSAGES_OUT, now)
                .map(limit -> Invalid.whole(
                        "Monthly limit reached: this sub-client can send " + Words.grouped(limit)
                                + " messages per month",
                        "This workspace has reached its limit of " + Words.grouped(limit)
                                + " messages this month. Nothing was sent. The project’s team can raise the limit."));
    }

    /// Returns the limit of tokens if it is used up.
    public static Optional<Long> modelSpent(Tx tx, AccountId tenant, WorkspaceId workspace, Instant now) {
        return full(tx, tenant, workspace, UsageKind.TOKENS, now);
    }

    /// Returns the size that all files of the workspace may have together.
    ///
    /// @param server what the server allows
    public static long storage(Tx tx, AccountId tenant, WorkspaceId workspace, long server) {
        return Math.min(
                server,
                new WorkspaceUsageStore(tx)
                        .limits(tenant, workspace)
                        .of(UsageKind.STORAGE)
                        .orElse(server));
    }

    private static Optional<Long> full(Tx tx, AccountId tenant, WorkspaceId workspace, UsageKind kind, Instant now) {
        var store = new WorkspaceUsageStore(tx);
        return store.limits(tenant, workspace)
                .of(kind)
                .filter(limit -> store.find(tenant, workspace, UsagePeriods.month(tx, tenant, now))
                                .of(kind)
                        >= limit);
    }
}
