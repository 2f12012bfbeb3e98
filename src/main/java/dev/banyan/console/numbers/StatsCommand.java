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
import dev.banyan.whatsapp.SenderHours;
import dev.banyan.whatsapp.history.SenderHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// `stats`: the statistics of one number.
final class StatsCommand implements Command {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);

    private record Messages(
            String period, long sent, long delivered, long read, long failed, long received, long averageWaitMs) {

        static Messages of(String period, List<SenderHours> hours) {
            long sent = sum(hours, SenderHours::sent);
            return new Messages(
                    period,
                    sent,
                    sum(hours, SenderHours::delivered),
                    sum(hours, SenderHours::seen),
                    sum(hours, SenderHours::failed),
                    sum(hours, SenderHours::received),
                    sent == 0 ? 0 : sum(hours, hour -> hour.waited().toMillis()) / sent);
        }

        private static long sum(List<SenderHours> hours, ToLongFunction<SenderHours> what) {
            return hours.stream().mapToLong(what).sum();
        }
    }

    private record StatsJson(
            ConsoleJson.SenderJson sender, Optional<Long> uptimeSeconds, long heartbeats, List<Messages> messages) {}

    private final Pools pools;
    private final Liveness liveness;
    private final SenderHistory history;
    private final Clock clock;

    StatsCommand(Pools pools, Liveness liveness, SenderHistory history, Clock clock) {
        this.pools = pools;
        this.liveness = liveness;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES, List.of("stats"), "<phone>", "+971500000101", "Show what a device has done", 1, 1);
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
        Instant now = clock.instant();
        SenderHealth health = liveness.of(sender);
        List<SenderHours> month = history.hours(order.tenant(), sender.id(), now.minus(MONTH), now);
        var messages = List.of(
                Messages.of(
                        "24h",
                        month.stream()
                                .filter(hour -> hour.hour().isAfter(now.minus(DAY)))
                                .toList()),
                Messages.of("30d", month));
        Optional<Duration> uptime = health.connectedSince().map(since -> Duration.between(since, now));
        if (order.json()) {
            return order.show(new StatsJson(
                    ConsoleJson.SenderJson.of(sender, liveness),
                    uptime.map(Duration::toSeconds),
                    health.heartbeats(),
                    messages));
        }
        order.say("📊 DEVICE STATISTICS: " + sender.displayName());
        order.say("");
        order.say("UPTIME");
        order.say("  "
                + uptime.map(length -> length.toDays() + " days, " + length.toHoursPart() + " hours, "
                                + length.toMinutesPart() + " minutes")
                        .orElse("--  (offline)"));
        order.say("");
        order.say("ACTIVITY");
        order.say("  Heartbeats: " + health.heartbeats());
        order.say("  Last Activity: "
                + Times.ago(health.lastProof().or(() -> sender.link().lastActiveAt()), now));
        order.say("  Linked: " + Times.ago(sender.link().linkedAt(), now));
        order.say("");
        order.say("HEALTH");
        order.say("  " + HealthCommand.score(sender, health, now).words());
        order.say("");
        order.say("MESSAGES");
        messages.forEach(counted -> order.say("  Last " + counted.period() + ": " + counted.sent() + " sent, "
                + counted.delivered() + " delivered, " + counted.read() + " read, " + counted.failed() + " failed, "
                + counted.received() + " received"
                + (counted.sent() == 0 ? "" : ", " + counted.averageWaitMs() + " ms on average to send")));
        return Outcome.DONE;
    }
}
