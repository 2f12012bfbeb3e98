package dev.banyan.workspaces.usage.pages;

import module java.base;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.AttachmentStore;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.usage.UsageCounts;
import dev.banyan.workspaces.usage.UsageKind;
import dev.banyan.workspaces.usage.UsageLimits;
import dev.banyan.workspaces.usage.WorkspaceUsageStore;
import jakarta.inject.Singleton;

/// Reads what a workspace used, and sets its limits.
@Singleton
record UsageReports(Database database, Audit audit, AccountDays accountDays) {

    static final long HIGHEST = 1_000_000_000_000_000L;

    /// A day, or a month.
    record Line<T>(T period, UsageCounts counts) {}

    /// @param days all days of the range, the oldest first
    /// @param months all months of which days are in the range, each as a whole
    /// @param now this month, with the files as they are now
    /// @param today the day that it is in the zone
    /// @param zone of the account, whose days and months they are
    record Report(
            UsageRange range,
            List<Line<LocalDate>> days,
            List<Line<YearMonth>> months,
            UsageCounts now,
            UsageLimits limits,
            LocalDate today,
            ZoneId zone) {

        Report {
            days = List.copyOf(days);
            months = List.copyOf(months);
        }
    }

    LocalDate today(WorkspaceActor actor) {
        return accountDays.today(actor.owner().tenant());
    }

    Outcome<Report> read(WorkspaceActor actor, ProjectId project, WorkspaceId id, UsageRange range) {
        return database.read(tx -> Access.to(tx, actor, Right.SEE_USAGE, project, id))
                .map(workspace -> database.readRecent(workspace.owner().tenant(), tx -> read(tx, workspace, range)));
    }

    private Report read(Tx tx, Workspace workspace, UsageRange range) {
        AccountId tenant = workspace.owner().tenant();
        var store = new WorkspaceUsageStore(tx);
        LocalDate today = accountDays.today(tx, tenant);
        YearMonth first = YearMonth.from(range.from());
        YearMonth last = YearMonth.from(range.to());
        // All months and days in between: a month sorts before its days.
        SortedMap<String, UsageCounts> known =
                store.list(tenant, workspace.id(), first.toString(), range.to().toString());
        long stored = store.storedBefore(tenant, workspace.id(), range.from().toString());
        long storedNow = new AttachmentStore(tx).used(tenant, workspace.id());
        var days = new ArrayList<Line<LocalDate>>();
        for (LocalDate day : range.days()) {
            UsageCounts counts = known.get(day.toString());
            if (day.equals(today)) {
                stored = storedNow;
            } else if (day.isAfter(today)) {
                stored = 0;
            } else if (counts != null) {
                stored = counts.storedBytes();
            }
            days.add(new Line<>(day, (counts == null ? UsageCounts.NONE : counts).withStoredBytes(stored)));
        }
        var months = new ArrayList<Line<YearMonth>>();
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            UsageCounts counts = known.getOrDefault(month.toString(), UsageCounts.NONE);
            months.add(new Line<>(
                    month, month.equals(YearMonth.from(today)) ? counts.withStoredBytes(storedNow) : counts));
        }
        String thisMonth = YearMonth.from(today).toString();
        UsageCounts now = store.list(tenant, workspace.id(), thisMonth, thisMonth)
                .getOrDefault(thisMonth, UsageCounts.NONE)
                .withStoredBytes(storedNow);
        return new Report(
                range, days, months, now, store.limits(tenant, workspace.id()), today, AccountDays.zone(tx, tenant));
    }

    /// Replaces the limits. Only the project’s side sets them.
    Outcome<UsageLimits> setLimits(WorkspaceActor actor, ProjectId project, WorkspaceId id, Map<UsageKind, Long> most) {
        return database.write(tx -> Access.locked(tx, actor, Right.GOVERN_WORKSPACE, project, id)
                .then(workspace -> {
                    List<Invalid> invalid = most.entrySet().stream()
                            .filter(limit -> limit.getValue() < 0 || limit.getValue() > HIGHEST)
                            .map(limit -> new Invalid(
                                    limit.getKey().key(),
                                    limit.getKey().key() + " must be a whole number from 0 to " + HIGHEST,
                                    "Enter a whole number. Leave it empty for no limit."))
                            .toList();
                    return invalid.isEmpty()
                            ? Outcome.done(set(tx, actor, workspace, new UsageLimits(most)))
                            : Outcome.rejected(invalid);
                }));
    }

    private UsageLimits set(Tx tx, WorkspaceActor actor, Workspace workspace, UsageLimits limits) {
        AccountId tenant = workspace.owner().tenant();
        var store = new WorkspaceUsageStore(tx);
        if (store.limits(tenant, workspace.id()).equals(limits)) {
            return limits;
        }
        store.setLimits(tenant, workspace.id(), limits);
        store.forgetWarnings(tenant, workspace.id(), accountDays.today(tx, tenant));
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("name", workspace.name());
        limits.most().forEach((kind, limit) -> details.put(kind.key(), limit));
        audit.note(tx, actor.actor(), workspace, "WorkspaceUsageLimitsSet", details);
        return limits;
    }
}
