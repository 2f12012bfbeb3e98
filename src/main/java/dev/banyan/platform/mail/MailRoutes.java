package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.mail.WorkspaceMail.Dispatch;
import dev.banyan.platform.secrets.SentSecrets;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Where the mails of workspaces go, and how they look.
@Singleton
public final class MailRoutes {

    /// Tries over a workspace's own server before this server's takes the mail.
    private static final int OWN_TRIES = 2;

    private final List<WorkspaceMail> workspaces;
    private final Optional<SmtpClient> client;

    @Inject
    MailRoutes(@All List<WorkspaceMail> workspaces, SmtpClient client) {
        this(workspaces, Optional.of(client));
    }

    private MailRoutes(List<WorkspaceMail> workspaces, Optional<SmtpClient> client) {
        this.workspaces = List.copyOf(workspaces);
        this.client = client;
    }

    /// Makes one that knows no workspaces: all mails go the server's own way.
    public static MailRoutes none() {
        return new MailRoutes(List.of(), Optional.empty());
    }

    /// Sends a mail over the server that an operator entered.
    void sendOwn(Optional<MailServer> server, Mail mail, Optional<MailBranding> look) {
        try {
            client.orElseThrow()
                    .sendOwn(server.orElseThrow(() -> new IllegalStateException(SentSecrets.ENTER_AGAIN)), look, mail);
        } catch (SmtpTrouble trouble) {
            throw new IllegalStateException(trouble.sentence()); // the cause would hide the sentence in the outbox
        }
    }

    Optional<Dispatch> of(Mail mail) {
        return mail.workspace()
                .flatMap(id -> workspaces.stream()
                        .flatMap(some -> some.of(id).stream())
                        .findFirst());
    }

    /// Sends a mail over its workspace's own server.
    ///
    /// @param hasOther whether this server can send it instead, which it does after two tries
    /// @return false if it has to go the server's own way
    boolean send(Mail mail, Dispatch dispatch, boolean hasOther) {
        Optional<MailServer> server = dispatch.server().filter(_ -> !hasOther || mail.attempts() < OWN_TRIES);
        if (server.isEmpty() || client.isEmpty()) {
            return false;
        }
        String workspace = mail.workspace().orElseThrow();
        try {
            client.get().send(server.get(), dispatch.look(), mail.id(), mail.recipient(), mail.subject(), mail.body());
        } catch (SmtpTrouble trouble) {
            workspaces.forEach(some -> some.failed(workspace, trouble.sentence()));
            throw new IllegalStateException(trouble.sentence()); // the cause would hide the sentence in the outbox
        }
        workspaces.forEach(some -> some.worked(workspace));
        return true;
    }
}
