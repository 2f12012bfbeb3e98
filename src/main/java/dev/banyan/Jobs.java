package dev.banyan;

import dev.banyan.accounts.AgencyFigures;
import dev.banyan.accounts.AwaitedFactors;
import dev.banyan.accounts.Devices;
import dev.banyan.accounts.EmailConfirmations;
import dev.banyan.accounts.Erasures;
import dev.banyan.accounts.Graces;
import dev.banyan.accounts.MissingSearchWords;
import dev.banyan.accounts.PasskeyChanges;
import dev.banyan.accounts.PasswordResets;
import dev.banyan.accounts.Sessions;
import dev.banyan.accounts.Subscriptions;
import dev.banyan.analytics.VisitRetention;
import dev.banyan.analytics.WeeklyReports;
import dev.banyan.pages.DeletedContents;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.AuditChain;
import dev.banyan.platform.db.TableStatistics;
import dev.banyan.platform.mail.Mails;
import dev.banyan.platform.web.Idempotency;
import dev.banyan.shortlinks.ClickCounts;
import dev.banyan.themes.Pictures;
import dev.banyan.whatsapp.BoardSockets;
import dev.banyan.whatsapp.Dispatcher;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.PoolEventSockets;
import dev.banyan.whatsapp.SenderRetention;
import dev.banyan.workspaces.Attachments;
import dev.banyan.workspaces.ChatSockets;
import dev.banyan.workspaces.InboxSockets;
import dev.banyan.workspaces.Invitations;
import dev.banyan.workspaces.MissingWorkspaceWords;
import dev.banyan.workspaces.NumberSockets;
import dev.banyan.workspaces.WorkspaceSessions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;

/// All schedules of the server. A job is a trigger and the call of one operation, which is bounded and may run twice
/// without harm. "Every node" jobs look after memory; "one node" jobs look after the database, and are harmless on
/// several nodes until one of them is chosen (docs/architecture.md).
@Singleton
class Jobs {

    private final Mails mails;
    private final Audit audit;
    private final AuditChain auditChain;
    private final Idempotency idempotency;
    private final Sessions sessions;
    private final WorkspaceSessions workspaceSessions;
    private final EmailConfirmations confirmations;
    private final PasswordResets resets;
    private final PasskeyChanges passkeys;
    private final AwaitedFactors awaitedFactors;
    private final Devices devices;
    private final Invitations invitations;
    private final Erasures erasures;
    private final MissingSearchWords missingWords;
    private final MissingWorkspaceWords missingWorkspaceWords;
    private final Subscriptions subscriptions;
    private final Graces graces;
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
    private final ClickCounts shortLinkClicks;
    private final VisitRetention visitRetention;
    private final WeeklyReports weeklyReports;

    Jobs(
            Mails mails,
            Audit audit,
            AuditChain auditChain,
            Idempotency idempotency,
            Sessions sessions,
            WorkspaceSessions workspaceSessions,
            EmailConfirmations confirmations,
            PasswordResets resets,
            PasskeyChanges passkeys,
            AwaitedFactors awaitedFactors,
            Devices devices,
            Invitations invitations,
            Erasures erasures,
            MissingSearchWords missingWords,
            MissingWorkspaceWords missingWorkspaceWords,
            Subscriptions subscriptions,
            Graces graces,
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
            ClickCounts shortLinkClicks,
            VisitRetention visitRetention,
            WeeklyReports weeklyReports) {
        this.mails = mails;
        this.audit = audit;
        this.auditChain = auditChain;
        this.idempotency = idempotency;
        this.sessions = sessions;
        this.workspaceSessions = workspaceSessions;
        this.confirmations = confirmations;
        this.resets = resets;
        this.passkeys = passkeys;
        this.awaitedFactors = awaitedFactors;
        this.devices = devices;
        this.invitations = invitations;
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
        this.shortLinkClicks = shortLinkClicks;
        this.visitRetention = visitRetention;
        this.weeklyReports = weeklyReports;
    }

    /// One node.
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void deliverMails() {
        mails.deliver();
    }

    /// Every node: each counts its own denials.
    @Scheduled(every = "15s", delayed = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void writeDenials() {
        audit.writeDenials();
    }

    /// One node; a second one waits for the first and finds nothing left.
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sealAudit() {
        auditChain.seal();
    }

    /// Every node: each has its own sockets.
    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void beatChatSockets() {
        chatSockets.beat();
    }

    /// Every node: each has its own sockets.
    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void beatInboxSockets() {
        inboxSockets.beat();
    }

    /// Every node: each has its own sockets.
    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void beatNumberSockets() {
        numberSockets.beat();
    }

    /// Every node: each has its own sockets.
    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void beatBoards() {
        boards.beat();
    }

    /// Every node: each has its own sockets.
    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void beatPoolEvents() {
        poolEvents.beat();
    }

    /// Every node: each asks the senders that are connected to it.
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void probeSenders() {
        liveness.probe();
    }

    /// Every node: each sends for the senders that are connected to it.
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void dispatchMessages() {
        dispatcher.sweep();
    }

    /// Every node: each shows its own count in its metrics.
    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void countAgencies() {
        agencyFigures.renew();
    }

    /// One node.
    @Scheduled(every = "1m", delayed = "20s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void endPlans() {
        subscriptions.expire();
        graces.run();
    }

    /// One node.
    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forgetWhatHasExpired() {
        idempotency.forgetOld();
        sessions.forgetExpired();
        workspaceSessions.forgetExpired();
        confirmations.forgetOld();
        resets.forgetOld();
        passkeys.forgetOld();
        awaitedFactors.forgetOld();
        devices.forgetOld();
        invitations.forgetOld();
        deletedContents.forget();
    }

    /// One node.
    @Scheduled(every = "10m", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forgetWhatSendersDid() {
        senderRetention.forgetOld();
    }

    /// One node.
    @Scheduled(every = "1m", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tidyAttachments() {
        attachments.tidy();
    }

    /// One node; a second one finds the same and nothing left to do.
    @Scheduled(every = "10m", delayed = "3m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tidyPictures() {
        pictures.removeUnnamed();
    }

    /// One node. After an upgrade; then there is nothing left to do.
    @Scheduled(every = "20s", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void writeMissingSearchWords() {
        missingWords.write();
        missingWorkspaceWords.write();
    }

    /// Every node: each gathers the clicks that it answered.
    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void countShortLinkClicks() {
        shortLinkClicks.write();
    }

    /// One node.
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void refreshStatistics() {
        statistics.refresh();
    }

    /// One node.
    @Scheduled(every = "5m", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void eraseDeletedSubAccounts() {
        erasures.run();
    }

    /// One node.
    @Scheduled(every = "1m", delayed = "40s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forgetOldVisits() {
        visitRetention.forgetOld();
    }

    /// One node; a second one finds the week told already.
    @Scheduled(every = "5m", delayed = "3m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void sendWeeklyReports() {
        weeklyReports.send();
    }
}
