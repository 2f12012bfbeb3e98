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
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `device`: everything about one number.
final class DeviceCommand implements Command {

    static final String RULE = "═".repeat(60);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Pools pools;
    private final Liveness liveness;
    private final Clock clock;
    private final ZoneId zone;

    /// @param zone the operator's time zone
    DeviceCommand(Pools pools, Liveness liveness, Clock clock, ZoneId zone) {
        this.pools = pools;
        this.liveness = liveness;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES, List.of("device"), "<phone>", "+971500000101", "Show everything about one device", 1, 1);
    }

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return account.map(
                        found -> SenderChoice.devices(pools.overview(found.id()).senders()))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        return SenderChoice.device(
                        order, pools.overview(order.tenant()), order.words().getFirst())
                .map(sender -> show(order, sender))
                .orElse(Outcome.FAILED);
    }

    private Outcome show(Order order, Sender sender) {
        if (order.json()) {
            return order.show(Map.of("sender", ConsoleJson.SenderJson.of(sender, liveness)));
        }
        Instant now = clock.instant();
        Sender.Link link = sender.link();
        SenderHealth health = liveness.of(sender);
        order.say(RULE);
        order.say("📱 DEVICE DETAILS: " + sender.displayName());
        order.say(RULE);
        order.say("  Phone Number: " + ListServantsCommand.phone(sender));
        order.say("  Device ID: " + sender.id());
        order.say("  Role: " + StatusCommand.role(sender).toUpperCase(Locale.ROOT));
        sender.masterId().ifPresent(master -> order.say("  Master: " + master));
        sender.purpose().ifPresent(purpose -> order.say("  Purpose: " + purpose));
        order.say("  Status: " + sender.state().key().toUpperCase(Locale.ROOT));
        order.say("  Online: " + (health.isHealthy(now) ? "✅ Yes" : "❌ No"));
        order.say("");
        order.say("Authentication:");
        order.say("  Method: " + link.linkedAt().map(_ -> sender.driver().key()).orElse("none yet"));
        order.say("  Linked At: " + link.linkedAt().map(this::time).orElse("Never"));
        order.say("  Link Attempts: " + link.attempts());
        order.say("");
        order.say("Activity:");
        order.say("  Uptime: "
                + health.connectedSince().map(since -> Times.hours(since, now)).orElse("--  (offline)"));
        order.say("  Last Heartbeat: " + Times.ago(health.lastProof(), now));
        order.say("  Last Activity: " + Times.ago(health.lastProof().or(link::lastActiveAt), now));
        order.say("  Heartbeat Count: " + health.heartbeats());
        order.say("");
        order.say("Network:");
        order.say("  IP Address: N/A");
        order.say("");
        order.say("Status:");
        order.say("  Last Error: " + link.lastError().orElse("None"));
        order.say("  Recovery Mode: " + (sender.state() == SenderState.DISCONNECTED ? "🟡 Yes" : "🟢 No"));
        order.say("");
        order.say("Sending:");
        TuneCommand.facts(sender).forEach((name, value) -> order.say("  " + name + ": " + value));
        order.say(RULE);
        return Outcome.DONE;
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }
}
