package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.accounts.context.AttentionSource;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.failover.FailoverState;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.failover.PoolStateStore;
import dev.banyan.whatsapp.pools.PoolAttentionStore.Needy;
import jakarta.inject.Singleton;

/// Reports numbers that are down, restricted or need a passkey, failovers, and messages that have waited too long.
@Singleton
record PoolAttention(Clock clock) implements AttentionSource {

    private static final int NAMED = 3;
    private static final int QUEUE = 5_000;
    private static final Duration TOO_LONG = Duration.ofMinutes(10);

    @Override
    public List<AttentionItem> items(Tx tx, AccountContext context) {
        if (context.isSubAccount() || !context.membership().workspaces()) {
            return List.of();
        }
        AccountId tenant = context.root().id();
        var store = new PoolAttentionStore(tx);
        var items = new ArrayList<AttentionItem>();
        String query = "?as=" + context.acting().username();
        Map<SenderState, Integer> needy = store.needy(tenant);
        int all = needy.values().stream().mapToInt(Integer::intValue).sum();
        if (all > 0) {
            List<Needy> some = store.some(tenant, NAMED);
            items.add(new AttentionItem(
                    needy.keySet().stream().allMatch(state -> state == SenderState.RESTRICTED)
                            ? Urgency.WARN
                            : Urgency.BAD,
                    Words.count(all, "number needs", "numbers need") + " you.",
                    some.stream().map(PoolAttention::sentence).collect(Collectors.joining(" "))
                            + (all > some.size() ? " And " + Words.grouped(all - some.size()) + " more." : ""),
                    "Open numbers",
                    "/admin/pools" + query
                            + (needy.size() == 1
                                    ? "&state="
                                            + needy.keySet().iterator().next().key()
                                    : "")));
        }
        items.addAll(failovers(tx, tenant, query));
        int waiting = store.waitingSince(tenant, clock.instant().minus(TOO_LONG), QUEUE);
        if (waiting > 0) {
            items.add(new AttentionItem(
                    Urgency.WARN,
                    Words.count(waiting, "message is", "messages are") + " waiting to be sent.",
                    "They were ordered more than " + TOO_LONG.toMinutes()
                            + " minutes ago. Link another number, or check the limits of the pool.",
                    "Open numbers",
                    "/admin/pools" + query));
        }
        return items;
    }

    /// Reports pools that wait for an approval, each by itself because a person has to answer, and those that are
    /// failed over.
    private static List<AttentionItem> failovers(Tx tx, AccountId tenant, String query) {
        Map<SenderId, PoolState> states = new PoolStateStore(tx).all(tenant);
        List<SenderId> proposed = in(states, FailoverState.WAITING_FOR_APPROVAL);
        List<SenderId> over = in(states, FailoverState.FAILED_OVER);
        if (proposed.isEmpty() && over.isEmpty()) {
            return List.of();
        }
        Map<SenderId, String> names = new SenderStore(tx)
                        .findAll(
                                tenant,
                                Stream.concat(
                                                proposed.stream().limit(NAMED),
                                                over.stream().limit(NAMED))
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(Sender::id, Sender::shownName));
        var items = new ArrayList<AttentionItem>();
        proposed.stream()
                .limit(NAMED)
                .forEach(pool -> items.add(new AttentionItem(
                        Urgency.BAD,
                        "“" + names.getOrDefault(pool, pool.value()) + "” waits for your approval to fail over.",
                        "It can’t send. Nothing moves until someone approves."
                                + (proposed.size() > NAMED
                                        ? " " + Words.grouped(proposed.size()) + " pools wait in all."
                                        : ""),
                        "Review",
                        "/admin/pools/" + pool + "/failover" + query)));
        if (!over.isEmpty()) {
            String some = over.stream()
                    .limit(NAMED)
                    .map(pool -> "“" + names.getOrDefault(pool, pool.value()) + "”")
                    .collect(Collectors.joining(", "));
            items.add(new AttentionItem(
                    Urgency.WARN,
                    Words.count(over.size(), "pool is", "pools are") + " failed over.",
                    some + (over.size() > NAMED ? " and " + Words.grouped(over.size() - NAMED) + " more" : "")
                            + ": other pools stand in.",
                    over.size() == 1 ? "Open failover" : "Open numbers",
                    over.size() == 1
                            ? "/admin/pools/" + over.getFirst() + "/failover" + query
                            : "/admin/pools" + query));
        }
        return items;
    }

    private static List<SenderId> in(Map<SenderId, PoolState> states, FailoverState wanted) {
        return states.entrySet().stream()
                .filter(pool -> pool.getValue().failover() == wanted)
                .sorted(Comparator.comparing(pool -> pool.getValue().changedAt()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String sentence(Needy number) {
        return "“" + number.name() + "” "
                + switch (number.state()) {
                    case PASSKEY_REQUIRED -> "needs a passkey.";
                    case DISCONNECTED -> "is disconnected.";
                    case RESTRICTED -> "is restricted by WhatsApp.";
                    case BANNED -> "is banned by WhatsApp.";
                    case UNLINKED -> "was unlinked on the phone.";
                    case PENDING, LINKING, LINKED -> "needs a look.";
                };
    }
}
