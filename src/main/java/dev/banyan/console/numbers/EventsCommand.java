package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.ConsoleJson;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.history.SenderHistory;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// `events`: the history of senders and pools, newest first.
final class EventsCommand implements Command {

    private static final int SHOWN = 50;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Pools pools;
    private final SenderHistory history;
    private final ZoneId zone;

    /// @param zone the operator's time zone
    EventsCommand(Pools pools, SenderHistory history, ZoneId zone) {
        this.pools = pools;
        this.history = history;
        this.zone = zone;
    }

    @Override
    public Description description() {
        return new Description(
                Group.DEVICES,
                List.of("events"),
                "[id]",
                "amira-nasser",
                "Show what happened last, to all, a pool or a servant",
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
                        found -> SenderChoice.words(pools.overview(found.id()).senders()))
                .orElse(List.of());
    }

    @Override
    public Outcome run(Order order) {
        if (order.words().isEmpty()) {
            return show(order, history.events(order.tenant(), Optional.empty(), SHOWN));
        }
        return SenderChoice.sender(
                        order, pools.overview(order.tenant()), order.words().getFirst())
                .map(sender -> show(
                        order,
                        sender.isMaster()
                                ? history.eventsOfPool(order.tenant(), sender.id(), Optional.empty(), SHOWN)
                                : history.eventsOfSender(order.tenant(), sender.id(), Optional.empty(), SHOWN)))
                .orElse(Outcome.FAILED);
    }

    private Outcome show(Order order, List<SenderEvent> events) {
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
        events.forEach(event -> order.say("  " + TIME.format(event.at().atZone(zone)) + "  " + icon(event.tone()) + " "
                + names.getOrDefault(event.sender().value(), event.sender().value()) + ": " + event.title()
                + (event.details().isEmpty() ? "" : " - " + event.details())));
        if (events.isEmpty()) {
            order.say("  (none)");
        }
        return Outcome.DONE;
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
