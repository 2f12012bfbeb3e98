package dev.banyan.workspaces.mail;

import module java.base;
import dev.banyan.accounts.Identities;
import dev.banyan.accounts.Names;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.http.OutboundAddress;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.mail.MailSecurity;
import dev.banyan.platform.mail.MailServer;
import dev.banyan.platform.mail.SmtpClient;
import dev.banyan.platform.mail.SmtpTrouble;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;

/// Sets up, tests and removes the mail server of a workspace.
@Singleton
final class MailServers {

    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]*");
    private static final int LONGEST_PASSWORD = 500;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_USER = 254;

    /// What a request brings.
    ///
    /// @param security a key of [MailSecurity]
    /// @param password empty to keep the stored one
    record Wish(
            String host,
            Optional<Integer> port,
            String security,
            String user,
            Optional<String> password,
            String from,
            String fromName) {}

    /// Result of a test mail.
    ///
    /// @param to where it was sent: the address of the person who asked
    record Tested(boolean ok, String to, String text) {}

    private final Database database;
    private final WorkspaceMails mails;
    private final SmtpClient client;
    private final Identities identities;
    private final RateLimits limits;
    private final Audit audit;
    private final Uuids uuids;
    private final Clock clock;

    MailServers(
            Database database,
            WorkspaceMails mails,
            SmtpClient client,
            Identities identities,
            RateLimits limits,
            Audit audit,
            Uuids uuids,
            Clock clock) {
        this.database = database;
        this.mails = mails;
        this.client = client;
        this.identities = identities;
        this.limits = limits;
        this.audit = audit;
        this.uuids = uuids;
        this.clock = clock;
    }

    /// @return empty inside if the workspace uses this server's mail server
    Outcome<Optional<StoredMailServer>> read(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.read(
                tx -> Access.to(tx, actor, Right.CHANGE_MAIL, project, id).map(workspace -> find(tx, workspace)));
    }

    private static Optional<StoredMailServer> find(Tx tx, Workspace workspace) {
        return new MailServerStore(tx).find(workspace.owner().tenant(), workspace.id());
    }

    Outcome<StoredMailServer> put(WorkspaceActor actor, ProjectId project, WorkspaceId id, Wish wish) {
        return read(actor, project, id).then(before -> {
            List<Invalid> invalid = invalid(wish, before);
            return invalid.isEmpty() ? stored(actor, project, id, wish) : Outcome.rejected(invalid);
        });
    }

    private Outcome<StoredMailServer> stored(WorkspaceActor actor, ProjectId project, WorkspaceId id, Wish wish) {
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_MAIL, project, id)
                .then(workspace -> {
                    AccountId tenant = workspace.owner().tenant();
                    Optional<StoredMailServer> before = find(tx, workspace);
                    StoredMailServer server = stored(workspace, wish, before);
                    if (!server.user().isEmpty() && server.sealedPassword().isEmpty()) {
                        return Outcome.rejected(noPassword(before));
                    }
                    new MailServerStore(tx).put(tenant, id, server);
                    note(tx, actor, workspace, "WorkspaceMailServerChanged", server);
                    return Outcome.done(server);
                }));
    }

    private static Invalid noPassword(Optional<StoredMailServer> before) {
        return before.filter(known -> known.sealedPassword().isPresent())
                .map(known -> new Invalid(
                        "password",
                        "password is required again for a new host, port, user or security: it was entered for "
                                + known.origin(),
                        "Enter the password again: it was entered for " + known.origin() + "."))
                .orElseGet(() -> new Invalid("password", "password is required with a user", "Enter the password."));
    }

    private StoredMailServer stored(Workspace workspace, Wish wish, Optional<StoredMailServer> before) {
        MailSecurity security = MailSecurity.of(wish.security()).orElseThrow();
        var server = new StoredMailServer(
                wish.host().strip(),
                wish.port().orElse(security.usualPort()),
                security,
                wish.user().strip(),
                Optional.empty(),
                Names.lower(wish.from().strip()),
                wish.fromName().strip(),
                0,
                Optional.empty(),
                Optional.empty(),
                clock.instant());
        if (server.user().isEmpty()) {
            return server;
        }
        return server.withPassword(wish.password()
                .map(password -> mails.seal(workspace, server, password))
                .or(() -> before.filter(server::sharesPasswordWith).flatMap(StoredMailServer::sealedPassword)));
    }

    /// Returns what is wrong; a host that this server does not call is only refused if it is a new one.
    private List<Invalid> invalid(Wish wish, Optional<StoredMailServer> before) {
        List<Invalid> invalid = invalid(wish);
        String host = wish.host().strip();
        return invalid.isEmpty() && !before.map(StoredMailServer::host).equals(Optional.of(host))
                ? client.refused("host", host).stream().toList()
                : invalid;
    }

    private static List<Invalid> invalid(Wish wish) {
        var invalid = new ArrayList<Invalid>();
        if (OutboundAddress.host(wish.host()).isEmpty()) {
            invalid.add(new Invalid(
                    "host",
                    "host must be a host name such as smtp.example.com",
                    "Enter a host such as smtp.example.com."));
        }
        if (wish.port().filter(port -> !OutboundAddress.isPort(port)).isPresent()) {
            invalid.add(new Invalid("port", "port must be from 1 to 65535", "Enter a port from 1 to 65535."));
        }
        Optional<MailSecurity> security = MailSecurity.of(wish.security());
        if (security.isEmpty()) {
            invalid.add(new Invalid("security", "security must be tls, starttls or none", "Choose the encryption."));
        }
        if (wish.user().length() > LONGEST_USER || !LINE.matcher(wish.user()).matches()) {
            invalid.add(new Invalid(
                    "user",
                    "user must be a line of up to 254 characters",
                    "Enter a username of up to 254 characters."));
        } else if (!wish.user().isBlank()
                && security.filter(one -> one == MailSecurity.NONE).isPresent()) {
            invalid.add(new Invalid(
                    "security",
                    "A password is sent over encrypted connections only",
                    "Choose an encryption. Without one, no password is sent: leave the username empty."));
        }
        if (wish.password()
                .filter(password -> password.length() > LONGEST_PASSWORD
                        || password.isEmpty()
                        || !LINE.matcher(password).matches())
                .isPresent()) {
            invalid.add(new Invalid(
                    "password",
                    "password must be a line of 1 to 500 characters",
                    "Enter a password of up to 500 characters."));
        }
        if (Names.brokenEmail(wish.from()).isPresent()) {
            invalid.add(new Invalid(
                    "from", "from must look like name@example.com", "Enter an address such as name@example.com."));
        }
        if (wish.fromName().length() > LONGEST_NAME
                || !LINE.matcher(wish.fromName()).matches()) {
            invalid.add(new Invalid(
                    "fromName", "fromName must be a line of up to 100 characters", "Enter up to 100 characters."));
        }
        return List.copyOf(invalid);
    }

    Outcome<Outcome.Nothing> delete(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.write(tx -> Access.locked(tx, actor, Right.CHANGE_MAIL, project, id)
                .then(workspace -> {
                    Optional<StoredMailServer> before = find(tx, workspace);
                    before.ifPresent(server -> {
                        new MailServerStore(tx).delete(workspace.owner().tenant(), id);
                        note(tx, actor, workspace, "WorkspaceMailServerRemoved", server);
                    });
                    return Outcome.done();
                }));
    }

    /// Sends a test mail to the person who asks, and to no one else, so that nobody can be written to this way.
    ///
    /// @param wish empty: through the server that is stored
    Outcome<Tested> test(WorkspaceActor actor, ProjectId project, WorkspaceId id, Optional<Wish> wish) {
        Outcome<Workspace> allowed = database.read(tx -> Access.to(tx, actor, Right.CHANGE_MAIL, project, id));
        return allowed.then(workspace -> {
            List<Invalid> invalid = wish.map(MailServers::invalid).orElse(List.of());
            if (!invalid.isEmpty()) {
                return Outcome.rejected(invalid);
            }
            Optional<Duration> wait = limits.take(RateLimit.MAIL_TESTS_BY_WORKSPACE, id.value());
            if (wait.isPresent()) {
                return Outcome.refused(new Refusal.TooMany(wait.get()));
            }
            Optional<StoredMailServer> known = database.read(workspace.owner().tenant(), tx -> find(tx, workspace));
            Optional<StoredMailServer> wanted =
                    wish.map(typed -> stored(workspace, typed, known)).or(() -> known);
            if (wanted.isEmpty()) {
                return Outcome.rejected(new Invalid("host", "No mail server is set up. Send the one to test"));
            }
            if (!wanted.get().user().isEmpty() && wanted.get().sealedPassword().isEmpty()) {
                return Outcome.rejected(noPassword(known));
            }
            return Outcome.done(test(workspace, wanted.get(), email(actor)));
        });
    }

    private Tested test(Workspace workspace, StoredMailServer wanted, String to) {
        Optional<MailServer> server = mails.server(workspace, wanted);
        if (server.isEmpty()) {
            return new Tested(false, to, SentSecrets.ENTER_AGAIN);
        }
        try {
            client.send(
                    server.get(),
                    mails.look(workspace),
                    uuids.next(),
                    to,
                    "Test mail from " + workspace.name(),
                    """
                    This is a test mail from the workspace “%s”.

                    If you can read it, the mail server works.
                    """.formatted(workspace.name()));
            return new Tested(true, to, "The mail server took a test mail to " + to + ".");
        } catch (SmtpTrouble trouble) {
            return new Tested(false, to, trouble.sentence());
        }
    }

    /// Returns the address of the person who acts.
    private String email(WorkspaceActor actor) {
        return switch (actor) {
            case WorkspaceActor.ProjectSide side ->
                identities.named(side.context().identity()).email();
            case WorkspaceActor.Member member -> member.user().email();
        };
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, String action, StoredMailServer server) {
        Map<String, Object> details = new HashMap<>(actor.auditDetails());
        details.put("name", workspace.name());
        details.put("host", server.host());
        details.put("from", server.from());
        audit.note(tx, actor.actor(), workspace.owner(), action, workspace.id().value(), details);
    }
}
