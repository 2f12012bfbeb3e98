package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.MessageDetails;
import dev.banyan.whatsapp.history.MessageHistory;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.QueueAction;
import dev.banyan.whatsapp.messages.QueueDecisions;
import dev.banyan.whatsapp.messages.QueueFilter;
import dev.banyan.whatsapp.simulator.TestMessages;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// The messages that API clients of the project's side have sent ([NumberSending]), and what is decided about them.
/// Callers acting for a sub-account see those over the numbers of its workspaces, but not of pools.
@Singleton
record NumberMessages(
        Database database,
        Outgoing outgoing,
        QueueDecisions decisions,
        MessageHistory history,
        MessageDetails details,
        TestMessages tests) {

    /// Returns the delivery state of a message. Inbox messages are not visible to API clients.
    public Optional<MessageHistory.Sent> find(AccountContext context, UUID id) {
        AccountId tenant = context.root().id();
        return history.find(tenant, id)
                .filter(sent -> !context.isSubAccount() || isOf(context.owner(), sent.message()))
                .filter(sent -> isOfPrograms(sent.message())
                        || workspaceOf(sent.message()).isEmpty());
    }

    /// Returns a test, as a real message of its place would be.
    public Optional<MessageHistory.Sent> findTest(AccountContext context, UUID id) {
        return tests.find(context.root().id(), id)
                .filter(sent -> !context.isSubAccount() || isOf(context.owner(), sent.message()));
    }

    /// Withdraws a test that waits.
    public Outgoing.Decided cancelTest(AccountContext context, UUID id) {
        return findTest(context, id)
                .map(sent -> tests.cancel(sent.message().tenant(), id))
                .orElseGet(Outgoing.Decided.NotFound::new);
    }

    static boolean isOfPrograms(OutgoingMessage message) {
        return message.key().startsWith(MessageOrders.OF_PROGRAMS);
    }

    /// Returns what belongs to a message that the caller has found here.
    MessageDetails.Details details(OutgoingMessage message) {
        return details.of(message.tenant(), List.of(message), List.of())
                .getOrDefault(message.id(), MessageDetails.Details.NONE);
    }

    /// Decides about a failed, uncertain or waiting message.
    public Outgoing.Decided decide(AccountContext context, UUID id, QueueAction action) {
        return find(context, id)
                .map(MessageHistory.Sent::message)
                .map(message -> database.<Outgoing.Decided>write(
                        tx -> outgoing.decide(tx, message.tenant(), context.actor(), id, action)))
                .orElseGet(Outgoing.Decided.NotFound::new);
    }

    /// Decides about many messages; those that the caller may not see are left out.
    ///
    /// @return empty if the caller may see none of them
    public Optional<QueueDecisions.Report> decideAll(
            AccountContext context, QueueAction action, Collection<UUID> ids, boolean dryRun) {
        AccountId tenant = context.root().id();
        Collection<OutgoingMessage> known = outgoing.find(tenant, ids).values();
        Map<SenderId, Optional<Owner>> owners =
                owners(tenant, known.stream().map(OutgoingMessage::orderedFor).collect(Collectors.toSet()));
        List<UUID> seen = known.stream()
                .filter(message -> {
                    Optional<Owner> owner = owners.getOrDefault(message.orderedFor(), Optional.empty());
                    return (!context.isSubAccount() || owner.equals(Optional.of(context.owner())))
                            && (isOfPrograms(message) || owner.isEmpty());
                })
                .map(OutgoingMessage::id)
                .toList();
        return seen.isEmpty()
                ? Optional.empty()
                : Optional.of(decisions.run(tenant, context.actor(), action, seen, dryRun));
    }

    /// Decides about all messages that meet a filter: those that were ordered for its pool, whichever sends them. Of
    /// workspaces, and without a pool, only what programs have sent.
    public QueueDecisions.Report decideAll(
            AccountContext context, QueueAction action, QueueFilter filter, boolean dryRun) {
        AccountId tenant = context.root().id();
        boolean allOfPool = filter.pool()
                .filter(pool -> owners(tenant, Set.of(pool)).isEmpty())
                .isPresent();
        return decisions.run(
                tenant,
                context.actor(),
                action,
                (allOfPool ? filter : filter.withKeyPrefix(MessageOrders.OF_PROGRAMS)).asOrdered(),
                dryRun);
    }

    /// Returns the owners of the workspaces that use these pools.
    private Map<SenderId, Optional<Owner>> owners(AccountId tenant, Set<SenderId> pools) {
        return database.read(tx -> {
            var store = new WorkspaceStore(tx);
            return new UsedNumberStore(tx)
                    .namesUsing(tenant, pools).keySet().stream()
                            .collect(Collectors.toMap(
                                    pool -> pool,
                                    pool -> store.findByWhatsappClient(tenant, pool.value())
                                            .map(Workspace::owner)));
        });
    }

    private boolean isOf(Owner owner, OutgoingMessage message) {
        return workspaceOf(message)
                .filter(workspace -> workspace.owner().equals(owner))
                .isPresent();
    }

    private Optional<Workspace> workspaceOf(OutgoingMessage message) {
        return database.read(
                message.tenant(),
                tx -> new WorkspaceStore(tx)
                        .findByWhatsappClient(
                                message.tenant(), message.orderedFor().value()));
    }
}
