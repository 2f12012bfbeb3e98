package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// Decides about many messages at once: queues failed and uncertain ones again, gives up uncertain ones, and cancels
/// those that wait. What is in another state is left alone, so a repeated run does no harm.
@Singleton
public record QueueDecisions(Database database, Outgoing outgoing, Audit audit) {

    /// Most messages in one run; the report says if there are more.
    public static final int MOST = 10_000;

    /// Most ids in one run.
    public static final int MOST_IDS = 1_000;

    private static final int AT_ONCE = 500;

    /// @param dryRun whether nothing was changed
    /// @param matched the messages that the decision is about; a dry run counts up to [#MOST]
    /// @param done how many were changed
    /// @param more whether others match, for the next run
    public record Report(boolean dryRun, int matched, int done, boolean more) {}

    /// Decides about the messages that meet a filter.
    public Report run(AccountId tenant, Actor actor, QueueAction action, QueueFilter filter, boolean dryRun) {
        List<DeliveryState> states = action.states().stream()
                .filter(state -> filter.states().isEmpty() || filter.states().contains(state))
                .sorted()
                .toList();
        if (dryRun) {
            int matched = count(tenant, filter, states);
            return new Report(true, Math.min(matched, MOST), 0, matched > MOST);
        }
        int done = 0;
        for (DeliveryState state : states) {
            int last = AT_ONCE;
            while (last == AT_ONCE && done < MOST) {
                int most = Math.min(AT_ONCE, MOST - done);
                last = database.write(
                        tx -> change(tx, tenant, actor, action, new QueueStore(tx).some(tenant, filter, state, most)));
                done += last;
            }
        }
        return new Report(false, done, done, done == MOST && count(tenant, filter, states) > 0);
    }

    private int count(AccountId tenant, QueueFilter filter, List<DeliveryState> states) {
        return database.read(tx -> {
            int all = 0;
            for (DeliveryState state : states) {
                all += new QueueStore(tx).count(tenant, filter, state, MOST + 1 - all);
            }
            return all;
        });
    }

    /// Decides about these messages; those of others are left out.
    ///
    /// @param ids at most [#MOST_IDS]
    public Report run(AccountId tenant, Actor actor, QueueAction action, Collection<UUID> ids, boolean dryRun) {
        var some = List.copyOf(new HashSet<>(ids));
        if (dryRun) {
            int matched = (int) outgoing.find(tenant, some).values().stream()
                    .filter(message -> action.appliesTo(message.state()))
                    .count();
            return new Report(true, matched, 0, false);
        }
        int done = 0;
        for (int from = 0; from < some.size(); from += AT_ONCE) {
            List<UUID> portion = some.subList(from, Math.min(from + AT_ONCE, some.size()));
            done += database.write(tx -> change(
                    tx,
                    tenant,
                    actor,
                    action,
                    new OutgoingStore(tx).findAll(tenant, portion).values()));
        }
        return new Report(false, done, done, false);
    }

    private int change(Tx tx, AccountId tenant, Actor actor, QueueAction action, Collection<OutgoingMessage> messages) {
        var changed = new ArrayList<OutgoingMessage>();
        messages.forEach(message -> outgoing.change(tx, message, action).ifPresent(changed::add));
        if (changed.isEmpty()) {
            return 0;
        }
        var pools = new HashSet<SenderId>();
        changed.forEach(message -> pools.add(message.pool()));
        if (action == QueueAction.REQUEUE) {
            outgoing.requeued(tx, tenant, pools);
        }
        audit.note(
                tx,
                actor,
                new Owner(tenant, tenant),
                action.auditedMany(),
                pools.size() == 1 ? pools.iterator().next().value() : tenant.toString(),
                Map.of("messages", changed.size()));
        return changed.size();
    }
}
