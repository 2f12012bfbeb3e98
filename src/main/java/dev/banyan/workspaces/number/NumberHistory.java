package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.changes.SenderBrands;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.MessageDetails;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.whatsapp.history.MessageHistory;
import dev.banyan.whatsapp.history.MessageHistory.IncomingQuery;
import dev.banyan.whatsapp.history.MessageHistory.OutgoingQuery;
import dev.banyan.whatsapp.history.MessageHistory.Page;
import dev.banyan.whatsapp.history.MessageHistory.Sent;
import dev.banyan.whatsapp.simulator.TestMessages;
import dev.banyan.workspaces.WorkspaceStore;
import jakarta.inject.Singleton;

/// The messages that numbers have sent and received, for API clients of the project's side. Inbox messages of a
/// workspace belong to its members and are left out: of a workspace's number, clients see only what API clients sent.
@Singleton
record NumberHistory(
        Database database,
        MessageHistory history,
        MessageDetails details,
        NumberPicking picking,
        Pools pools,
        TestMessages tests) {

    /// Which numbers the caller may see.
    sealed interface Scope {

        /// @param pool this master's pool; empty for all of the account
        record Done(Optional<SenderId> pool, Optional<SenderId> sender) implements Scope {}

        record NotPicked(PickedNumber why) implements Scope {}
    }

    private static final int MOST_PAGES = 20;

    /// @param workspace its number; if absent, `master` and `sender` apply, which may have been removed
    Scope scope(AccountContext context, Optional<String> workspace, Optional<String> master, Optional<String> sender) {
        if (workspace.isPresent()) {
            var which = new PickedNumber.NumberSelector(workspace, Optional.empty());
            return switch (database.<PickedNumber>read(tx -> picking.pick(tx, context, which))) {
                case PickedNumber.Done(Sender number) ->
                    new Scope.Done(Optional.of(number.id()), sender.flatMap(SenderId::parse));
                case PickedNumber why -> new Scope.NotPicked(why);
            };
        }
        List<String> named =
                Stream.of(master, sender).flatMap(Optional::stream).distinct().toList();
        List<SenderId> ids =
                named.stream().map(SenderId::parse).flatMap(Optional::stream).toList();
        AccountId tenant = context.root().id();
        Map<SenderId, Sender> found = pools.senders(tenant, ids);
        return ids.size() == named.size()
                        && ids.stream().allMatch(id -> found.containsKey(id) || history.isKnown(tenant, id))
                ? new Scope.Done(master.flatMap(SenderId::parse), sender.flatMap(SenderId::parse))
                : new Scope.NotPicked(new PickedNumber.UnknownSender());
    }

    /// Returns what belongs to these messages, which the caller has found here.
    Map<UUID, Details> details(AccountContext context, List<OutgoingMessage> sent, List<IncomingMessage> received) {
        return details.of(context.root().id(), sent, received);
    }

    Page<Sent> outgoing(AccountContext context, OutgoingQuery query, Optional<UUID> after, int limit) {
        return shown(
                after, limit, (from, most) -> history.outgoing(context.root().id(), query, from, most), sent -> {
                    Set<SenderId> ofWorkspaces =
                            ofWorkspaces(context, sent, each -> each.message().orderedFor());
                    return each -> {
                        SenderId pool = each.message().orderedFor();
                        // A workspace's number may stand in for that of another brand.
                        return (!context.isSubAccount() || query.pool().equals(Optional.of(pool)))
                                && (NumberMessages.isOfPrograms(each.message()) || !ofWorkspaces.contains(pool));
                    };
                });
    }

    /// The tests that keys in test mode have ordered.
    Page<Sent> tests(AccountContext context, OutgoingQuery query, Optional<UUID> after, int limit) {
        return tests.list(context.root().id(), query, after, limit);
    }

    /// Messages to pools that no workspace uses.
    Page<IncomingMessage> incoming(AccountContext context, IncomingQuery query, Optional<UUID> after, int limit) {
        return shown(
                after, limit, (from, most) -> history.incoming(context.root().id(), query, from, most), received -> {
                    Set<SenderId> ofWorkspaces = ofWorkspaces(context, received, IncomingMessage::pool);
                    return message -> !ofWorkspaces.contains(message.pool());
                });
    }

    /// Reads on while what is hidden leaves room, so that a page isn’t empty beside messages that could be shown. A
    /// page after many hidden ones may be shorter all the same.
    ///
    /// @param rule what of some messages is shown
    private static <T> Page<T> shown(
            Optional<UUID> after,
            int limit,
            BiFunction<Optional<UUID>, Integer, Page<T>> pages,
            Function<List<T>, Predicate<T>> rule) {
        var found = new ArrayList<T>();
        Optional<UUID> from = after;
        for (int read = 0; read < MOST_PAGES; read++) {
            Page<T> page = pages.apply(from, limit - found.size());
            page.messages().stream().filter(rule.apply(page.messages())).forEach(found::add);
            from = page.next();
            if (from.isEmpty() || found.size() == limit) {
                break;
            }
        }
        return new Page<>(found, from);
    }

    /// Finds a received message, also one to a workspace: webhooks tell of those, too. A sub-account sees those to its
    /// workspaces and to the pools that work for it.
    Optional<IncomingMessage> received(AccountContext context, UUID id) {
        AccountId tenant = context.root().id();
        return database.read(
                tenant,
                tx -> new IncomingStore(tx)
                        .findAll(tenant, List.of(id)).stream()
                                .findFirst()
                                .filter(message ->
                                        !context.isSubAccount() || isOf(tx, context.owner(), home(tx, message))));
    }

    /// Returns the pool that a contact has written to, which another one may stand in for.
    private static SenderId home(Tx tx, IncomingMessage message) {
        return new PoolContactStore(tx)
                .home(message.tenant(), message.pool(), message.from())
                .orElse(message.pool());
    }

    private static boolean isOf(Tx tx, Owner owner, SenderId pool) {
        return new WorkspaceStore(tx)
                .findByWhatsappClient(owner.tenant(), pool.value())
                .map(workspace -> workspace.owner().equals(owner))
                .orElseGet(() -> SenderBrands.of(tx, owner.tenant(), pool)
                        .filter(owner.account()::equals)
                        .isPresent());
    }

    private <T> Set<SenderId> ofWorkspaces(AccountContext context, List<T> messages, Function<T, SenderId> pool) {
        Set<SenderId> pools = messages.stream().map(pool).collect(Collectors.toSet());
        return pools.isEmpty()
                ? pools
                : database.read(tx -> new UsedNumberStore(tx)
                        .namesUsing(context.root().id(), pools)
                        .keySet());
    }
}
