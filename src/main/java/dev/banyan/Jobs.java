package dev.banyan;

import dev.banyan.accounts.AccountSearchBackfill;
import dev.banyan.accounts.brands.Erasures;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.accounts.keys.KeyUse;
import dev.banyan.accounts.operator.AgencyFigures;
import dev.banyan.accounts.plans.GracePeriods;
import dev.banyan.accounts.settings.PasskeyChanges;
import dev.banyan.accounts.signin.AwaitedFactors;
import dev.banyan.accounts.signin.Devices;
import dev.banyan.accounts.signin.EmailConfirmations;
import dev.banyan.accounts.signin.PasswordResets;
import dev.banyan.accounts.signin.SignIns;
import dev.banyan.accounts.subscription.Subscriptions;
import dev.banyan.analytics.VisitRetention;
import dev.banyan.analytics.WeeklyReports;
import dev.banyan.pages.DeletedContents;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.AuditChain;
import dev.banyan.platform.db.TableStatistics;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.JobRuns;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.mail.Outbox;
import dev.banyan.platform.web.gate.Idempotency;
import dev.banyan.themes.Pictures;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.api.PoolEventSockets;
import dev.banyan.whatsapp.board.BoardSockets;
import dev.banyan.whatsapp.history.SenderRetention;
import dev.banyan.whatsapp.session.Dispatcher;
import dev.banyan.workspaces.access.WorkspaceSearchBackfill;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.chat.Attachments;
import dev.banyan.workspaces.chat.ChatSockets;
import dev.banyan.workspaces.inbox.InboxSockets;
import dev.banyan.workspaces.number.NumberSockets;
import dev.banyan.workspaces.users.Invitations;
import dev.banyan.workspaces.users.WaitingRegistrations;
import dev.banyan.workspaces.users.WorkspaceUserNetworks;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/// All scheduled jobs of the server, one line each: interval, initial delay, and a limited, idempotent operation.
/// "Every node" jobs maintain memory; "one node" jobs maintain the database, and are harmless on several nodes until
/// one of them is chosen (docs/architecture.md).
@Singleton
class Jobs {

    private final JobRuns runs;
    private final KeyUse keyUse;
    private final Mails mails;
    private final Audit audit;
    private final AuditChain auditChain;
    private final Idempotency idempotency;
    private final LoginSessions sessions;
    private final SignIns signIns;
    private final Outbox outbox;
    private final WorkspaceSessions workspaceSessions;
    private final WorkspaceUserNetworks workspaceUserNetworks;
    private final EmailConfirmations confirmations;
    private final PasswordResets resets;
    private final PasskeyChanges passkeys;
    private final AwaitedFactors awaitedFactors;
    private final Devices devices;
    private final Invitations invitations;
    private final WaitingRegistrations registrations;
    private final Erasures erasures;
    private final AccountSearchBackfill missingWords;
    private final WorkspaceSearchBackfill missingWorkspaceWords;
    private final Subscriptions subscriptions;
    private final GracePeriods graces;
    private final ChatSockets chatSockets;
    private final InboxSockets inboxSockets;
    private final NumberSockets numberSockets;
    private final Liveness liveness;
    private final Dispatcher dispatcher;
    private final SenderRetention senderRetention;
    private final BoardSockets boards;
    private final PoolEventSockets poolEvents;
    private final AgencyFigures agencyFigures;
    private final Attachments attachments;
    private final Pictures pictures;
    private final TableStatistics statistics;
    private final DeletedContents deletedContents;
    private final VisitRetention visitRetention;
    private final WeeklyReports weeklyReports;

    Jobs(
            JobRuns runs,
            KeyUse keyUse,
            Mails mails,
            Audit audit,
            AuditChain auditChain,
            Idempotency idempotency,
            LoginSessions sessions,
            SignIns signIns,
            Outbox outbox,
            WorkspaceSessions workspaceSessions,
            WorkspaceUserNetworks workspaceUserNetworks,
            EmailConfirmations confirmations,
            PasswordResets resets,
            PasskeyChanges passkeys,
            AwaitedFactors awaitedFactors,
            Devices devices,
            Invitations invitations,
            WaitingRegistrations registrations,
            Erasures erasures,
            AccountSearchBackfill missingWords,
            WorkspaceSearchBackfill missingWorkspaceWords,
            Subscriptions subscriptions,
            GracePeriods graces,
            ChatSockets chatSockets,
            InboxSockets inboxSockets,
            NumberSockets numberSockets,
            Liveness liveness,
            Dispatcher dispatcher,
            SenderRetention senderRetention,
            BoardSockets boards,
            PoolEventSockets poolEvents,
            AgencyFigures agencyFigures,
            Attachments attachments,
            Pictures pictures,
            TableStatistics statistics,
            DeletedContents deletedContents,
            VisitRetention visitRetention,
            WeeklyReports weeklyReports) {
        this.runs = runs;
        this.keyUse = keyUse;
        this.mails = mails;
        this.audit = audit;
        this.auditChain = auditChain;
        this.idempotency = idempotency;
        this.sessions = sessions;
        this.signIns = signIns;
        this.outbox = outbox;
        this.workspaceSessions = workspaceSessions;
        this.workspaceUserNetworks = workspaceUserNetworks;
        this.confirmations = confirmations;
        this.resets = resets;
        this.passkeys = passkeys;
        this.awaitedFactors = awaitedFactors;
        this.devices = devices;
        this.invitations = invitations;
        this.registrations = registrations;
        this.erasures = erasures;
        this.missingWords = missingWords;
        this.missingWorkspaceWords = missingWorkspaceWords;
        this.subscriptions = subscriptions;
        this.graces = graces;
        this.chatSockets = chatSockets;
        this.inboxSockets = inboxSockets;
        this.numberSockets = numberSockets;
        this.liveness = liveness;
        this.dispatcher = dispatcher;
        this.senderRetention = senderRetention;
        this.boards = boards;
        this.poolEvents = poolEvents;
        this.agencyFigures = agencyFigures;
        this.attachments = attachments;
        this.pictures = pictures;
        this.statistics = statistics;
        this.deletedContents = deletedContents;
        this.visitRetention = visitRetention;
        this.weeklyReports = weeklyReports;
    }

    void begin(@Observes StartupEvent event) {
        runs.schedule(all());
    }

    private List<Job> all() {
        return List.of(
                // Every node.
                job("15s", "15s", "write-denials", "Writes down who was refused access.", audit::writeDenials),
                job("5s", "5s", "count-key-use", "Writes down how much API keys were used.", keyUse::write),
                job("5s", "5s", "write-sign-ins", "Writes down who signed in, or tried to.", signIns::write),
                job("30s", "30s", "beat-chat-sockets", "Closes chats that nobody reads any more.", chatSockets::beat),
                job(
                        "30s",
                        "30s",
                        "beat-inbox-sockets",
                        "Closes inboxes that nobody reads any more.",
                        inboxSockets::beat),
                job(
                        "30s",
                        "30s",
                        "beat-number-sockets",
                        "Closes views of numbers that nobody has.",
                        numberSockets::beat),
                job("30s", "30s", "beat-boards", "Closes boards of senders that nobody looks at.", boards::beat),
                job("30s", "30s", "beat-pool-events", "Closes feeds of pools that nobody reads.", poolEvents::beat),
                job("5s", "5s", "probe-senders", "Asks senders for a sign of life.", liveness::probe),
                job("5s", "5s", "dispatch-messages", "Sends messages that wait.", dispatcher::sweep),
                job("1m", "10s", "count-agencies", "Counts agencies for figures and metrics.", agencyFigures::renew),
                // One node.
                job("5s", "5s", "deliver-mails", "Sends mails that wait.", mails::deliver),
                job("5s", "5s", "seal-audit", "Seals new rows of the audit.", auditChain::seal),
                job("1m", "20s", "end-plans", "Ends plans whose time is over, and what hangs on them.", () -> {
                    subscriptions.expire();
                    graces.run();
                }),
                job("10m", "1m", "forget-expired", "Forgets sessions, links and answers that have expired.", () -> {
                    idempotency.forgetOld();
                    sessions.forgetExpired();
                    signIns.forgetOld();
                    outbox.forgetOld();
                    workspaceSessions.forgetExpired();
                    workspaceUserNetworks.forgetOld();
                    confirmations.forgetOld();
                    resets.forgetOld();
                    passkeys.forgetOld();
                    awaitedFactors.forgetOld();
                    devices.forgetOld();
                    invitations.forgetOld();
                    registrations.forgetOld();
                    keyUse.forgetOld();
                    deletedContents.forget();
                }),
                job(
                        "10m",
                        "2m",
                        "forget-sender-events",
                        "Forgets what senders did long ago.",
                        senderRetention::forgetOld),
                job("1m", "30s", "tidy-attachments", "Removes files that nobody sent.", attachments::tidy),
                job("10m", "3m", "tidy-pictures", "Removes pictures that nothing shows.", pictures::removeUnnamed),
                job("20s", "10s", "write-search-words", "After an upgrade: makes old rows findable.", () -> {
                    missingWords.write();
                    missingWorkspaceWords.write();
                }),
                job(
                        "5s",
                        "5s",
                        "refresh-statistics",
                        "Tells the database how its tables have grown.",
                        statistics::refresh),
                job("5m", "2m", "erase-sub-accounts", "Erases sub-accounts deleted 30 days ago.", erasures::run),
                job("1m", "40s", "forget-visits", "Forgets visits that are kept no longer.", visitRetention::forgetOld),
                job("5m", "3m", "send-weekly-reports", "Mails owners how their week was.", weeklyReports::send));
    }

    private static Job job(String every, String delay, String id, String description, Runnable work) {
        return new Job(id, description, duration(every), duration(delay), work);
    }

    /// Parses "5s", "10m".
    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }
}
