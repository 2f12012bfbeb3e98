package dev.banyan.whatsapp.drivers;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.RepeatedFailures;
import dev.banyan.platform.db.DatabaseUnavailable;
import dev.banyan.platform.files.FilesUnavailable;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.session.ReportLine;

/// Hands messages to gateways and reports what came of it. What may have been sent is looked for before anything else
/// is done: nothing is sent twice silently.
final class MessageSending {

    /// Calls to one gateway at the same time, below what [dev.banyan.platform.http.OutboundHttp] allows, so that
    /// questions about its state get through.
    private static final int AT_ONCE = 30;
    /// A gateway that asks for a short pause gets it here; a longer one is a matter of the queue.
    private static final Duration SHORT = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    /// Between two looks for a message, which get rarer: a gateway that was away for long leaves time for a repeat.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private static final int TRIES = 3;
    /// How long the fate of a message is looked for: a number that has failed gets 30 seconds to tell it.
    private static final Duration DOUBTS_FOR = Duration.ofSeconds(22);

    /// Within this time, one remark says that WhatsApp holds messages back.
    private static final Duration TOLD_AGAIN_AFTER = Duration.ofHours(6);

    static final String NOT_CONNECTED = "The number is not connected.";
    static final String NOT_ON_WHATSAPP = "This number is not on WhatsApp.";

    private final Gateway gateway;
    private final GatewayTools tools;
    private final ReportLine reports;
    private final GatewayWatch watch;
    private final ContactAddresses addresses;
    private final RepeatedFailures failures;
    private final Turns turns = new Turns(AT_ONCE);
    private final Cache<Map.Entry<SenderKey, String>, Boolean> told = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(TOLD_AGAIN_AFTER)
            .build();

    MessageSending(Gateway gateway, GatewayTools tools, ReportLine reports, GatewayWatch watch) {
        this.gateway = gateway;
        this.tools = tools;
        this.reports = reports;
        this.watch = watch;
        this.addresses = new ContactAddresses(gateway, tools.numbers());
        this.failures = new RepeatedFailures(MessageSending.class, tools.clock());
    }

    void send(Session session, OutgoingMessage message) {
        Handing handing = session.handing(message);
        tools.threads().execute(() -> send(handing));
    }

    /// Goes on with a message whose fate a server didn't learn before it ended, as if its connection had broken.
    void resume(Session session, OutgoingMessage message, String why) {
        Handing handing = session.handing(message);
        Instant now = tools.clock().instant();
        handing.doubts(new SendResult.Unknown(why), message.changedAt(), now);
        tools.threads().execute(() -> lookFor(handing, 1));
    }

    /// Gives back the messages of a number that are not at the gateway yet. That we took them is no refusal of the
    /// number: it would count as one that refuses messages when it comes back.
    void takeBack(Session session, String why) {
        session.sending().stream().filter(Handing::takeBack).forEach(handing -> givenBack(handing, why));
    }

    /// One try, and when it began.
    private record Tried(SendResult result, Instant began) {}

    private void send(Handing handing) {
        Optional<Tried> tried;
        handing.tries();
        try {
            tried = sendOnce(handing);
        } catch (FilesUnavailable _) {
            fileIsAway(handing);
            return;
        } catch (RuntimeException failure) {
            if (handing.takeBack()) {
                givenBack(handing, "Sending failed in an unexpected way.");
            } else if (handing.doubt().isPresent()) { // a repeat, which the database may have kept from being sent
                lookFor(handing, handing.attempts());
            } else {
                unclear(handing, "Sending failed in an unexpected way. It may have reached the contact.");
            }
            failures.failed(
                    "A message was not sent by", handing.session().sender().id(), failure);
            return;
        }
        try {
            tried.ifPresent(one -> settle(handing, one));
        } catch (RuntimeException failure) {
            // Such as how the contact is addressed: it is learned with the next message.
            failures.failed(
                    "Not all is kept of a message of",
                    handing.session().sender().id(),
                    failure);
        }
    }

    private void settle(Handing handing, Tried one) {
        switch (one.result()) {
            case SendResult.Sent(String provider, Optional<String> chat, Optional<String> held) -> {
                sent(handing, provider); // first: the database may be away
                addresses.told(handing.session(), handing.message().to(), chat);
                held.ifPresent(why -> held(handing.session(), why));
            }
            case SendResult.NotSent not -> notSent(handing, not);
            case SendResult.Unknown unknown -> {
                handing.doubts(unknown, one.began(), tools.clock().instant());
                lookFor(handing, 1);
            }
        }
    }

    /// Drivers read a file before they hand anything over, so this attempt has certainly not sent it.
    private void fileIsAway(Handing handing) {
        if (handing.doubt().isPresent()) {
            lookFor(handing, handing.attempts());
        } else if (handing.attempts() < TRIES) {
            again(handing, PAUSE.multipliedBy(handing.attempts()));
        } else if (handing.takeBack()) {
            givenBack(handing, "The file of this message can’t be read right now.");
        }
    }

    private void again(Handing handing, Duration pause) {
        handing.waits();
        tools.timers().in(pause, () -> send(handing));
    }

    private void notSent(Handing handing, SendResult.NotSent not) {
        Optional<Handing.Doubt> doubt = handing.doubt();
        // That a repeat was refused says nothing about the first one.
        if (doubt.isPresent() && not.why().isTemporary()) {
            lookFor(handing, handing.attempts());
        } else if (doubt.isPresent()) {
            refusedAgain(handing, doubt.get(), not);
        } else if (isWorthWaiting(not, handing.attempts())) {
            Duration pause = not.until()
                    .map(until -> Duration.between(tools.clock().instant(), until))
                    .filter(wait -> !wait.isNegative())
                    .orElse(PAUSE.multipliedBy(handing.attempts()));
            again(handing, pause);
        } else {
            notSent(handing, not.reason(), not.why().isTemporary(), false, Optional.of(not.refusal()));
        }
        if (not.why() == SendResult.Why.DISCONNECTED) {
            watch.failed(handing.session(), handing.message().to());
        }
        watch.refused(handing.session(), not);
        if (not.why() == SendResult.Why.OPTED_OUT) {
            tools.numbers()
                    .optedOut(handing.session().sender(), handing.message().to(), not.reason());
        }
    }

    /// Gives a message back for a reason on our side.
    private void givenBack(Handing handing, String reason) {
        notSent(handing, reason, true, true, Optional.empty());
    }

    private void notSent(
            Handing handing, String reason, boolean again, boolean ours, Optional<OutgoingMessage.Refusal> refusal) {
        report(
                handing,
                new DriverEvent.NotSent(
                        handing.session().sender(), handing.message().id(), reason, again, ours, refusal));
    }

    private boolean isWorthWaiting(SendResult.NotSent not, int attempt) {
        boolean isShort = switch (not.why()) {
            case LATER, PAIR_LIMIT -> true;
            case RESTRICTED, BANNED, DISCONNECTED, CREDENTIALS, CONTACT, OPTED_OUT, WINDOW_CLOSED, TEMPLATE, MESSAGE ->
                false;
        };
        Instant latest = tools.clock().instant().plus(SHORT);
        return isShort
                && attempt < TRIES
                && not.until().filter(latest::isBefore).isEmpty();
    }

    /// @return empty if the message was taken back
    private Optional<Tried> sendOnce(Handing handing) {
        Session session = handing.session();
        OutgoingMessage message = handing.message();
        Line line = session.line();
        MessageContent.Kind kind = message.content().kind(message.media());
        if (!gateway.capabilities(line.gateway().connection()).contains(Capability.toSend(kind))) {
            return refused(handing, gateway.kind().title() + " can’t send " + Capability.toSend(kind).words + ".");
        }
        Optional<Upload> file = message.media().flatMap(tools.files()::upload);
        if (message.media().isPresent() && file.isEmpty()) {
            return refused(handing, "The file of this message no longer exists.");
        }
        return turns.of(session.connection(), () -> {
            ContactAddresses.Found found = addresses.find(session, message.to());
            Instant began = tools.clock().instant();
            if (!handing.begins()) {
                return Optional.empty();
            }
            // A repeat is safe, and the gateway knows sooner than we do that it is back.
            boolean isOpen = session.phase() == Session.Phase.CONNECTED
                    || handing.doubt().isPresent();
            SendResult result = isOpen
                    ? switch (found) {
                        case ContactAddresses.Found.At(Optional<String> chat) ->
                            gateway.send(line, message, file, chat);
                        case ContactAddresses.Found.Nowhere _ ->
                            SendResult.notSent(SendResult.Why.CONTACT, NOT_ON_WHATSAPP);
                    }
                    : SendResult.notSent(SendResult.Why.DISCONNECTED, NOT_CONNECTED);
            return Optional.of(new Tried(result, began));
        });
    }

    private Optional<Tried> refused(Handing handing, String why) {
        return handing.begins()
                ? Optional.of(new Tried(
                        SendResult.notSent(SendResult.Why.MESSAGE, why),
                        tools.clock().instant()))
                : Optional.empty();
    }

    private void sent(Handing handing, String provider) {
        Session session = handing.session();
        session.proved(tools.clock().instant());
        session.results().sent();
        session.hasSent(provider);
        report(handing, new DriverEvent.Sent(session.sender(), handing.message().id(), provider));
    }

    /// Tells people once that WhatsApp delivers messages later, or never: a campaign has thousands of them.
    private void held(Session session, String why) {
        if (told.asMap().putIfAbsent(Map.entry(session.sender(), why), true) == null) {
            tools.numbers().remark(session.sender(), "Messages held back", why, true);
        }
    }

    /// A gateway never said what became of a message, and doesn't find it.
    private void failed(Handing handing, String reason) {
        unclear(handing, reason);
        if (handing.attempts() > 0) { // another server may have failed, not the number
            watch.failed(handing.session(), handing.message().to());
        }
    }

    private void unclear(Handing handing, String reason) {
        report(
                handing,
                new DriverEvent.Unclear(
                        handing.session().sender(), handing.message().id(), reason));
    }

    /// Looks for a message that may have been sent, and sends it again only if that can't reach the contact twice.
    /// A gateway that is away is asked again when it may be back, and one that can't repeat it may know it later.
    /// Until then the message keeps its place: a gateway that only reports errors doesn't get the whole queue in
    /// doubt.
    private void lookFor(Handing handing, int look) {
        Handing.Doubt doubt = handing.doubt().orElseThrow();
        Duration pause = look == 1 ? PAUSE : LONGEST_PAUSE;
        switch (find(handing, doubt)) {
            case GatewayAnswer.Done<Optional<String>>(Optional<String> provider)
            when provider.isPresent() -> sent(handing, provider.get());
            case GatewayAnswer<Optional<String>> answer
            when isTime(doubt, PAUSE)
                    && !mayPass(answer)
                    && gateway.isRepeatable(handing.session().line(), handing.message()) -> again(handing, PAUSE);
            case GatewayAnswer<Optional<String>> _
            when isTime(doubt, pause) -> tools.timers().in(pause, () -> lookFor(handing, look + 1));
            case GatewayAnswer<Optional<String>> _ ->
                failed(handing, doubt.unknown().reason());
        }
    }

    private boolean isTime(Handing.Doubt doubt, Duration pause) {
        return tools.clock().instant().plus(pause).isBefore(doubt.since().plus(DOUBTS_FOR));
    }

    /// A repeat was refused for good. No gateway says that it never had the first one: it checks each for itself, and
    /// what it checks may have changed in between.
    private void refusedAgain(Handing handing, Handing.Doubt doubt, SendResult.NotSent not) {
        if (find(handing, doubt) instanceof GatewayAnswer.Done<Optional<String>>(Optional<String> provider)
                && provider.isPresent()) {
            sent(handing, provider.get());
        } else {
            failed(handing, doubt.unknown().reason() + " A second attempt was refused: " + not.reason());
        }
    }

    private static boolean mayPass(GatewayAnswer<?> answer) {
        return answer instanceof GatewayAnswer.Failed<?>(GatewayAnswer.Trouble trouble) && trouble.mayPass();
    }

    private GatewayAnswer<Optional<String>> find(Handing handing, Handing.Doubt doubt) {
        Session session = handing.session();
        Optional<String> chat;
        try {
            chat = tools.numbers().chat(session.sender(), handing.message().to());
        } catch (DatabaseUnavailable _) {
            return GatewayAnswer.failed(GatewayAnswer.Trouble.Kind.LATER, "The database did not answer.");
        }
        return gateway.find(session.line(), handing.message(), chat, new Attempt(doubt.began(), session.sentLately()));
    }

    /// What waits for the end of a message finds its result: it is stored by then.
    private void report(Handing handing, DriverEvent event) {
        var _ = reports.reportUntilKept(event).whenComplete((_, _) -> handing.ends());
    }
}
