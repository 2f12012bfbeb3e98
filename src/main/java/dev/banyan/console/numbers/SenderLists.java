package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderQuery;
import jakarta.inject.Singleton;

/// The commands that list senders.
@Singleton
record SenderLists(Pools pools, Liveness liveness, Clock clock) {

    private static final int SHOWN = 200;

    private record ListJson(List<ConsoleJson.PoolJson> pools, int total, int active, int pending, int unlinked) {}

    private record MasterJson(String id, String displayName, int servants) {}

    private record StatisticsJson(int total, int masters, int servants, List<MasterJson> pools) {}

    /// `list`: every device, one per line.
    CommandResult list(Order order) {
        List<Sender> senders = senders(order, Kind.ANY);
        if (order.json()) {
            return order.show(ConsoleJson.SendersJson.of(senders, liveness));
        }
        order.say(SenderTexts.RULE);
        order.say("📱 ALL DEVICES (" + senders.size() + " total)");
        order.say(SenderTexts.RULE);
        for (int i = 0; i < senders.size(); i++) {
            Sender sender = senders.get(i);
            order.say((i + 1) + ". " + sender.state().icon + " " + SenderTexts.phone(sender) + " - "
                    + sender.displayName() + " [" + SenderTexts.role(sender) + "]");
        }
        order.say(SenderTexts.RULE);
        return CommandResult.DONE;
    }

    /// `masters` and `servants`: the senders of one role, one per line.
    CommandResult role(Order order, Kind kind) {
        List<Sender> senders = senders(order, kind);
        if (order.json()) {
            return order.show(ConsoleJson.SendersJson.of(senders, liveness));
        }
        order.say(kind == Kind.MASTER ? "👑 MASTER ACCOUNTS:" : "📱 SERVANT ACCOUNTS:");
        for (int i = 0; i < senders.size(); i++) {
            Sender sender = senders.get(i);
            order.say("  " + (i + 1) + ". " + sender.displayName() + " - " + SenderTexts.phone(sender) + " ["
                    + sender.state().icon + "]");
        }
        if (senders.isEmpty()) {
            order.say("  (none)");
        }
        return CommandResult.DONE;
    }

    /// `accounts`: every account with its state.
    CommandResult accounts(Order order) {
        List<Sender> senders = senders(order, Kind.ANY);
        if (order.json()) {
            return order.show(ConsoleJson.SendersJson.of(senders, liveness));
        }
        Instant now = clock.instant();
        order.say(SenderTexts.RULE);
        order.say("📱 ALL ACCOUNTS - STATUS OVERVIEW");
        order.say(SenderTexts.RULE);
        for (int i = 0; i < senders.size(); i++) {
            Sender sender = senders.get(i);
            SenderHealth health = liveness.of(sender);
            order.say("");
            order.say((i + 1) + ". " + sender.state().icon + " " + SenderTexts.phone(sender));
            order.say("   Name: " + sender.displayName());
            order.say("   Role: " + SenderTexts.role(sender).toUpperCase(Locale.ROOT));
            order.say("   Status: " + SenderTexts.state(sender) + (health.isHealthy(now) ? " 🟢" : " 🔴"));
            order.say("   Uptime: " + SenderTexts.uptime(health, now, "--"));
            order.say("   Last Sync: " + SenderTexts.lastActivity(sender, health, now));
        }
        if (senders.isEmpty()) {
            order.say("No accounts configured yet.");
        }
        return CommandResult.DONE;
    }

    private List<Sender> senders(Order order, Kind kind) {
        return pools.overview(order.tenant()).senders().filter(kind::takes).toList();
    }

    /// `list-servants`: all masters, each with its servants.
    CommandResult hierarchy(Order order) {
        Overview overview = pools.overview(order.tenant());
        if (order.json()) {
            return order.show(new ListJson(
                    overview.pools().stream()
                            .map(pool -> ConsoleJson.PoolJson.of(pool, liveness))
                            .toList(),
                    overview.total(),
                    overview.active(),
                    overview.pending(),
                    overview.unlinked()));
        }
        order.say("👑 MASTER ACCOUNTS & SECONDARY ACCOUNTS");
        order.say("");
        overview.pools().forEach(pool -> say(order, pool));
        if (overview.pools().isEmpty()) {
            order.say("  (none)");
            order.say("");
        }
        order.say("[Total Accounts: " + overview.total() + " | Active: " + overview.active() + " | Pending: "
                + overview.pending() + (overview.unlinked() > 0 ? " | Unlinked: " + overview.unlinked() : "") + "]");
        return CommandResult.DONE;
    }

    private static void say(Order order, Pool pool) {
        Sender master = pool.master();
        String type = master.masterType().map(MasterType::key).orElse("").toUpperCase(Locale.ROOT);
        order.say(master.state().icon + " [" + type + "] " + master.displayName() + " "
                + master.phone().map(phone -> "(" + phone + ")").orElse(SenderTexts.phone(master)));
        order.say("   └─ " + pool.servants().size() + " Secondary Accounts:");
        for (int i = 0; i < pool.servants().size(); i++) {
            Sender servant = pool.servants().get(i);
            order.say("      [" + (i + 1) + "] " + servant.state().icon + " " + servant.displayName() + " ("
                    + servant.purpose().orElse("") + ")");
            order.say("          " + SenderTexts.phone(servant));
        }
        order.say("");
    }

    /// `servants-by-master`: one master's servants with their ids.
    CommandResult servants(Order order) {
        Overview overview = pools.overview(order.tenant());
        Sender master = SenderChoice.find(overview, Kind.MASTER, order.words().getFirst());
        Pool pool = overview.pools().stream()
                .filter(candidate -> candidate.master().equals(master))
                .findFirst()
                .orElseThrow();
        if (order.json()) {
            return order.show(ConsoleJson.PoolJson.of(pool, liveness));
        }
        order.say("📱 SECONDARY ACCOUNTS: " + master.displayName());
        order.say("");
        order.say("Master: " + SenderTexts.phone(master));
        order.say("Servant Count: " + pool.servants().size());
        for (int i = 0; i < pool.servants().size(); i++) {
            Sender servant = pool.servants().get(i);
            order.say("");
            order.say("[" + (i + 1) + "] " + servant.state().icon + " " + servant.displayName());
            order.say("    ID: " + servant.id());
            order.say("    Phone: " + SenderTexts.phone(servant));
            order.say("    Purpose: " + servant.purpose().orElse(""));
        }
        return CommandResult.DONE;
    }

    /// `secondary-stats`: the number of accounts, and of servants per master.
    CommandResult statistics(Order order) {
        Overview overview = pools.overview(order.tenant());
        if (order.json()) {
            return order.show(new StatisticsJson(
                    overview.total(),
                    overview.masters(),
                    overview.servants(),
                    overview.pools().stream()
                            .map(pool -> new MasterJson(
                                    pool.master().id().value(),
                                    pool.master().displayName(),
                                    pool.servants().size()))
                            .toList()));
        }
        order.say("📊 ACCOUNT STATISTICS");
        order.say("");
        order.say("Total Accounts: " + overview.total());
        order.say("Master Accounts: " + overview.masters());
        order.say("Secondary Accounts: " + overview.servants());
        order.say("");
        order.say(" Master Distribution:");
        overview.pools()
                .forEach(pool -> order.say("  👑 " + pool.master().displayName() + ": "
                        + pool.servants().size() + " servants"));
        if (overview.pools().isEmpty()) {
            order.say("  (none)");
        }
        return CommandResult.DONE;
    }

    /// `find`: searches senders by their properties.
    CommandResult find(Order order) {
        SenderQuery query = query(order.words());
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
            order.say("[" + (i + 1) + "] " + sender.state().icon + " " + sender.displayName() + " ["
                    + SenderTexts.role(sender) + "]");
            order.say("    ID: " + sender.id());
            order.say("    Phone: " + SenderTexts.phone(sender));
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
            order.say("💡 Fields: " + String.join(", ", SenderQuery.FIELDS) + ". Use 'list' to show all");
        }
        return CommandResult.DONE;
    }

    static SenderQuery query(List<String> words) {
        var typed = new LinkedHashMap<String, String>();
        var text = new ArrayList<String>();
        for (String word : words) {
            if (word.indexOf('=') > 0) {
                typed.putAll(KeyValueArguments.of(List.of(word), SenderQuery.FIELDS));
            } else {
                text.add(word);
            }
        }
        if (!text.isEmpty()) {
            typed.put("text", String.join(" ", text));
        }
        return CommandRefused.unless(SenderQuery.parse(typed), Kind.ANY.notFound(typed));
    }
}
