package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.access.SenderName;
import dev.banyan.whatsapp.access.SenderView;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.history.PoolFigures;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatings;
import dev.banyan.whatsapp.messages.DailySendLimit;
import dev.banyan.whatsapp.numbers.SenderPage.Status;
import jakarta.inject.Singleton;

/// How a number is doing, for its page: its load, its limits, and what its gateway says.
@Singleton
record SenderStatuses(
        Pools pools, PoolFigures figures, SenderRatings ratings, Connections connections, Liveness liveness) {

    Status of(Sender sender, Instant now) {
        AccountId tenant = sender.tenant();
        SenderId pool = sender.masterId().orElse(sender.id());
        PoolSettings settings = pools.settings(tenant, pool);
        Pace pace = sender.traits().pace().or(settings.pace());
        SenderHealth health = liveness.of(sender);
        ZoneId zone = settings.zone();
        Instant began = sender.link().linkedAt().orElse(now);
        Optional<Integer> limit = DailySendLimit.of(pace, began, now, zone);
        long sent = figures.sentSince(tenant, sender.id(), DailySendLimit.dayBegan(now, zone));
        long queue = figures.waiting(tenant).sender().getOrDefault(sender.id(), 0L);
        boolean warms = pace.warmsUp().orElse(false) && sender.link().linkedAt().isPresent();
        long day = Duration.between(DailySendLimit.dayBegan(began, zone), now).toDays() + 1;
        SenderRating rating = ratings.of(tenant, List.of(sender.id())).getOrDefault(sender.id(), SenderRating.NONE);
        return new Status(
                sender.isMaster(),
                !sender.driver().isReal(),
                sender.state().isActive() || sender.state() == SenderState.DISCONNECTED,
                liveness.isHealthy(sender),
                sender.assignment().pause().isPresent(),
                !sender.isMaster() && pools.hasSeveral(tenant),
                sender.remote().isPresent() || !connections.list(tenant).isEmpty(),
                sender.masterId().flatMap(id -> pools.sender(tenant, id)).map(SenderName::of),
                name(sender.driver())
                        + health.connectedSince()
                                .map(since -> ", connected since " + Words.moment(since))
                                .orElse(", not connected"),
                health.lastProof()
                        .map(proof -> SenderView.age(Duration.between(proof, now)) + " ago, "
                                + Words.count(health.heartbeats(), "response", "responses"))
                        .orElse("–"),
                Words.count(queue, "message", "messages"),
                figures.lastMinute(sender)
                        + pace.perMinute()
                                .map(most -> " of " + Words.grouped(most))
                                .orElse(""),
                limit.map(most -> Words.grouped(sent) + " of " + Words.grouped(most))
                                .orElse(Words.grouped(sent) + ", no limit")
                        + (warms ? ", warm-up day " + day : ""),
                sent,
                limit,
                sender.link().deviceName(),
                quality(rating.quality()),
                limit(sender, rating),
                Words.time(sender.createdAt()));
    }

    private String limit(Sender sender, SenderRating rating) {
        return rating.messagingLimit().isEmpty()
                ? ""
                : rating.messagingLimit() + " for all numbers of this business"
                        + ratings.reached(sender.tenant(), sender.id())
                                .map(people -> ", " + Words.grouped(people) + " used")
                                .orElse("");
    }

    private static String quality(String rating) {
        return switch (rating) {
            case "" -> "";
            case "green" -> "High";
            case "yellow" -> "Medium";
            case "red" -> "Low. Send less, and only what people asked for.";
            default -> "Not rated yet";
        };
    }

    private static String name(DriverKind driver) {
        String key = driver.key();
        return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }
}
