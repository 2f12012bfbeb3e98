package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `find`: searches senders by their properties.
final class FindCommand implements Command {

    private static final int WORDS = 20;
    private static final int SHOWN = 200;

    private final Pools pools;
    private final Liveness liveness;

    FindCommand(Pools pools, Liveness liveness) {
        this.pools = pools;
        this.liveness = liveness;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES,
                List.of("find"),
                "[field=value ...] [text]",
                "status=linked purpose=support tag=gold",
                "Find accounts by state, pool, purpose, region, health, tag or text",
                0,
                WORDS);
    }

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return KeyValueArguments.words(SenderQuery.FIELDS);
    }

    @Override
    public Outcome run(Order order) {
        return query(order, order.words()).map(query -> find(order, query)).orElse(Outcome.FAILED);
    }

    /// @return empty after printing an error if the query can't be parsed
    static Optional<SenderQuery> query(Order order, List<String> words) {
        var typed = new LinkedHashMap<String, String>();
        var text = new ArrayList<String>();
        for (String word : words) {
            if (word.indexOf('=') > 0) {
                Optional<Map<String, String>> pair = KeyValueArguments.of(order, List.of(word), SenderQuery.FIELDS);
                if (pair.isEmpty()) {
                    return Optional.empty();
                }
                typed.putAll(pair.get());
            } else {
                text.add(word);
            }
        }
        if (!text.isEmpty()) {
            typed.put("text", String.join(" ", text));
        }
        return switch (SenderQuery.parse(typed)) {
            case SenderQuery.Parsed.Good(SenderQuery query) -> Optional.of(query);
            case SenderQuery.Parsed.Bad(var invalid) -> {
                order.fail(invalid.apiMessage());
                yield Optional.empty();
            }
        };
    }

    private Outcome find(Order order, SenderQuery query) {
        Pools.Found found = pools.search(order.tenant(), query, Optional.empty(), SHOWN);
        if (order.json()) {
            return order.show(new ConsoleJson.SendersJson(
                    ConsoleJson.SendersJson.of(found.senders(), liveness).senders(),
                    Optional.of(found.next().isPresent())));
        }
        order.say("📱 FOUND ACCOUNTS (" + found.senders().size() + (found.next().isPresent() ? " and more" : "") + ")");
        for (int i = 0; i < found.senders().size(); i++) {
            Sender sender = found.senders().get(i);
            order.say("");
            order.say("[" + (i + 1) + "] " + sender.state().icon() + " " + sender.displayName() + " ["
                    + StatusCommand.role(sender) + "]");
            order.say("    ID: " + sender.id());
            order.say("    Phone: " + ListServantsCommand.phone(sender));
            order.say("    Status: " + sender.state().key() + " | Health: "
                    + (liveness.isHealthy(sender) ? "healthy" : "unhealthy"));
            sender.masterId()
                    .ifPresent(master -> order.say("    Master: " + master + " | Purpose: "
                            + sender.purpose().orElse("")));
            if (!sender.traits().tags().isEmpty()) {
                order.say("    Tags: " + String.join(" ", sender.traits().tags()));
            }
        }
        if (found.senders().isEmpty()) {
            order.say("  (none)");
            order.say("💡 Fields are " + String.join(", ", SenderQuery.FIELDS) + "; 'list' shows all");
        }
        return Outcome.DONE;
    }
}
