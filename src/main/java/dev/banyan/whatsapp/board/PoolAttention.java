package dev.banyan.whatsapp.board;

import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.accounts.context.AttentionSource;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.board.PoolAttentionStore.Needy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reports numbers that are down, restricted or need a passkey, and messages that have waited too long.
@Singleton
final class PoolAttention implements AttentionSource {

    private static final int NAMED = 3;
    private static final int QUEUE = 5_000;
    private static final Duration TOO_LONG = Duration.ofMinutes(10);

    private final Clock clock;

    PoolAttention(Clock clock) {
        this.clock = clock;
    }

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
