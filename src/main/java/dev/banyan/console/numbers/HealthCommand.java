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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `health`: of all senders like `status`, or of one number as a score.
final class HealthCommand implements Command {

    private static final int HEALTHY = 80;
    private static final int FAIR = 50;
    private static final int POOR = 20;

    /// The factors of the score and their weights (contract 4.2).
    record Score(int linked, int online, int uptime, int error) {

        int sum() {
            return Math.clamp(linked + online + uptime + error, 0, 100);
        }

        String label() {
            int sum = sum();
            return sum >= HEALTHY ? "🟢 HEALTHY" : sum >= FAIR ? "🟡 FAIR" : sum >= POOR ? "🟠 POOR" : "🔴 CRITICAL";
        }

        String words() {
            return "Score: " + sum() + "/100 " + label();
        }
    }

    private record HealthJson(ConsoleJson.SenderJson sender, int score, String label) {}

    private final StatusCommand status;
    private final Pools pools;
    private final Liveness liveness;
    private final Clock clock;

    HealthCommand(StatusCommand status, Pools pools, Liveness liveness, Clock clock) {
        this.status = status;
        this.pools = pools;
        this.liveness = liveness;
        this.clock = clock;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES,
                List.of("health"),
                "[+phone]",
                "+971500000101",
                "Show how everything does, or one device",
                0,
                1);
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
        return order.words().isEmpty()
                ? status.run(order)
                : SenderChoice.device(
                                order,
                                pools.overview(order.tenant()),
                                order.words().getFirst())
                        .map(sender -> show(order, sender))
                        .orElse(Outcome.FAILED);
    }

    private Outcome show(Order order, Sender sender) {
        Instant now = clock.instant();
        SenderHealth health = liveness.of(sender);
        Score score = score(sender, health, now);
        if (order.json()) {
            return order.show(new HealthJson(
                    ConsoleJson.SenderJson.of(sender, liveness),
                    score.sum(),
                    score.label().substring(score.label().indexOf(' ') + 1).toLowerCase(Locale.ROOT)));
        }
        order.say("📊 DEVICE HEALTH: " + sender.displayName());
        order.say("");
        order.say("Phone: " + ListServantsCommand.phone(sender));
        order.say(score.words());
        order.say("  Linked: " + signed(score.linked()) + " (" + sender.state().key() + ")");
        order.say("  Online: " + signed(score.online()) + " (last sign of life: " + Times.ago(health.lastProof(), now)
                + ")");
        order.say("  Uptime: " + signed(score.uptime()) + " ("
                + health.connectedSince().map(since -> Times.hours(since, now)).orElse("offline") + ")");
        order.say("  Last Error: " + signed(score.error()) + " ("
                + sender.lastError().orElse("None") + ")");
        return Outcome.DONE;
    }

    private static String signed(int points) {
        return points < 0 ? String.valueOf(points) : "+" + points;
    }

    static Score score(Sender sender, SenderHealth health, Instant now) {
        Duration uptime = health.connectedSince()
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
        return new Score(
                sender.state().isActive() ? 40 : sender.state().isLinking() ? 20 : 0,
                health.isHealthy(now) ? 30 : 0,
                uptime.toHours() >= 1 ? 20 : uptime.toMinutes() >= 10 ? 10 : 0,
                sender.lastError().isPresent() ? -10 : 0);
    }
}
