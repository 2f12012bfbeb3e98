package dev.banyan.whatsapp.history;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.web.answer.Refused;
import dev.banyan.platform.web.request.PageQuery;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Events and metrics of senders in the API.
@Singleton
public record HistoryAnswers(SenderHistory history, Clock clock) {

    private static final int MOST_HOURS = 8_784;
    private static final String DAY = "24";

    record WireEvent(
            UUID id,
            SenderId master,
            SenderId sender,

            @Schema(description = "`good`, `info`, `warn` or `bad`")
            String tone,

            @Schema(example = "Disconnected") String title,
            String details,
            Instant at) {

        static WireEvent of(SenderEvent event) {
            return new WireEvent(
                    event.id(),
                    event.pool(),
                    event.sender(),
                    event.tone().key(),
                    event.title(),
                    event.details(),
                    event.at());
        }
    }

    public record EventList(
            List<WireEvent> events,

            @Schema(description = "Pass as `after` to get the next page; null on the last page")
            Optional<UUID> nextCursor) {}

    /// @param averageMs absent if nothing was sent
    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "SenderCounts")
    public record Counts(
            @Schema(description = "Start of the hour, or of the whole period")
            Optional<Instant> from,

            long sent,
            long delivered,
            long read,
            long failed,
            long received,

            @Schema(description = "From the order to WhatsApp's answer, on average; absent where nothing was sent")
            Optional<Long> averageMs) {

        static Counts since(SenderHours hours) {
            return of(Optional.of(hours.hour()), hours);
        }

        public static Counts of(SenderHours hours) {
            return of(Optional.empty(), hours);
        }

        private static Counts of(Optional<Instant> from, SenderHours hours) {
            return new Counts(
                    from,
                    hours.sent(),
                    hours.delivered(),
                    hours.seen(),
                    hours.failed(),
                    hours.received(),
                    hours.sent() == 0
                            ? Optional.empty()
                            : Optional.of(hours.waited().toMillis() / hours.sent()));
        }
    }

    public record Metrics(SenderId sender, Counts total, List<Counts> hours) {}

    public EventList eventsOfSender(AccountId tenant, SenderId sender, PageQuery page) {
        return events(page, (from, most) -> history.eventsOfSender(tenant, sender, from, most));
    }

    public EventList eventsOfPool(AccountId tenant, SenderId master, PageQuery page) {
        return events(page, (from, most) -> history.eventsOfPool(tenant, master, from, most));
    }

    EventList events(AccountId tenant, PageQuery page) {
        return events(page, (from, most) -> history.events(tenant, from, most));
    }

    private interface Events {
        List<SenderEvent> before(Optional<UUID> last, int most);
    }

    private static EventList events(PageQuery page, Events events) {
        PageQuery.Slice<UUID> slice = page.slice(Uuids::parse);
        return slice.of(events.before(slice.after(), slice.most()), WireEvent::of, SenderEvent::id, EventList::new);
    }

    /// @param typed the number of hours to go back
    public Metrics metrics(AccountId tenant, SenderId sender, Optional<String> typed) {
        int hours = Optional.of(typed.filter(text -> !text.isEmpty()).orElse(DAY))
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(Integer::parseInt)
                .filter(number -> number >= 1 && number <= MOST_HOURS)
                .orElseThrow(() -> Refused.invalid(Invalid.whole("hours must be a number from 1 to " + MOST_HOURS)));
        Instant now = clock.instant();
        Instant from = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours - 1L));
        List<SenderHours> done = history.hours(tenant, sender, from, now);
        SenderHours total = done.stream().reduce(SenderHours.none(from), SenderHours::plus);
        return new Metrics(
                sender, Counts.since(total), done.stream().map(Counts::since).toList());
    }
}
