package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.ContactAddress.UserId;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.session.ReportLine;

/// Turns what webhooks tell into events of the driver. Webhooks come twice, late and in any order: what is told here is
/// only ever added, and whoever stores it ignores what it knows.
record HookEvents(
        Gateway gateway,
        GatewayTools tools,
        ReportLine reports,
        Map<SenderKey, Session> sessions,
        Upkeep upkeep,
        GatewayWatch watch) {

    /// It isn't known yet whether a message is one of ours that is still on its way; the webhook is tried again.
    static final class PerhapsOurs extends RuntimeException {

        PerhapsOurs() {
            super("It isn’t known yet whether the message is ours");
        }
    }

    private static final Duration FRESH = Duration.ofMinutes(2);
    private static final int LONGEST_GROUP = 120;
    private static final int ECHO_TRIES = 30;
    private static final Duration ECHO_PAUSE = Duration.ofMillis(300);
    private static final String STOPPED = "The contact stopped marketing messages in WhatsApp.";

    /// @return completes when everything is kept; exceptionally if it must be tried again
    CompletableFuture<Void> happened(GatewayAccess access, List<HookEvent> events) {
        List<HookEvent> changes = events.stream().filter(HookEvents::isChange).toList();
        List<HookEvent> others =
                events.stream().filter(event -> !isChange(event)).toList();
        // A change comes after its message, and a price too, which the receipt before it may have named first.
        return each(access, others)
                .thenComposeAsync(_ -> each(access, changes), tools.threads())
                .thenCompose(_ -> all(prices(access, events)));
    }

    private static boolean isChange(HookEvent event) {
        return event instanceof HookEvent.Edited || event instanceof HookEvent.Deleted;
    }

    private CompletableFuture<Void> each(GatewayAccess access, List<HookEvent> events) {
        var all = new ArrayList<CompletableFuture<Void>>();
        for (HookEvent event : events) {
            if (event instanceof HookEvent.Notice notice) {
                told(access, notice);
            } else if (event instanceof HookEvent.Paired(Phone phone, String user)) {
                Connection business = access.connection();
                tools.numbers().pair(business.tenant(), new UserId(user, business.id()), phone);
            } else if (event instanceof HookEvent.UserIdChanged(String from, String to, Optional<Phone> phone)) {
                Connection business = access.connection();
                tools.numbers()
                        .renamed(
                                business.tenant(),
                                new UserId(from, business.id()),
                                new UserId(to, business.id()),
                                phone);
            } else if (!(event instanceof HookEvent.Priced)) {
                tools.numbers()
                        .sender(access, event.remote())
                        .ifPresent(sender -> all.add(happened(access, sender, event)
                                .exceptionallyCompose(failure -> isOfNoOne(failure)
                                        ? done(() -> notShown(access, List.of(event)))
                                        : CompletableFuture.failedFuture(failure))));
            }
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private static boolean isOfNoOne(Throwable failure) {
        return failure instanceof HookWriters.NoOne || failure.getCause() instanceof HookWriters.NoOne;
    }

    /// Tells people that messages of contacts came in that can't be shown.
    void notShown(GatewayAccess access, List<HookEvent> events) {
        events.stream()
                .filter(HookEvent.Message.class::isInstance)
                .flatMap(event -> tools.numbers().sender(access, event.remote()).stream())
                .distinct()
                .forEach(sender -> tools.numbers()
                        .remark(
                                sender,
                                "Message not shown",
                                "A contact has written what couldn’t be kept here. Open WhatsApp on the phone to read it.",
                                true));
    }

    private List<DriverEvent> prices(GatewayAccess access, List<HookEvent> events) {
        return events.stream()
                .filter(HookEvent.Priced.class::isInstance)
                .map(HookEvent.Priced.class::cast)
                .<DriverEvent>mapMulti((priced, next) -> tools.numbers()
                        .sender(access, priced.remote())
                        .ifPresent(sender -> next.accept(new DriverEvent.Priced(
                                sender, priced.provider(), priced.category(), priced.isBillable()))))
                .toList();
    }

    private void told(GatewayAccess access, HookEvent.Notice notice) {
        notice.remotes().stream()
                .flatMap(remote -> tools.numbers().sender(access, remote).stream())
                .forEach(sender -> tools.numbers().remark(sender, notice.title(), notice.details(), notice.isBad()));
        noticed(access, notice);
    }

    /// Does what each server has to that has numbers of a gateway.
    void noticed(GatewayAccess access, HookEvent.Notice notice) {
        if (notice.isBad()) {
            watch.changed(access); // it may concern numbers, whose states say what it means
        }
        if (notice.remotes().isEmpty()) {
            sessions.values().stream()
                    .filter(session ->
                            session.connection().equals(access.connection().id()))
                    .forEach(session ->
                            tools.numbers().remark(session.sender(), notice.title(), notice.details(), notice.isBad()));
        }
    }

    private CompletableFuture<Void> happened(GatewayAccess access, SenderKey sender, HookEvent event) {
        Optional<Session> session = Optional.ofNullable(sessions.get(sender));
        session.filter(one -> one.phase() == Session.Phase.CONNECTED && isFresh(event))
                .ifPresent(one -> one.proved(tools.clock().instant()));
        return switch (event) {
            case HookEvent.StatusChanged changed -> done(() -> session.ifPresent(one -> status(one, changed.status())));
            case HookEvent.CodeChanged changed ->
                done(() -> session.flatMap(Session::linking)
                        .ifPresent(round -> changed.code().ifPresentOrElse(round::show, round::look)));
            case HookEvent.Receipt receipt -> afterSending(session, receipt.message(), () -> receipt(sender, receipt));
            case HookEvent.Undeliverable not ->
                afterSending(session, not.message(), () -> undeliverable(session, sender, not));
            case HookEvent.Message message -> inOrder(session, () -> message(access, sender, message));
            case HookEvent.Echo echo -> echo(session, () -> echo(access, sender, echo.message()), ECHO_TRIES);
            case HookEvent.Edited edited ->
                inOrder(
                        session,
                        () -> writers()
                                .writer(access, sender, edited.provider(), edited.chat(), edited.isInGroup())
                                .map(writer -> new DriverEvent.Edited(
                                        sender, edited.provider(), writer, edited.text(), edited.at()))
                                .stream()
                                .toList());
            case HookEvent.Deleted deleted ->
                inOrder(
                        session,
                        () -> writers()
                                .writer(access, sender, deleted.provider(), deleted.chat(), deleted.isInGroup())
                                .map(writer ->
                                        new DriverEvent.Deleted(sender, deleted.provider(), writer, deleted.at()))
                                .stream()
                                .toList());
            case HookEvent.Reacted reacted ->
                inOrder(
                        session,
                        () -> List.of(new DriverEvent.Reacted(
                                sender,
                                reacted.provider(),
                                writers().contact(access, sender, reacted.chat()),
                                reacted.emoji(),
                                reacted.at())));
            case HookEvent.Seen seen ->
                inOrder(
                        session,
                        () -> writers()
                                .writer(access, sender, seen.provider(), seen.chat(), false)
                                .map(contact -> new DriverEvent.Seen(sender, seen.provider(), contact))
                                .stream()
                                .toList());
            case HookEvent.NumberChanged changed ->
                inOrder(session, () -> {
                    tools.numbers().moved(sender, changed.from(), changed.to());
                    return List.of();
                });
            case HookEvent.Preference preference ->
                inOrder(session, () -> {
                    ContactAddress contact = writers().contact(access, sender, preference.chat());
                    if (preference.isStop()) {
                        tools.numbers().optedOut(sender, contact, STOPPED);
                    } else {
                        tools.numbers().optedIn(sender, contact);
                    }
                    return List.of();
                });
            case HookEvent.Typing typing ->
                writers()
                        .known(access, sender, typing.chat())
                        .map(contact -> all(List.of(new DriverEvent.Typing(sender, contact, typing.isTyping()))))
                        .orElseGet(() -> CompletableFuture.completedFuture(null));
            case HookEvent.Priced _,
                    HookEvent.Alive _,
                    HookEvent.Notice _,
                    HookEvent.Paired _,
                    HookEvent.UserIdChanged _,
                    HookEvent.TemplatesChanged _ -> CompletableFuture.completedFuture(null);
        };
    }

    /// Returns whether this has just happened: a burst of old messages proves nothing about a number.
    private boolean isFresh(HookEvent event) {
        Optional<Instant> written = switch (event) {
            case HookEvent.Message message -> Optional.of(message.at());
            case HookEvent.Echo echo -> Optional.of(echo.message().at());
            default -> Optional.empty();
        };
        return written.filter(tools.clock().instant().minus(FRESH)::isAfter).isEmpty();
    }

    private static CompletableFuture<Void> done(Runnable work) {
        work.run();
        return CompletableFuture.completedFuture(null);
    }

    /// A gateway's claim about a number. What ends a link is asked again first, because such claims are wrong at times.
    private void status(Session session, NumberStatus status) {
        Optional<LinkRound> round = session.linking();
        if (round.isPresent()) {
            round.get().happened(status);
            return;
        }
        switch (status.state()) {
            case WORKING, RESTRICTED, BANNED, BLOCKED -> upkeep.observe(session, status);
            case STARTING, STOPPED, CODE, PASSKEY, UNLINKED, GIVEN_UP -> {
                if (gateway.status(session.line()) instanceof GatewayAnswer.Done<NumberStatus>(NumberStatus now)) {
                    boolean isSame = now.state() == status.state();
                    upkeep.observe(session, isSame && now.reason().isEmpty() ? status : now);
                }
            }
        }
    }

    private interface Told {
        List<? extends DriverEvent> events();
    }

    /// Events of contacts: those of one number stay in order, and a file that takes long holds up only that number.
    private CompletableFuture<Void> inOrder(Optional<Session> session, Told told) {
        var kept = new CompletableFuture<Void>();
        Runnable work = () -> {
            try {
                all(told.events()).whenComplete((_, failure) -> {
                    if (failure == null) {
                        kept.complete(null);
                    } else {
                        kept.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException failure) {
                kept.completeExceptionally(failure);
            }
        };
        if (session.isPresent()) {
            var _ = session.get().inOrder(tools.threads(), work);
        } else {
            tools.threads().execute(work);
        }
        return kept;
    }

    /// @param message our own id, if the gateway repeats it: then this may be the answer that is waited for
    private CompletableFuture<Void> afterSending(Optional<Session> session, Optional<UUID> message, Told told) {
        return handedOver(session.filter(_ -> message.isEmpty()))
                .thenComposeAsync(_ -> all(told.events()), tools.threads());
    }

    private static CompletableFuture<Void> handedOver(Optional<Session> session) {
        return session.map(Session::handedOver).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Void> all(List<? extends DriverEvent> events) {
        return CompletableFuture.allOf(
                events.stream().map(reports::reportUntilKept).toArray(CompletableFuture[]::new));
    }

    private static List<DriverEvent> receipt(SenderKey sender, HookEvent.Receipt receipt) {
        var events = new ArrayList<DriverEvent>();
        // It may be the only answer that we ever get about a message.
        receipt.message().ifPresent(id -> events.add(new DriverEvent.Sent(sender, id, receipt.provider())));
        switch (receipt.stage()) {
            case SENT -> {}
            case DELIVERED -> events.add(new DriverEvent.Delivered(sender, receipt.provider()));
            case READ -> events.add(new DriverEvent.Read(sender, receipt.provider()));
        }
        return events;
    }

    private List<DriverEvent> undeliverable(Optional<Session> session, SenderKey sender, HookEvent.Undeliverable not) {
        var events = new ArrayList<DriverEvent>();
        not.message().ifPresent(id -> events.add(new DriverEvent.Sent(sender, id, not.provider())));
        SendResult.NotSent why = not.why();
        events.add(new DriverEvent.Undeliverable(
                sender, not.provider(), why.reason(), why.why().isTemporary(), Optional.of(why.refusal())));
        session.ifPresent(one -> watch.refused(one, not.why()));
        if (not.why().why() == SendResult.Why.OPTED_OUT) {
            tools.numbers()
                    .optedOut(sender, not.provider(), not.message(), not.why().reason());
        }
        return events;
    }

    private List<DriverEvent> message(GatewayAccess access, SenderKey sender, HookEvent.Message message) {
        if (message.group().isPresent() && !tools.numbers().asksForGroups(sender)) {
            return List.of();
        }
        ContactAddress from = writers().contact(access, sender, message.chat());
        Optional<Media> file = message.media().flatMap(media -> fetch(access, sender, media));
        return List.of(new DriverEvent.Received(
                sender,
                message.provider(),
                from,
                message.name(),
                message.username(),
                text(message, file),
                file,
                message.content(),
                message.group().map(group -> group.substring(0, Math.min(group.length(), LONGEST_GROUP))),
                earlier(message.at(), tools.clock().instant())));
    }

    /// Waits until it is known whether a message is one of ours that is being handed over.
    private CompletableFuture<Void> echo(Optional<Session> session, Told told, int tries) {
        return handedOver(session).thenCompose(_ -> inOrder(session, told)).exceptionallyCompose(failure -> {
            boolean isTriedAgain =
                    tries > 1 && (failure instanceof PerhapsOurs || failure.getCause() instanceof PerhapsOurs);
            return isTriedAgain
                    ? CompletableFuture.runAsync(
                                    () -> {},
                                    CompletableFuture.delayedExecutor(
                                            ECHO_PAUSE.toMillis(), TimeUnit.MILLISECONDS, tools.threads()))
                            .thenCompose(_ -> echo(session, told, tries - 1))
                    : CompletableFuture.failedFuture(failure);
        });
    }

    /// A message that left from the number: one of ours, or written on the phone. It may be told before the answer to
    /// our own call, or tell the fate of a message of ours that no answer told.
    private List<? extends DriverEvent> echo(GatewayAccess access, SenderKey sender, HookEvent.Message message) {
        if (tools.numbers().recipient(sender, message.provider()).isPresent()) {
            return List.of();
        }
        if (tools.numbers().isHandingOver(sender, message.at())) {
            throw new PerhapsOurs();
        }
        Optional<Phone> own = tools.numbers().line(sender).flatMap(Line::phone);
        if (own.flatMap(phone -> message.chat().phone().filter(phone::isFormOf)).isPresent()) {
            return List.of(); // a note that someone has sent to their own number
        }
        ContactAddress to = writers().contact(access, sender, message.chat());
        if (tools.numbers().isHandingOver(sender, to, message)) {
            throw new PerhapsOurs();
        }
        Optional<UUID> lost = tools.numbers().lost(sender, to, message);
        if (lost.isPresent()) {
            return List.of(new DriverEvent.Sent(sender, lost.get(), message.provider()));
        }
        Optional<Media> file = message.media().flatMap(media -> fetch(access, sender, media));
        return List.of(new DriverEvent.Echoed(
                sender,
                message.provider(),
                to,
                message.name(),
                text(message, file),
                file,
                message.content(),
                earlier(message.at(), tools.clock().instant())));
    }

    private static String text(HookEvent.Message message, Optional<Media> file) {
        return file.isEmpty() ? message.withoutFile().text() : message.text();
    }

    /// The clock of a phone may be ahead of ours; a message from the future would stay at the end of its thread.
    private static Instant earlier(Instant said, Instant now) {
        return said.isAfter(now) ? now : said;
    }

    private Optional<Media> fetch(GatewayAccess access, SenderKey sender, RemoteMedia media) {
        Optional<Line> line = tools.numbers().line(sender);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        return switch (gateway.download(line.get(), media)) {
            case GatewayAnswer.Done<Download>(Download file) ->
                Optional.of(tools.files()
                        .keep(
                                sender,
                                file.name().isBlank() ? media.name() : file.name(),
                                file.type().isBlank() ? media.type() : file.type(),
                                file.bytes()));
            case GatewayAnswer.Failed<Download>(GatewayAnswer.Trouble trouble) -> {
                switch (trouble.kind()) {
                    // The gateway may be back in a moment, and the file is still there.
                    case UNREACHABLE, TIMED_OUT, LATER, CREDENTIALS, OPERATOR ->
                        throw new IllegalStateException(trouble.sentence());
                    case ADDRESS_REFUSED, UNKNOWN, UNSUPPORTED, REFUSED -> {}
                }
                yield Optional.empty();
            }
        };
    }

    private HookWriters writers() {
        return new HookWriters(gateway, tools.numbers());
    }
}
