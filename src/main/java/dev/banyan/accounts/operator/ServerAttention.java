package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.platform.backup.LastBackup;
import dev.banyan.platform.backup.PlannedBackups;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.StorageSize;
import dev.banyan.platform.jobs.JobRuns;
import dev.banyan.platform.mail.Outbox;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// What an operator has to do about the server: each item with the one action that helps.
@Singleton
record ServerAttention(Settings settings, ServerMail serverMail, PlannedBackups backups, Clock clock) {

    /// With a smaller part of the disk free than this, the server asks for more.
    private static final double LITTLE = 0.1;
    private static final Duration OLD = Duration.ofDays(7);
    /// A server that has just been set up has nothing to lose.
    private static final long ACCOUNTS_WORTH_A_BACKUP = 1;

    /// Returns the most urgent first; empty if all is well.
    List<AttentionItem> of(
            ServerFigures.Counted counted, Outbox.Troubles mails, StorageSize.Disk disk, List<JobRuns.State> jobs) {
        var items = new ArrayList<AttentionItem>();
        if (mails.all() > 0) {
            items.add(new AttentionItem(
                    Urgency.BAD,
                    Words.count(mails.all(), "email does not get through", "emails do not get through") + ".",
                    "Check the reason, then retry or discard.",
                    "View failing emails",
                    "/operator/mail?state=failing"));
        }
        if (disk.free() < disk.total() * LITTLE) {
            items.add(new AttentionItem(
                    Urgency.BAD,
                    "The disk is nearly full: " + OperatorStartPageResource.bytes(disk.free()) + " left.",
                    "When it is full, the server can't save changes. Free up space or add a larger disk.",
                    "View metrics",
                    "/operator/figures"));
        }
        List<JobRuns.State> failed =
                jobs.stream().filter(state -> state.error().isPresent()).toList();
        if (!failed.isEmpty()) {
            items.add(new AttentionItem(
                    Urgency.BAD,
                    Words.count(failed.size(), "job has", "jobs have") + " failed.",
                    "",
                    "View jobs",
                    "/operator/jobs"));
        }
        backups.trouble()
                .ifPresent(problem -> items.add(new AttentionItem(
                        Urgency.BAD,
                        "The last backup failed.",
                        problem,
                        "View backups",
                        OperatorBackupsPageResource.PATH)));
        if (!settings.rateLimited()) {
            items.add(new AttentionItem(
                    Urgency.WARN,
                    "Rate limits are off.",
                    "Anyone can guess passwords as fast as they like. Unset BANYAN_RATE_LIMITS to protect sign-ins.",
                    "View limits",
                    "/operator/limits"));
        }
        if (!serverMail.isConnected()) {
            items.add(new AttentionItem(
                    Urgency.WARN,
                    "No mail server is set up.",
                    "Emails stay in the folder outbox/ and reach no one. Until you connect one, copy links from the pages"
                            + " that make them.",
                    "Connect mail server",
                    OperatorMailPageResource.SERVER));
        }
        backup(counted).ifPresent(items::add);
        items.sort(Comparator.comparing(AttentionItem::urgency));
        return List.copyOf(items);
    }

    private Optional<AttentionItem> backup(ServerFigures.Counted counted) {
        Optional<Instant> last = LastBackup.at(settings);
        boolean old = last.filter(at -> at.plus(OLD).isAfter(clock.instant())).isEmpty();
        if (!old || counted.roots() < ACCOUNTS_WORTH_A_BACKUP) {
            return Optional.empty();
        }
        return Optional.of(new AttentionItem(
                Urgency.WARN,
                last.map(at -> "The last backup is from " + Words.day(at) + ".").orElse("There is no backup yet."),
                "Write one every night to another disk or a bucket. Those in the data folder don’t count.",
                "Set up backups",
                OperatorBackupsPageResource.PATH));
    }
}
