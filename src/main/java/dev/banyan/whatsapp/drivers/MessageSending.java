package dev.banyan.whatsapp.drivers;

import dev.banyan.platform.files.UnusableFiles;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.session.ReportLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Hands messages to gateways and reports what came of it. What may have been sent is looked for before anything else
/// is done: nothing is sent twice silently.
final class MessageSending {

    /// Calls to one gateway at the same time, below what [dev.banyan.platform.http.OutboundHttp] allows, so that
    /// questions about its state get through.
    private static final int AT_ONCE = 30;
    /// A gateway that asks for a short pause gets it here; a longer one is a matter of the queue.
    private static final Duration SHORT = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int TRIES = 3;
    /// Looks for a message at a gateway that is away: within 20 seconds, because a number that has failed gets 30.
    private static final int LOOKS = 5;

    private final Gateway gateway;
    private final GatewayTools tools;
    private final ReportLine reports;
    private final GatewayWatch watch;
    private final Turns turns = new Turns(AT_ONCE);

    MessageSending(Gateway gateway, GatewayTools tools, ReportLine reports, GatewayWatch watch) {
        this.gateway = gateway;
        this.tools = tools;
        this.reports = reports;
        this.watch = watch;
    }

    void send(Session session, OutgoingMessage message) {
        CompletableFuture<Void> result = session.handing();
        tools.threads().execute(() -> send(session, message, result, 1));
    }

    /// One try, and when it began.
    private record Tried(SendResult result, Instant began) {}

    private void send(Session session, OutgoingMessage message, CompletableFuture<Void> result, int attempt) {
        Tried tried;
        try {
            tried = sendOnce(session, message);
        } catch (UnusableFiles _) {
            fileIsAway(session, message, result, attempt);
            return;
        } catch (RuntimeException failure) {
            report(
                    session,
                    result,
                    new DriverEvent.Unclear(
                            session.sender(),
                            message.id(),
                            "Sending failed in an unexpected way. It may have reached the contact."));
            throw failure;
        }
        switch (tried.result()) {
            case SendResult.Sent(String provider) -> sent(session, message, result, provider);
            case SendResult.NotSent not
            when isWorthWaiting(not, attempt) ->
                tools.timers()
                        .in(
                                not.until()
                                        .map(until ->
                                                Duration.between(tools.clock().instant(), until))
                                        .filter(wait -> !wait.isNegative())
                                        .orElse(PAUSE.multipliedBy(attempt)),
                                () -> send(session, message, result, attempt + 1));
            case SendResult.NotSent not -> {
                notSent(session, message, result, not.reason(), not.why().isTemporary(), false);
                watch.refused(session, not);
                if (not.why() == SendResult.Why.OPTED_OUT) {
                    tools.numbers().optedOut(session.sender(), message.to(), not.reason());
                }
            }
            case SendResult.Unknown unknown ->
                lookFor(new Doubt(session, message, result, unknown, tried.began(), attempt), 1);
        }
    }

    /// Drivers read a file before they hand anything over, so it was certainly not sent.
    private void fileIsAway(Session session, OutgoingMessage message, CompletableFuture<Void> result, int attempt) {
        if (attempt < TRIES) {
            tools.timers().in(PAUSE.multipliedBy(attempt), () -> send(session, message, result, attempt + 1));
        } else {
            notSent(session, message, result, "The file of this message can’t be read right now.", true, true);
        }
    }

    private void notSent(
            Session session,
            OutgoingMessage message,
            CompletableFuture<Void> result,
            String reason,
            boolean again,
            boolean ours) {
        report(session, result, new DriverEvent.NotSent(session.sender(), message.id(), reason, again, ours));
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

    private Tried sendOnce(Session session, OutgoingMessage message) {
        Line line = session.line();
        MessageContent.Kind kind = message.content().kind(message.media());
        if (!gateway.capabilities(line.gateway().connection()).contains(Capability.toSend(kind))) {
            return refused(gateway.kind().title() + " can’t send "
                    + Capability.toSend(kind).words() + ".");
        }
        Optional<Upload> file = message.media().flatMap(tools.files()::upload);
        if (message.media().isPresent() && file.isEmpty()) {
            return refused("The file of this message no longer exists.");
        }
        return turns.of(session.connection(), () -> {
            Instant began = tools.clock().instant();
            return new Tried(
                    gateway.send(line, message, file, tools.numbers().address(session.sender(), message.to())), began);
        });
    }

    private Tried refused(String why) {
        return new Tried(
                SendResult.notSent(SendResult.Why.MESSAGE, why), tools.clock().instant());
    }

    private void sent(Session session, OutgoingMessage message, CompletableFuture<Void> result, String provider) {
        session.proved(tools.clock().instant());
        session.hasSent(provider);
        report(session, result, new DriverEvent.Sent(session.sender(), message.id(), provider));
    }

    /// A message that may have been sent.
    private record Doubt(
            Session session,
            OutgoingMessage message,
            CompletableFuture<Void> result,
            SendResult.Unknown unknown,
            Instant began,
            int attempt) {}

    /// Looks for it, and sends it again only if that can't reach the contact twice. A gateway that is away is asked
    /// again when it may be back: what it has sent is told apart from what it has not.
    private void lookFor(Doubt doubt, int look) {
        switch (find(doubt)) {
            case GatewayAnswer.Done<Optional<String>>(Optional<String> provider)
            when provider.isPresent() -> sent(doubt.session(), doubt.message(), doubt.result(), provider.get());
            case GatewayAnswer.Failed<Optional<String>>(GatewayAnswer.Trouble trouble)
            when trouble.mayPass() && look < LOOKS ->
                tools.timers().in(PAUSE.multipliedBy(look), () -> lookFor(doubt, look + 1));
            case GatewayAnswer<Optional<String>> _ -> notFound(doubt);
        }
    }

    private void notFound(Doubt doubt) {
        if (gateway.isRepeatable(doubt.session().line(), doubt.message()) && doubt.attempt() < TRIES) {
            tools.timers()
                    .in(
                            PAUSE.multipliedBy(doubt.attempt()),
                            () -> send(doubt.session(), doubt.message(), doubt.result(), doubt.attempt() + 1));
        } else {
            report(
                    doubt.session(),
                    doubt.result(),
                    new DriverEvent.Unclear(
                            doubt.session().sender(),
                            doubt.message().id(),
                            doubt.unknown().reason()));
        }
    }

    private GatewayAnswer<Optional<String>> find(Doubt doubt) {
        Session session = doubt.session();
        return gateway.find(
                session.line(),
                doubt.message(),
                tools.numbers().address(session.sender(), doubt.message().to()),
                new Attempt(doubt.began(), session.sentLately()));
    }

    private void report(Session session, CompletableFuture<Void> result, DriverEvent event) {
        reports.report(event);
        result.complete(null);
    }
}
