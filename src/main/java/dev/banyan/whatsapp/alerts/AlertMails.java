package dev.banyan.whatsapp.alerts;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.plans.AccountDays;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.mail.MailKind;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.alerts.AlertRecipientStore.Recipient;
import jakarta.inject.Singleton;

/// Mails alerts to the members who asked for them: one summary of what has happened since the last mail, and the next
/// one not before the time that the member set.
@Singleton
record AlertMails(Database database, Mails mails, Settings settings, Clock clock) implements Recurring {

    private static final int AT_ONCE = 100;
    private static final int TIMES = 20;
    private static final int LISTED = 20;
    private static final int MOST = 1_000;

    /// Called by a job. The work is limited; the rest is left for the next run.
    public void send() {
        for (int time = 0; time < TIMES; time++) {
            List<Recipient> due = database.read(tx -> new AlertRecipientStore(tx).due(clock.instant(), AT_ONCE));
            due.forEach(recipient -> database.write(tx -> send(tx, recipient)));
            if (due.size() < AT_ONCE) {
                return;
            }
        }
    }

    @Override
    public Job job() {
        return Job.scheduled("1m", "20s", "mail-alerts", "Emails members about their numbers.", this::send);
    }

    private boolean send(Tx tx, Recipient recipient) {
        var store = new AlertRecipientStore(tx);
        if (!store.claim(recipient.tenant(), recipient, clock.instant())) {
            return false;
        }
        List<Alert> alerts = new AlertStore(tx).after(recipient.tenant(), recipient.mailed(), MOST);
        if (alerts.isEmpty()) {
            return false;
        }
        store.mailed(recipient.tenant(), recipient.member(), alerts.getLast().id());
        new AccountStore(tx)
                .find(recipient.tenant())
                .filter(account -> account.status() == AccountStatus.ACTIVE)
                .ifPresent(account -> new MembershipStore(tx)
                        .person(recipient.tenant(), recipient.member().value())
                        .filter(member -> AlertsOfPeople.maySee(member.membership()))
                        .ifPresent(member -> mails.send(
                                tx,
                                MailKind.NOTICE,
                                member.email(),
                                subject(account, alerts),
                                body(account, alerts, AccountDays.zone(tx, recipient.tenant())))));
        return true;
    }

    private static String subject(Account account, List<Alert> alerts) {
        return account.displayName() + ": "
                + (alerts.size() == 1
                        ? alerts.getFirst().kind().title.toLowerCase(Locale.ROOT)
                        : Words.grouped(alerts.size()) + " alerts about your numbers");
    }

    private String body(Account account, List<Alert> alerts, ZoneId zone) {
        String query = "?as=" + URLEncoder.encode(account.username(), StandardCharsets.UTF_8);
        String list = alerts.stream()
                .limit(LISTED)
                .map(alert -> Words.moment(alert.at(), zone) + "  " + alert.kind().title + "\n" + alert.details())
                .collect(Collectors.joining("\n\n"));
        String more = alerts.size() > LISTED ? "\n\nAnd " + Words.grouped(alerts.size() - LISTED) + " more." : "";
        return """
                This happened to the numbers of %s:

                %s%s

                See your numbers: %s/admin/pools%s
                Change these emails: %s/admin/pools/alerts%s
                """.formatted(account.displayName(), list, more, settings.baseUrl(), query, settings.baseUrl(), query);
    }
}
