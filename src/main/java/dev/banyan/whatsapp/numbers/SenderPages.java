package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Parse;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.access.SenderName;
import dev.banyan.whatsapp.access.SenderView;
import dev.banyan.whatsapp.changes.SenderBrands;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.history.MessageHistory;
import dev.banyan.whatsapp.history.PoolFigures;
import dev.banyan.whatsapp.history.SenderHistory;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatings;
import dev.banyan.whatsapp.messages.DailySendLimit;
import dev.banyan.whatsapp.messages.PoolMessagesPage;
import dev.banyan.whatsapp.numbers.ActivityChart.Period;
import dev.banyan.whatsapp.numbers.SenderPage.FailoverNotice;
import dev.banyan.whatsapp.numbers.SenderPage.Notice;
import dev.banyan.whatsapp.numbers.SenderPage.Status;
import jakarta.inject.Singleton;

/// Builds the page of one sender.
@Singleton
final class SenderPages {

    private static final int EVENTS = 15;
    private static final int DECISIONS = 12;

    private final Pools pools;
    private final PoolFigures figures;
    private final SenderHistory history;
    private final SenderRatings ratings;
    private final MessageHistory messages;
    private final Failovers failovers;
    private final SenderBrands brands;
    private final Connections connections;
    private final ProxyOptionsOfSenders proxies;
    private final Liveness liveness;
    private final Clock clock;

    SenderPages(
            Pools pools,
            PoolFigures figures,
            SenderHistory history,
            SenderRatings ratings,
            MessageHistory messages,
            Failovers failovers,
            SenderBrands brands,
            Connections connections,
            ProxyOptionsOfSenders proxies,
            Liveness liveness,
            Clock clock) {
        this.pools = pools;
        this.figures = figures;
        this.history = history;
        this.ratings = ratings;
        this.messages = messages;
        this.failovers = failovers;
        this.brands = brands;
        this.connections = connections;
        this.proxies = proxies;
        this.liveness = liveness;
        this.clock = clock;
    }

    SenderPage draw(PoolPage page, Sender sender, Map<String, String> form, FieldErrors errors, Optional<Notice> told) {
        AccountId tenant = page.tenant();
        Instant now = clock.instant();
        Period period = Period.of(page.query("period").orElse(""));
        List<SenderEvent> events = history.eventsOfSender(
                tenant, sender.id(), page.query("before").flatMap(SenderPages::uuid), EVENTS + 1);
        String here = path(page, sender.id());
        return new SenderPage(
                page.frame(sender.displayName()),
                page.view(sender),
                standing(tenant, sender, now),
                ActivityChart.of(
                        history.hours(tenant, sender.id(), period.begin(now), now.plus(Duration.ofHours(1))),
                        period,
                        now),
                Stream.of(Period.values())
                        .map(choice -> new Choice(choice.key(), choice.label()))
                        .toList(),
                form,
                errors,
                proxies.of(sender),
                !sender.driver().isReal() ? List.of(Fault.values()) : List.of(),
                events.stream()
                        .limit(EVENTS)
                        .map(event -> EventView.of(event, Optional.of(sender.displayName()), now))
                        .toList(),
                events.size() > EVENTS
                        ? Optional.of(here + "&before=" + events.get(EVENTS - 1).id() + "#events")
                        : Optional.empty(),
                decisions(tenant, sender, now),
                here,
                sender.isMaster() ? failover(tenant, sender) : Optional.empty(),
                told);
    }

    static String path(PoolPage page, SenderId sender) {
        return page.path("/senders/" + sender);
    }

    Map<String, String> form(Sender sender) {
        Map<String, String> form = TuningRequest.FIELDS.texts(TuningRequest.unchanged(sender));
        form.put("brand", brands.username(sender).orElse(""));
        return form;
    }

    private Optional<FailoverNotice> failover(AccountId tenant, Sender master) {
        PoolState state = failovers.state(tenant, master.id());
        return switch (state.failover()) {
            case NORMAL -> Optional.empty();
            case WAITING_FOR_APPROVAL ->
                Optional.of(new FailoverNotice(
                        "bad",
                        "A failover waits for approval.",
                        "This pool can’t send. Nothing moves until someone approves."));
            case FAILED_OVER, FAILING_OVER, FAILING_BACK ->
                Optional.of(new FailoverNotice(
                        "warn",
                        "This pool is failed over.",
                        state.standIn()
                                        .flatMap(id -> pools.sender(tenant, id))
                                        .map(Sender::displayName)
                                        .orElse("Another pool")
                                + " stands in for it."));
        };
    }

    private Status standing(AccountId tenant, Sender sender, Instant now) {
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
                sender.masterId()
                        .flatMap(id -> pools.sender(tenant, id))
                        .map(SenderName::of),
                name(sender.driver())
                        + health.connectedSince()
                                .map(since -> ", connected since " + SenderView.shortTime(since, now) + " UTC")
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
                rating.messagingLimit(),
                Words.moment(sender.createdAt()));
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

    private List<SenderPage.Decision> decisions(AccountId tenant, Sender sender, Instant now) {
        var query = new MessageHistory.OutgoingQuery(
                Optional.empty(),
                Optional.of(sender.id()),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
        return messages.outgoing(tenant, query, Optional.empty(), DECISIONS).messages().stream()
                .map(sent -> {
                    OutgoingMessage message = sent.message();
                    return new SenderPage.Decision(
                            SenderView.shortTime(message.createdAt(), now),
                            SenderView.fullTime(message.createdAt()),
                            message.createdAt().toString(),
                            message.to().e164(),
                            PoolMessagesPage.word(message.state()),
                            PoolMessagesPage.tone(message.state()),
                            sent.reason().orElse(""));
                })
                .toList();
    }

    static Optional<UUID> uuid(String text) {
        return Parse.of(text, UUID::fromString);
    }
}
