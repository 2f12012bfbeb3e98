package dev.banyan.workspaces.usage;

import module java.base;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import jakarta.inject.Singleton;

/// Mails the owners of the project and the workspace’s admins when a limit is nearly used up, and when it is: once
/// each per month.
@Singleton
public record UsageWarnings(Mails mails, Settings settings) {

    private static final int MOST_ADMINS = 20;

    /// Checks the limits after something was counted.
    void check(Tx tx, AccountId tenant, WorkspaceId id, UsageLimits limits, LocalDate day) {
        var store = new WorkspaceUsageStore(tx);
        String month = UsagePeriods.month(day);
        UsageCounts used = store.find(tenant, id, month);
        for (Map.Entry<UsageKind, Integer> one : limits.percents(used).entrySet()) {
            boolean isFull = one.getValue() >= UsageLimits.FULL;
            boolean isNew = one.getValue() >= UsageLimits.WARNED_AT
                    && store.warn(tenant, id, month, one.getKey(), isFull ? UsageLimits.FULL : UsageLimits.WARNED_AT);
            if (isNew) {
                new WorkspaceStore(tx)
                        .findById(id)
                        .map(WorkspaceStore.Visited::workspace)
                        .ifPresent(workspace -> mail(tx, workspace, one.getKey(), limits, used, isFull));
            }
        }
    }

    private void mail(
            Tx tx, Workspace workspace, UsageKind kind, UsageLimits limits, UsageCounts used, boolean isFull) {
        String what = kind.label.toLowerCase(java.util.Locale.ROOT);
        String subject = workspace.name() + ": "
                + (isFull ? "the limit of " + what + " is reached" : "80 % of the limit of " + what + " are used");
        String text = """
                %s used %s of %s this month (%s).

                %s

                """.formatted(
                        workspace.name(),
                        amount(kind, used.of(kind)),
                        amount(kind, limits.of(kind).orElse(0L)),
                        what,
                        isFull ? atTheLimit(kind) : "You get one more email if the limit is reached.");
        List<String> owners =
                new IdentityStore(tx).ownerEmails(workspace.owner().tenant());
        owners.forEach(owner -> mails.send(
                tx,
                MailKind.NOTICE,
                owner,
                subject,
                text + "See the usage and change the limit: " + settings.baseUrl()
                        + WorkspacePaths.workspace(workspace.project(), workspace.id()) + "/usage\n"));
        new WorkspaceUserStore(tx)
                        .withRoles(
                                workspace.owner().tenant(), workspace.id(), List.of(WorkspaceRole.ADMIN), MOST_ADMINS)
                        .stream()
                        .map(WorkspaceUser::email)
                        .filter(email -> !owners.contains(email))
                        .forEach(email -> mails.sendFrom(
                                tx,
                                workspace,
                                MailKind.NOTICE,
                                email,
                                subject,
                                text + "See the usage: " + WorkspacePaths.address(settings, workspace) + "/usage\n"));
    }

    /// Returns what happens at a limit, as a sentence.
    public static String atTheLimit(UsageKind kind) {
        return switch (kind) {
            case MESSAGES_IN -> "Messages of customers are never refused: they still arrive.";
            case MESSAGES_OUT -> "No more messages are sent until next month, or until the limit is raised.";
            case TOKENS -> "The language model no longer answers this month; customers are passed to your team.";
            case ACTIVE_USERS -> "Everyone can still sign in.";
            case STORAGE -> "No more files can be uploaded. Files that customers send still arrive.";
        };
    }

    /// Returns a number as people read it.
    public static String amount(UsageKind kind, long number) {
        return switch (kind) {
            case MESSAGES_IN, MESSAGES_OUT, TOKENS, ACTIVE_USERS -> Words.grouped(number);
            case STORAGE ->
                number < 1_000_000
                        ? Words.grouped((number + 999) / 1_000) + " KB"
                        : Words.grouped((number + 500_000) / 1_000_000) + " MB";
        };
    }
}
