package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Parse;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.access.SenderView;
import dev.banyan.whatsapp.changes.SenderBrands;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.failover.PoolState;
import dev.banyan.whatsapp.history.MessageHistory;
import dev.banyan.whatsapp.history.SenderHistory;
import dev.banyan.whatsapp.messages.PoolMessagesPage;
import dev.banyan.whatsapp.numbers.ActivityChart.Period;
import dev.banyan.whatsapp.numbers.SenderPage.FailoverNotice;
import dev.banyan.whatsapp.numbers.SenderPage.Notice;
import jakarta.inject.Singleton;

/// Builds the page of one sender.
@Singleton
record SenderPages(
        Pools pools,
        SenderHistory history,
        MessageHistory messages,
        Failovers failovers,
        SenderBrands brands,
        ProxyOptionsOfSenders proxies,
        SenderStatuses statuses,
        Clock clock) {

    private static final int EVENTS = 15;
    private static final int DECISIONS = 12;

    SenderPage draw(PoolPage page, Sender sender, Map<String, String> form, FieldErrors errors, Optional<Notice> told) {
        AccountId tenant = page.tenant();
        Instant now = clock.instant();
        Period period = Period.of(page.query("period").orElse(""));
        List<SenderEvent> events = history.eventsOfSender(
                tenant, sender.id(), page.query("before").flatMap(SenderPages::uuid), EVENTS + 1);
        String here = path(page, sender.id());
        boolean ofPool =
                sender.isMaster() && page.query("of").filter("pool"::equals).isPresent();
        return new SenderPage(
                page.frame(sender.shownName()),
                page.view(sender),
                statuses.of(sender, now),
                ActivityChart.of(
                        ofPool
                                ? history.poolHours(tenant, sender.id(), period.begin(now))
                                : history.hours(tenant, sender.id(), period.begin(now), now.plus(Duration.ofHours(1))),
                        period,
                        now),
                ofPool,
                Stream.of(Period.values())
                        .map(choice -> new Choice(choice.key(), choice.label))
                        .toList(),
                form,
                errors,
                proxies.of(sender),
                !sender.driver().isReal() ? List.of(Fault.values()) : List.of(),
                events.stream()
                        .limit(EVENTS)
                        .map(event -> EventView.of(event, Optional.of(sender.shownName()), now))
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
                                        .map(Sender::shownName)
                                        .orElse("Another pool")
                                + " stands in for it."));
        };
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
                            message.to().shown(),
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
