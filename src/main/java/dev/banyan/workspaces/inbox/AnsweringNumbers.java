package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.failover.Eligibility;
import dev.banyan.whatsapp.failover.NumberWatch;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.messages.TemplateBook;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import jakarta.inject.Singleton;

/// Which number of a workspace's pool answers a contact, and which others could.
@Singleton
record AnsweringNumbers(Database database, NumberWatch health, TemplateBook templates, InboxLines lines, Clock clock) {

    /// How long WhatsApp's business platform allows free answers after a contact's message.
    static final Duration WINDOW = Duration.ofHours(24);

    private static final int MOST = 50;

    /// @param current the number that will answer; empty: the pool chooses one when the answer is sent
    /// @param others healthy numbers that could answer instead
    /// @param isClosed whether WhatsApp takes only templates now
    /// @param templates what can be sent while it is closed
    record Answering(
            Optional<Sender> current, List<Sender> others, boolean isClosed, List<TemplateBook.Entry> templates) {

        static final Answering NOTHING = new Answering(Optional.empty(), List.of(), false, List.of());

        Answering {
            others = List.copyOf(others);
            templates = List.copyOf(templates);
        }
    }

    Answering of(Workspace workspace, InboxThread thread) {
        Optional<ContactAddress> contact = thread.contact().map(known -> known.address());
        Optional<SenderId> pool = workspace.whatsappClient().flatMap(SenderId::parse);
        if (contact.isEmpty() || pool.isEmpty()) {
            return Answering.NOTHING;
        }
        AccountId tenant = workspace.owner().tenant();
        Answering found = database.read(tx -> of(tx, tenant, pool.get(), contact.get()));
        return found.isClosed()
                ? new Answering(found.current(), found.others(), true, templates.of(tenant, pool.get()))
                : found;
    }

    private Answering of(Tx tx, AccountId tenant, SenderId pool, ContactAddress contact) {
        List<Sender> all = new SenderStore(tx).pool(tenant, pool);
        Optional<SenderId> own = new PoolContactStore(tx).find(tenant, pool, contact);
        Optional<Sender> sticky = all.stream()
                .filter(sender -> own.equals(Optional.of(sender.id())))
                .findFirst();
        Optional<Sender> only = all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
        Optional<Sender> current = sticky.or(() -> only);
        return new Answering(
                current,
                all.stream()
                        .filter(sender -> isHealthy(sender) && !current.equals(Optional.of(sender)))
                        .limit(MOST)
                        .toList(),
                isClosed(tx, current.map(Stream::of).orElseGet(all::stream).toList(), contact),
                List.of());
    }

    /// The window is that of a number: a message to another number of the pool opens only that one's.
    private boolean isClosed(Tx tx, List<Sender> answering, ContactAddress contact) {
        return !answering.isEmpty()
                && answering.stream()
                        .allMatch(sender -> sender.driver().isBusinessPlatform()
                                && new IncomingStore(tx)
                                        .lastFrom(sender.tenant(), sender.id(), contact)
                                        .filter(at -> at.isAfter(clock.instant().minus(WINDOW)))
                                        .isEmpty());
    }

    /// Returns whether an answer must be a template, in the transaction that would send it.
    boolean isClosed(Tx tx, Workspace workspace, SenderId pool, ContactAddress contact) {
        return of(tx, workspace.owner().tenant(), pool, contact).isClosed();
    }

    private boolean isHealthy(Sender sender) {
        return sender.state().isActive()
                && sender.enabled()
                && sender.assignment().pause().isEmpty()
                && health.fitness(sender) != Eligibility.FAILED;
    }

    /// Lets another healthy number of the pool answer from now on.
    ///
    /// @return false if there is no such thread or no such healthy number
    boolean choose(Member member, ConversationId id, SenderId wanted) {
        return database.write(tx -> InboxAccess.to(tx, member)
                .flatMap(workspace -> new ThreadListStore(tx)
                        .find(workspace.owner().tenant(), workspace.id(), id)
                        .flatMap(thread -> thread.contact())
                        .flatMap(contact -> workspace
                                .whatsappClient()
                                .flatMap(SenderId::parse)
                                .flatMap(pool -> choose(tx, workspace, pool, contact.address(), wanted)
                                        .map(sender -> {
                                            lines.add(
                                                    tx,
                                                    workspace,
                                                    id,
                                                    member.user().username() + " answers from " + sender.shownName()
                                                            + " now");
                                            lines.changed(tx, workspace, id, InboxChanged.What.THREAD);
                                            return true;
                                        }))))
                .orElse(false));
    }

    private Optional<Sender> choose(
            Tx tx, Workspace workspace, SenderId pool, ContactAddress contact, SenderId wanted) {
        AccountId tenant = workspace.owner().tenant();
        Optional<Sender> chosen = new SenderStore(tx)
                .pool(tenant, pool).stream()
                        .filter(sender -> sender.id().equals(wanted) && isHealthy(sender))
                        .findFirst();
        chosen.ifPresent(
                sender -> new PoolContactStore(tx).assign(tenant, pool, contact, sender.id(), clock.instant()));
        return chosen;
    }
}
