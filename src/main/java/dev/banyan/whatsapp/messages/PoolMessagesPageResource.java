package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Parse;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingMessage.Waiting;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.access.PoolPages.PoolPage;
import dev.banyan.whatsapp.access.SenderName;
import dev.banyan.whatsapp.access.SenderView;
import dev.banyan.whatsapp.failover.Failovers;
import dev.banyan.whatsapp.history.MessageDetails;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.whatsapp.history.MessageHistory;
import dev.banyan.whatsapp.messages.Outgoing.Decided;
import dev.banyan.whatsapp.messages.Outgoing.Ordered;
import dev.banyan.whatsapp.messages.PoolMessagesPage.Form;
import dev.banyan.whatsapp.messages.PoolMessagesPage.Row;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.WithFormRead;

/// The messages of a pool: sent and received messages, sending a message by hand, and decisions about messages for
/// which it is unknown whether they were sent.
@Path("/admin/pools")
@RunOnVirtualThread
class PoolMessagesPageResource {

    private static final int ROWS = 50;

    private final Pools pools;
    private final Failovers failovers;
    private final MessageHistory history;
    private final MessageDetails details;
    private final Outgoing outgoing;
    private final Database database;
    private final Uuids uuids;
    private final Clock clock;

    PoolMessagesPageResource(
            Pools pools,
            Failovers failovers,
            MessageHistory history,
            MessageDetails details,
            Outgoing outgoing,
            Database database,
            Uuids uuids,
            Clock clock) {
        this.pools = pools;
        this.failovers = failovers;
        this.history = history;
        this.details = details;
        this.outgoing = outgoing;
        this.database = database;
        this.uuids = uuids;
        this.clock = clock;
    }

    @GET
    @Path("{masterId}/messages")
    public Response show(@Context PoolPage page) {
        return Html.ok(draw(page, page.pool()));
    }

    /// Sends one message by hand, to try a pool.
    @POST
    @Path("{masterId}/messages")
    public Response send(
            @Context PoolPage page,
            @FormParam("to") @DefaultValue("") String to,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("sendAt") @DefaultValue("") String sendAt,
            @FormParam("zone") @DefaultValue("UTC") String zone,
            @FormParam("key") @DefaultValue("") String key) {
        var form = new Form(to, text, sendAt, key);
        Sender master = page.master();
        Optional<Phone> phone = Phone.ofContact(to);
        if (phone.isEmpty()) {
            return again(page, master, form, "to", "Use the international form, such as +971 50 000 0901.");
        }
        Optional<Instant> later = Optional.empty();
        if (!sendAt.isBlank()) {
            later = moment(sendAt, zone);
            if (later.isEmpty()) {
                return again(page, master, form, "sendAt", "Enter a date and a time.");
            }
        }
        String name = "page-" + Parse.of(key, UUID::fromString).orElseGet(uuids::next);
        var order = new Outgoing.Order(
                master.id(), phone.get(), text, Optional.empty(), name, new MessageSchedule(later, Optional.empty()));
        Ordered ordered = database.write(tx -> outgoing.order(tx, page.tenant(), page.actor(), order));
        return switch (ordered) {
            case Ordered.Done _ -> Html.seeOther(page.messagesPath(master) + "&done=message-ordered");
            case Ordered.NoPool _ -> throw PoolPage.notFound();
            case Ordered.Full _ ->
                again(
                        page,
                        master,
                        form,
                        "text",
                        "Too many messages are waiting in this pool. Try again in a few minutes.");
            case Ordered.Draining _ ->
                again(page, master, form, "text", "This pool is paused and accepts no new messages.");
            case Ordered.Rejected(var invalid) ->
                again(page, master, form, invalid.field().equals("sendAt") ? "sendAt" : "text", invalid.userMessage());
        };
    }

    /// @param zone of the browser; what is none counts as UTC
    private static Optional<Instant> moment(String typed, String zone) {
        return Parse.of(typed.strip(), LocalDateTime::parse)
                .map(time -> time.atZone(Parse.of(zone, ZoneId::of).orElse(ZoneOffset.UTC))
                        .toInstant());
    }

    private Response again(PoolPage page, Sender master, Form form, String field, String error) {
        return Html.invalid(draw(page, master, form, new FieldErrors(Map.of(field, error))));
    }

    @POST
    @Path("{masterId}/messages/{outgoingId}/resend")
    @WithFormRead
    public Response resend(@Context PoolPage page, @PathParam("outgoingId") String messageId) {
        return decide(page, messageId, "message-resent", QueueAction.REQUEUE);
    }

    @POST
    @Path("{masterId}/messages/{outgoingId}/give-up")
    @WithFormRead
    public Response giveUp(@Context PoolPage page, @PathParam("outgoingId") String messageId) {
        return decide(page, messageId, "message-given-up", QueueAction.GIVE_UP);
    }

    @POST
    @Path("{masterId}/messages/{outgoingId}/cancel")
    @WithFormRead
    public Response cancel(@Context PoolPage page, @PathParam("outgoingId") String messageId) {
        return decide(page, messageId, "message-canceled", QueueAction.CANCEL);
    }

    private Response decide(PoolPage page, String messageId, String done, QueueAction action) {
        Sender master = page.pool();
        UUID id = Parse.of(messageId, UUID::fromString)
                .filter(one -> outgoing.find(page.tenant(), one)
                        .filter(message -> message.pool().equals(master.id()))
                        .isPresent())
                .orElseThrow(PoolPage::notFound);
        return switch (database.<Decided>write(tx -> outgoing.decide(tx, master.tenant(), page.actor(), id, action))) {
            case Decided.Done _ -> Html.seeOther(page.messagesPath(master) + "&done=" + done);
            case Decided.NotPossible _ -> Html.seeOther(page.messagesPath(master) + "&done=message-decided");
            case Decided.NotFound _ -> throw PoolPage.notFound();
        };
    }

    private PoolMessagesPage draw(PoolPage page, Sender master) {
        return draw(page, master, new Form("", "", "", uuids.next().toString()), FieldErrors.NONE);
    }

    private PoolMessagesPage draw(PoolPage page, Sender master, Form form, FieldErrors errors) {
        AccountId tenant = page.tenant();
        boolean incoming = page.query("box").filter("in"::equals).isPresent();
        Optional<String> text = page.query("text").map(String::strip).filter(typed -> !typed.isEmpty());
        Optional<DeliveryState> state = page.query("state").flatMap(key -> Keyed.parse(DeliveryState.class, key));
        Optional<UUID> after = page.query("after").flatMap(id -> Parse.of(id, UUID::fromString));
        String base = page.messagesPath(master);
        String here = base
                + (incoming ? "&box=in" : "")
                + state.map(known -> "&state=" + known.key()).orElse("")
                + text.map(typed -> "&text=" + WebAddresses.encoded(typed)).orElse("");
        MessageHistory.Page<Row> found =
                incoming ? incoming(tenant, master, text, after) : outgoing(tenant, master, state, text, after);
        return new PoolMessagesPage(
                page.frame(master.shownName() + " – Messages"),
                page.view(master),
                page.isRemoved(master),
                failovers
                        .state(tenant, master.id())
                        .standIn()
                        .flatMap(id -> pools.sender(tenant, id))
                        .map(SenderName::of),
                incoming,
                base,
                here,
                Stream.of(DeliveryState.values())
                        .map(known -> new Choice(known.key(), PoolMessagesPage.word(known)))
                        .toList(),
                state.map(DeliveryState::key).orElse(""),
                PoolMessagesPage.QueueButton.of(state.stream()
                        .flatMap(one -> Stream.of(QueueAction.values()).filter(action -> action.appliesTo(one)))
                        .toList()),
                text.orElse(""),
                found.messages().stream()
                        .sorted(Comparator.comparing(Row::at).reversed())
                        .toList(),
                after.map(_ -> here),
                found.next().map(next -> here + "&after=" + next),
                form,
                errors);
    }

    private MessageHistory.Page<Row> outgoing(
            AccountId tenant,
            Sender master,
            Optional<DeliveryState> state,
            Optional<String> text,
            Optional<UUID> after) {
        var query = new MessageHistory.OutgoingQuery(
                Optional.of(master.id()),
                Optional.empty(),
                Optional.empty(),
                state.map(Set::of).orElse(Set.of()),
                text,
                Optional.empty());
        MessageHistory.Page<MessageHistory.Sent> page = history.outgoing(tenant, query, after, ROWS);
        Map<SenderId, Sender> senders = pools.senders(
                tenant,
                page.messages().stream()
                        .flatMap(sent -> sent.message().sender().stream())
                        .collect(Collectors.toSet()));
        Map<UUID, Details> more = details.of(
                tenant,
                page.messages().stream().map(MessageHistory.Sent::message).toList(),
                List.of());
        return new MessageHistory.Page<>(
                page.messages().stream()
                        .map(sent -> row(
                                sent, senders, more.getOrDefault(sent.message().id(), Details.NONE)))
                        .toList(),
                page.next());
    }

    private Row row(MessageHistory.Sent sent, Map<SenderId, Sender> senders, Details more) {
        OutgoingMessage message = sent.message();
        return new Row(
                message.id().toString(),
                time(message.createdAt()),
                SenderView.fullTime(message.createdAt()),
                message.createdAt().toString(),
                message.to().shown(),
                "",
                message.text(),
                message.media().map(Media::name),
                message.sender().map(id -> name(id, senders)),
                PoolMessagesPage.word(message.state()),
                PoolMessagesPage.tone(message.state()),
                message.error().orElse(""),
                sent.reason().orElse(""),
                message.waiting().map(this::words).orElse(""),
                more.price().map(PoolMessagesPage::charged).orElse(""),
                PoolMessagesPage.QueueButton.of(Stream.of(QueueAction.values())
                        .filter(action -> action.appliesTo(message.state()))
                        .toList()));
    }

    /// Says what a message waits for, and until when.
    private String words(Waiting waiting) {
        String time = Words.moment(waiting.retryAt());
        return switch (waiting.reason()) {
            case SCHEDULED -> "Scheduled for " + time + ".";
            case TURN -> waiting.reason().sentence;
            case QUOTA, WARM_UP, RATE, QUIET_HOURS, PAIR_LIMIT, NUMBER_AWAY, POOL_AWAY, PAUSED, APPROVAL, RETRY ->
                waiting.reason().sentence + " Next try: " + time + ".";
        };
    }

    private MessageHistory.Page<Row> incoming(
            AccountId tenant, Sender master, Optional<String> text, Optional<UUID> after) {
        var query =
                new MessageHistory.IncomingQuery(Optional.of(master.id()), Optional.empty(), Optional.empty(), text);
        MessageHistory.Page<IncomingMessage> page = history.incoming(tenant, query, after, ROWS);
        Map<SenderId, Sender> senders = pools.senders(
                tenant, page.messages().stream().map(IncomingMessage::sender).collect(Collectors.toSet()));
        return new MessageHistory.Page<>(
                page.messages().stream()
                        .map(message -> new Row(
                                message.id().toString(),
                                time(message.at()),
                                SenderView.fullTime(message.at()),
                                message.at().toString(),
                                message.from().shown(),
                                message.name(),
                                message.text(),
                                message.media().map(Media::name),
                                Optional.of(name(message.sender(), senders)),
                                "",
                                "",
                                message.group().map(_ -> "Written in a group.").orElse(""),
                                "",
                                "",
                                "",
                                List.of()))
                        .toList(),
                page.next());
    }

    private static SenderName name(SenderId id, Map<SenderId, Sender> senders) {
        return new SenderName(
                senders.containsKey(id) ? id.value() : "", Sender.shownName(Optional.ofNullable(senders.get(id)), id));
    }

    private String time(Instant at) {
        return SenderView.shortTime(at, clock.instant());
    }
}
