package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Owned;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import io.quarkus.logging.Log;
import io.quarkus.mailer.Mailer;
import jakarta.inject.Singleton;

/// Outgoing mail. A mail is a row in the transaction that causes it, so none is lost and none is sent for a change that
/// did not happen; a job delivers by SMTP, or into `outbox/` of the data folder if no server is configured.
@Singleton
public record Mails(
        Database database,
        Settings settings,
        ServerMail serverMail,
        Mailer mailer,
        MailRoutes routes,
        Clock clock,
        Uuids uuids)
        implements Recurring {

    /// A small portion: an urgent mail never waits for more than these.
    private static final int AT_ONCE = 10;
    private static final int PORTIONS = 100;
    private static final Duration LONGEST_WAIT = Duration.ofHours(6);
    /// About three days of tries.
    static final int TRIES = 20;

    /// How long a server has for the mails it has taken, before another one tries: more than 10 slow deliveries need.
    private static final Duration CLAIMED_FOR = Duration.ofMinutes(10);

    private static final int LONGEST_ERROR = 300;
    private static final int DEEPEST = 10;

    /// Queues a mail for delivery when `tx` commits.
    public void send(Tx tx, String recipient, String subject, String body) {
        send(tx, MailKind.OTHER, recipient, subject, body);
    }

    /// Queues a mail for delivery when `tx` commits.
    public void send(Tx tx, MailKind kind, String recipient, String subject, String body) {
        new MailStore(tx)
                .insert(
                        new Mail(uuids.next(), recipient, subject, body, 0, Optional.empty()),
                        kind,
                        recipient,
                        clock.instant());
    }

    /// Queues a mail of a workspace: it goes through the workspace's own mail server, if it has one, and looks like it.
    /// The mails of a tenant's workspaces take turns with those of others.
    public void sendFrom(Tx tx, Owned workspace, MailKind kind, String recipient, String subject, String body) {
        new MailStore(tx)
                .insert(
                        new Mail(uuids.next(), recipient, subject, body, 0, Optional.of(workspace.idText())),
                        kind,
                        workspace.owner().tenant().toString(),
                        clock.instant());
    }

    /// Returns true if mails reach people; otherwise they become files.
    public boolean isConnected() {
        return serverMail.isConnected();
    }

    /// Delivers due mails; a failing mail is tried again at increasing intervals, until it is given up.
    public void deliver() {
        serverMail.refresh();
        int portions = 0;
        while (deliverSome() && portions < PORTIONS) {
            portions++;
        }
    }

    /// @return whether there may be more
    private boolean deliverSome() {
        List<Mail> due = claim();
        for (Mail mail : due) {
            try {
                deliver(mail);
                database.write(tx -> {
                    new MailStore(tx).sent(mail, clock.instant());
                    return mail;
                });
            } catch (RuntimeException failure) {
                Instant nextTry = clock.instant().plus(waitAfter(mail.attempts()));
                Log.warnf(
                        "Email %s was not delivered; next attempt at %s: %s", mail.id(), nextTry, failure.getMessage());
                MailState state = mail.attempts() + 1 >= TRIES ? MailState.GIVEN_UP : MailState.FAILING;
                database.write(tx -> {
                    new MailStore(tx).failed(mail, state, nextTry, errorOf(failure));
                    return mail;
                });
            }
        }
        return due.size() == AT_ONCE;
    }

    private List<Mail> claim() {
        Instant now = clock.instant();
        boolean isAnyDue = database.read(tx -> new MailStore(tx).isAnyDue(now));
        return isAnyDue
                ? database.write(tx -> new MailStore(tx).claim(now, now.plus(CLAIMED_FOR), AT_ONCE))
                : List.of();
    }

    @Override
    public Job job() {
        return Job.scheduled("5s", "5s", "deliver-mails", "Sends waiting emails.", this::deliver);
    }

    /// Returns the mail server's message from the innermost cause; the outer ones only contain our libraries'
    /// descriptions.
    static String errorOf(Throwable failure) {
        Throwable innermost = failure;
        for (int depth = 0; innermost.getCause() != null && depth < DEEPEST; depth++) {
            innermost = innermost.getCause();
        }
        String said = innermost.getMessage() == null ? "" : MailMask.of(innermost.getMessage());
        String error = (said.isBlank() ? innermost.getClass().getSimpleName() : said).strip();
        return error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error;
    }

    private static Duration waitAfter(int attempts) {
        Duration doubled = Duration.ofMinutes(1L << Math.min(attempts, 10));
        return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }

    private void deliver(Mail mail) {
        Optional<WorkspaceMail.Dispatch> dispatch = routes.of(mail);
        ServerMail.Source source = serverMail.source();
        if (dispatch.isPresent() && routes.send(mail, dispatch.get(), source != ServerMail.Source.NONE)) {
            return;
        }
        MailBranding look = dispatch.map(WorkspaceMail.Dispatch::look).orElse(MailBranding.OWN);
        switch (source) {
            case SETTINGS -> {
                io.quarkus.mailer.Mail sent = io.quarkus.mailer.Mail.withText(
                                mail.recipient(), mail.subject(), mail.body())
                        .setFrom(dispatch.isPresent() ? settings.mailFrom() : "Banyan <" + settings.mailFrom() + ">")
                        .setHtml(look.html(mail.body()));
                mailer.send(sent);
            }
            case PAGE -> routes.sendOwn(serverMail.stored().flatMap(serverMail::opened), mail, Optional.of(look));
            case NONE -> writeToOutbox(mail);
        }
    }

    private void writeToOutbox(Mail mail) {
        Path file = settings.data().resolve(DataFolder.OUTBOX).resolve(mail.id() + ".eml");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, """
                    From: %s
                    To: %s
                    Subject: %s
                    Content-Type: text/plain; charset=UTF-8

                    %s
                    """.formatted(settings.mailFrom(), mail.recipient(), mail.subject(), mail.body()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Log.infof("No mail server is configured; an email was written to %s", file);
    }
}
