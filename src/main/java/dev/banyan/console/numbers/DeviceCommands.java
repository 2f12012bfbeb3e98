package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandResult;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Order;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.history.SenderHistory;
import dev.banyan.whatsapp.history.SenderHours;
import jakarta.inject.Singleton;

/// The commands that tell about one sender.
@Singleton
record DeviceCommands(Pools pools, Liveness liveness, SenderHistory history, Clock clock) {

    private static final int HEALTHY = 80;
    private static final int FAIR = 50;
    private static final int POOR = 20;
    private static final int SHOWN = 50;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);

    /// The factors of the score and their weights (contract 4.2).
    private record Score(int linked, int online, int uptime, int error) {

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

    private record Messages(
            String period, long sent, long delivered, long read, long failed, long received, long averageWaitMs) {

        static Messages of(String period, List<SenderHours> hours) {
            SenderHours sum = hours.stream().reduce(SenderHours.none(Instant.EPOCH), SenderHours::plus);
            return new Messages(
                    period,
                    sum.sent(),
                    sum.delivered(),
                    sum.seen(),
                    sum.failed(),
                    sum.received(),
                    sum.sent() == 0 ? 0 : sum.waited().toMillis() / sum.sent());
        }
    }

    private record StatsJson(
            ConsoleJson.SenderJson sender, Optional<Long> uptimeSeconds, long heartbeats, List<Messages> messages) {}

    /// `device`: everything about one number.
    CommandResult device(Order order, Sender sender) {
        if (order.json()) {
            return order.show(Map.of("sender", ConsoleJson.SenderJson.of(sender, liveness)));
        }
        Instant now = clock.instant();
        Sender.Link link = sender.link();
        SenderHealth health = liveness.of(sender);
        order.say(SenderTexts.RULE);
        order.say("📱 DEVICE DETAILS: " + sender.displayName());
        order.say(SenderTexts.RULE);
        order.say("  Phone Number: " + SenderTexts.phone(sender));
        order.say("  Device ID: " + sender.id());
        order.say("  Role: " + SenderTexts.role(sender).toUpperCase(Locale.ROOT));
        sender.masterId().ifPresent(master -> order.say("  Master: " + master));
        sender.purpose().ifPresent(purpose -> order.say("  Purpose: " + purpose));
        order.say("  Status: " + SenderTexts.state(sender));
        order.say("  Online: " + (health.isHealthy(now) ? "✅ Yes" : "❌ No"));
        order.say("");
        order.say("Authentication:");
        order.say("  Method: " + link.linkedAt().map(_ -> sender.driver().key()).orElse("none yet"));
        order.say("  Linked At: " + link.linkedAt().map(SenderTexts::time).orElse("Never"));
        order.say("  Link Attempts: " + link.attempts());
        order.say("");
        order.say("Activity:");
        order.say("  Uptime: " + SenderTexts.uptime(health, now, "--  (offline)"));
        order.say("  Last Heartbeat: " + SenderTexts.ago(health.lastProof(), now));
        order.say("  Last Activity: " + SenderTexts.lastActivity(sender, health, now));
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
        TuningCommands.facts(sender).forEach((name, value) -> order.say("  " + name + ": " + value));
        order.say(SenderTexts.RULE);
        return CommandResult.DONE;
    }

    /// `health` of one number, as a score.
    CommandResult health(Order order, Sender sender) {
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
        order.say("Phone: " + SenderTexts.phone(sender));
        order.say(score.words());
        order.say("  Linked: " + signed(score.linked()) + " (" + sender.state().key() + ")");
        order.say("  Online: " + signed(score.online()) + " (last sign of life: "
                + SenderTexts.ago(health.lastProof(), now) + ")");
        order.say("  Uptime: " + signed(score.uptime()) + " (" + SenderTexts.uptime(health, now, "offline") + ")");
        order.say("  Last Error: " + signed(score.error()) + " ("
                + sender.lastError().orElse("None") + ")");
        return CommandResult.DONE;
    }

    private static String signed(int points) {
        return points < 0 ? String.valueOf(points) : "+" + points;
    }

    private static Score score(Sender sender, SenderHealth health, Instant now) {
        Duration uptime = health.connectedSince()
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
        return new Score(
                sender.state().isActive() ? 40 : sender.state().isLinking() ? 20 : 0,
                health.isHealthy(now) ? 30 : 0,
                uptime.toHours() >= 1 ? 20 : uptime.toMinutes() >= 10 ? 10 : 0,
                sender.lastError().isPresent() ? -10 : 0);
    }

    /// `stats`: the statistics of one number.
    CommandResult stats(Order order, Sender sender) {
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
        order.say("  Last Activity: " + SenderTexts.lastActivity(sender, health, now));
        order.say("  Linked: " + SenderTexts.ago(sender.link().linkedAt(), now));
        order.say("");
        order.say("HEALTH");
        order.say("  " + score(sender, health, now).words());
        order.say("");
        order.say("MESSAGES");
        messages.forEach(counted -> order.say("  Last " + counted.period() + ": " + counted.sent() + " sent, "
                + counted.delivered() + " delivered, " + counted.read() + " read, " + counted.failed() + " failed, "
                + counted.received() + " received"
                + (counted.sent() == 0 ? "" : ", " + counted.averageWaitMs() + " ms on average to send")));
        return CommandResult.DONE;
    }

    /// `events`: the history of all senders, newest first.
    CommandResult events(Order order) {
        return events(order, history.events(order.tenant(), Optional.empty(), SHOWN));
    }

    /// `events` of one sender, or of a master's whole pool.
    CommandResult events(Order order, Sender sender) {
        return events(
                order,
                sender.isMaster()
                        ? history.eventsOfPool(order.tenant(), sender.id(), Optional.empty(), SHOWN)
                        : history.eventsOfSender(order.tenant(), sender.id(), Optional.empty(), SHOWN));
    }

    private CommandResult events(Order order, List<SenderEvent> events) {
        if (order.json()) {
            return order.show(Map.of(
                    "events", events.stream().map(ConsoleJson.EventJson::of).toList()));
        }
        Map<String, String> names =
                pools
                        .senders(
                                order.tenant(),
                                events.stream()
                                        .map(SenderEvent::sender)
                                        .distinct()
                                        .toList())
                        .values()
                        .stream()
                        .collect(Collectors.toMap(sender -> sender.id().value(), Sender::displayName));
        order.say("📋 LAST EVENTS (" + events.size() + ")");
        order.say("");
        events.forEach(event -> order.say("  " + SenderTexts.time(event.at()) + "  " + icon(event.tone()) + " "
                + names.getOrDefault(event.sender().value(), event.sender().value()) + ": " + event.title()
                + (event.details().isEmpty() ? "" : " - " + event.details())));
        if (events.isEmpty()) {
            order.say("  (none)");
        }
        return CommandResult.DONE;
    }

    private static String icon(SenderEvent.Tone tone) {
        return switch (tone) {
            case GOOD -> "🟢";
            case INFO -> "🔵";
            case WARN -> "🟡";
            case BAD -> "🔴";
        };
    }
}
