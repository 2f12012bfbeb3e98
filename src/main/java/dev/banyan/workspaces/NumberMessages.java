package dev.banyan.workspaces;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Customers;
import dev.banyan.whatsapp.Outgoing;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/// Messages of numbers for programs of the project's side: over the number of a workspace, or over one of the agency's
/// pools. Whoever acts for a sub-account has the numbers of its workspaces, and no pools.
@Singleton
public final class NumberMessages {

    private static final Invalid BAD_TO = new Invalid("to", "Invalid phone number");
    private static final Invalid BAD_FROM = new Invalid("from", "Invalid phone number");

    /// Which number is meant.
    ///
    /// @param workspace the one whose number it is; else `sender` is asked
    public record Which(Optional<String> workspace, Optional<String> sender) {}

    /// What came of looking for a number.
    sealed interface Picked {

        record Done(Sender sender) implements Picked {}

        record UnknownWorkspace() implements Picked {}

        record UnknownSender() implements Picked {}

        record NoNumber() implements Picked {}

        record Suspended() implements Picked {}
    }

    /// What came of a wish to send.
    public sealed interface Sent {

        record Ordered(Outgoing.Ordered outcome) implements Sent {}

        record NotPicked(Picked why) implements Sent {}
    }

    /// What came of a wish to play a customer.
    public sealed interface Received {

        record Played(Customers.Played outcome) implements Received {}

        record NotPicked(Picked why) implements Received {}
    }

    private final Database database;
    private final Outgoing outgoing;
    private final Customers customers;
    private final Pools pools;

    NumberMessages(Database database, Outgoing outgoing, Customers customers, Pools pools) {
        this.database = database;
        this.outgoing = outgoing;
        this.customers = customers;
        this.pools = pools;
    }

    /// @param to as it was typed
    /// @param key the caller's own name for the message; the same again is the same message
    public Sent send(AccountContext context, Which which, String to, String text, String key) {
        return database.write(tx -> switch (pick(tx, context, which)) {
            case Picked.Done(Sender sender) ->
                new Sent.Ordered(Phone.parse(to)
                        .map(phone -> outgoing.order(
                                tx,
                                sender.tenant(),
                                new Outgoing.Order(
                                        sender.id(),
                                        phone,
                                        text,
                                        Optional.empty(),
                                        "api-"
                                                + Digests.sha256Hex(
                                                        context.acting().id() + "\n" + key))))
                        .orElseGet(() -> new Outgoing.Ordered.Rejected(BAD_TO)));
            case Picked why -> new Sent.NotPicked(why);
        });
    }

    private Picked pick(Tx tx, AccountContext context, Which which) {
        if (which.workspace().isEmpty()) {
            return ofPools(tx, context, which.sender())
                    .<Picked>map(Picked.Done::new)
                    .orElseGet(Picked.UnknownSender::new);
        }
        Optional<Workspace> found = which.workspace()
                .flatMap(WorkspaceId::parse)
                .flatMap(id -> new WorkspaceStore(tx).find(context.owner(), id));
        if (found.isEmpty()) {
            return new Picked.UnknownWorkspace();
        }
        Workspace workspace = found.get();
        if (workspace.suspended()) {
            return new Picked.Suspended();
        }
        return workspace
                .whatsappClient()
                .flatMap(SenderId::parse)
                .flatMap(id -> pools.sender(tx, WorkspaceNumbers.tenant(workspace), id))
                .<Picked>map(Picked.Done::new)
                .orElseGet(Picked.NoNumber::new);
    }

    private Optional<Sender> ofPools(Tx tx, AccountContext context, Optional<String> sender) {
        return context.isSubAccount()
                ? Optional.empty()
                : sender.flatMap(SenderId::parse)
                        .flatMap(id -> pools.sender(tx, context.root().id(), id));
    }

    /// A customer of the simulation writes to a number.
    ///
    /// @param from as it was typed
    public Received receive(AccountContext context, Which which, String from, String name, String text) {
        return switch (database.read(tx -> pick(tx, context, which))) {
            case Picked.Done(Sender sender) ->
                new Received.Played(Phone.parse(from)
                        .map(phone ->
                                customers.write(sender.tenant(), sender.id(), phone, name, text, Optional.empty()))
                        .orElseGet(() -> new Customers.Played.Rejected(BAD_FROM)));
            case Picked why -> new Received.NotPicked(why);
        };
    }

    /// How far a message has come.
    public Optional<OutgoingMessage> find(AccountContext context, UUID id) {
        AccountId tenant = context.root().id();
        return outgoing.find(tenant, id).filter(message -> !context.isSubAccount() || isOf(context.owner(), message));
    }

    /// Somebody decides about a message whose fate nobody knows.
    ///
    /// @param resend else it is given up
    public Outgoing.Decided decide(AccountContext context, UUID id, boolean resend) {
        return find(context, id)
                .map(message -> database.<Outgoing.Decided>write(tx -> resend
                        ? outgoing.resend(tx, message.tenant(), context.actor(), id)
                        : outgoing.giveUp(tx, message.tenant(), context.actor(), id)))
                .orElseGet(Outgoing.Decided.Unknown::new);
    }

    private boolean isOf(Owner owner, OutgoingMessage message) {
        return database.read(tx -> new WorkspaceStore(tx)
                        .findByWhatsappClient(message.pool().value()))
                .filter(workspace -> workspace.owner().equals(owner))
                .isPresent();
    }
}
