package dev.banyan.platform.mail;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.secrets.SentSecrets;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// This server's own mail server: that of the settings, or else the one that an operator entered on a page.
@Singleton
public final class ServerMail {

    /// Where it is set up.
    public enum Source {
        SETTINGS,
        PAGE,
        /// Nowhere: mails become files.
        NONE
    }

    private static final String PURPOSE = "mail server of this server";

    private final Database database;
    private final Settings settings;
    private final SentSecrets secrets;
    private final Audit audit;
    private final Clock clock;
    /// In memory, because it is asked for inside of transactions, which already have a connection.
    private volatile Optional<StoredMailServer> stored = Optional.empty();

    ServerMail(Database database, Settings settings, SentSecrets secrets, Audit audit, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
    }

    public Source source() {
        if (settings.smtp().isPresent()) {
            return Source.SETTINGS;
        }
        return stored.isPresent() ? Source.PAGE : Source.NONE;
    }

    /// Returns true if mails reach people.
    public boolean isConnected() {
        return source() != Source.NONE;
    }

    /// Returns what an operator entered, even if the settings win; what they entered on another node, some seconds
    /// later.
    public Optional<StoredMailServer> stored() {
        return stored;
    }

    void load(@Observes StartupEvent event) {
        refresh();
    }

    /// Reads again what is stored.
    synchronized void refresh() {
        stored = database.read(tx -> new ServerMailStore(tx).find());
    }

    /// Returns a server with its password; empty if it can't be opened.
    Optional<MailServer> opened(StoredMailServer server) {
        return server.opened(secrets, PURPOSE);
    }

    /// Returns the server that would be stored, for a test before it is.
    public Outcome<StoredMailServer> tried(MailServerInput input) {
        List<Invalid> invalid = input.invalid();
        if (!invalid.isEmpty()) {
            return Outcome.rejected(invalid);
        }
        Optional<StoredMailServer> before = stored;
        StoredMailServer server = StoredMailServer.of(input, before, secrets, PURPOSE, clock.instant());
        return server.withoutPassword(before)
                .<Outcome<StoredMailServer>>map(Outcome::rejected)
                .orElseGet(() -> Outcome.done(server));
    }

    /// Stores what an operator entered; the caller checks that they are one.
    public Outcome<StoredMailServer> put(Actor actor, MailServerInput input) {
        return tried(input).map(server -> {
            database.write(tx -> {
                new ServerMailStore(tx).put(server);
                note(tx, actor, "ServerMailChanged", server);
                return server;
            });
            refresh();
            return server;
        });
    }

    public void remove(Actor actor) {
        database.write(tx -> {
            var store = new ServerMailStore(tx);
            Optional<StoredMailServer> before = store.find();
            before.ifPresent(server -> {
                store.delete();
                note(tx, actor, "ServerMailRemoved", server);
            });
            return before;
        });
        refresh();
    }

    private void note(Tx tx, Actor actor, String action, StoredMailServer server) {
        audit.noteServer(tx, actor, action, server.host(), Map.of("host", server.host(), "from", server.from()));
    }

    /// Returns the sealed password, for the doctor, which only checks that it can be opened.
    public static List<String> sealed(Database database) {
        return database.read(tx -> new ServerMailStore(tx).find()).flatMap(StoredMailServer::sealedPassword).stream()
                .toList();
    }
}
