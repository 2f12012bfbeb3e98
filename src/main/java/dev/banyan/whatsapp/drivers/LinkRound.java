package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.session.ReportLine;

/// One linking of a number: makes the gateway ready, shows its codes as they change, and ends with one event. The
/// gateway is asked every [#STEP]; its webhooks make that sooner.
final class LinkRound {

    static final Duration STEP = Duration.ofSeconds(2);
    /// How long a session may take to offer its first code, beyond the life of all codes.
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

    private static final Duration PASSKEY_WITHIN = Duration.ofMinutes(6);
    /// A code that appears this long after the last one expired follows it without a gap.
    private static final Duration SAME_TIME = Duration.ofSeconds(6);

    private final Gateway gateway;
    private final Session session;
    private final ReportLine reports;
    private final GatewayTools tools;
    private final Consumer<NumberStatus> linked;
    private Instant deadline;
    private Optional<DriverEvent.Code> shown = Optional.empty();
    private Optional<String> pairing = Optional.empty();
    private boolean wantsPasskey;
    private Optional<Trouble> trouble = Optional.empty();
    private Optional<Timers.Timer> next = Optional.empty();
    private final CompletableFuture<Boolean> told = new CompletableFuture<>();

    /// @param linked called when a phone has accepted the device
    LinkRound(Gateway gateway, Session session, ReportLine reports, GatewayTools tools, Consumer<NumberStatus> linked) {
        this.gateway = gateway;
        this.session = session;
        this.reports = reports;
        this.tools = tools;
        this.linked = linked;
        this.deadline = tools.clock().instant().plus(STARTS_WITHIN).plus(lifeOfCodes());
    }

    private Duration lifeOfCodes() {
        return IntStream.rangeClosed(1, gateway.codes())
                .mapToObj(gateway::codeLasts)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /// Makes the gateway ready and shows the first code, if it offers one at once.
    void begin() {
        Line line = session.line();
        switch (gateway.prepare(line).then(_ -> gateway.start(line)).then(status -> anew(line, status))) {
            case GatewayAnswer.Done<NumberStatus>(NumberStatus status) -> happened(status);
            case GatewayAnswer.Failed<NumberStatus>(Trouble failed) -> fail(failed.sentence());
        }
        again();
    }

    /// Starts a session anew whose last codes were used up.
    private GatewayAnswer<NumberStatus> anew(Line line, NumberStatus status) {
        return status.state() == NumberStatus.State.GIVEN_UP ? gateway.restart(line) : GatewayAnswer.done(status);
    }

    private synchronized void again() {
        if (isOpen()) {
            next.ifPresent(Timers.Timer::cancel);
            next = Optional.of(tools.timers().in(STEP, this::look));
        }
    }

    private boolean isOpen() {
        return session.linking().equals(Optional.of(this));
    }

    /// Asks the gateway how far it is.
    void look() {
        if (!isOpen()) {
            return;
        }
        try {
            switch (gateway.status(session.line())) {
                case GatewayAnswer.Done<NumberStatus>(NumberStatus status) -> happened(status);
                case GatewayAnswer.Failed<NumberStatus>(Trouble failed) -> failed(failed);
            }
        } finally {
            again();
        }
    }

    private synchronized void failed(Trouble failed) {
        trouble = Optional.of(failed);
        if (!failed.mayPass() || isLate()) {
            fail(failed.sentence());
        }
    }

    private boolean isLate() {
        return !tools.clock().instant().isBefore(deadline);
    }

    /// Acts on what the gateway says about the number.
    synchronized void happened(NumberStatus status) {
        if (!isOpen()) {
            return;
        }
        switch (status.state()) {
            case WORKING, RESTRICTED -> linkedWith(status);
            case PASSKEY -> passkey();
            case GIVEN_UP -> giveUp(shown.isPresent() ? "" : status.reason());
            case BANNED, BLOCKED -> fail(status.reason());
            case CODE -> {
                if (isLate()) {
                    giveUp("");
                } else {
                    wantsPasskey = false;
                    showCode();
                }
            }
            // A session that was just created may not have begun, and one that was logged out begins anew.
            case STOPPED, STARTING, UNLINKED -> {
                if (gateway.codes() == 0 && !status.reason().isEmpty()) {
                    fail(status.reason()); // no phone can change that
                } else if (isLate()) {
                    giveUp("");
                }
            }
        }
    }

    private void linkedWith(NumberStatus status) {
        if (status.phone().isPresent()) {
            close(Session.Phase.CONNECTED, () -> linked.accept(status));
        } else if (isLate()) {
            fail("The gateway does not say which number was linked.");
        }
    }

    private void passkey() {
        if (!wantsPasskey) {
            wantsPasskey = true;
            deadline = tools.clock().instant().plus(PASSKEY_WITHIN);
            reports.report(new DriverEvent.PasskeyRequired(session.sender()));
        } else if (isLate()) {
            giveUp("");
        }
    }

    private void showCode() {
        if (gateway.code(session.line()) instanceof GatewayAnswer.Done<QrCode>(QrCode code)) {
            show(code.text());
        }
    }

    /// Shows a code, if it is another one.
    synchronized void show(String text) {
        if (!isOpen()
                || wantsPasskey
                || shown.filter(last -> last.text().equals(text)).isPresent()) {
            return;
        }
        Instant now = tools.clock().instant();
        int number = shown.map(DriverEvent.Code::number).orElse(0) + 1;
        Instant from = shown.map(DriverEvent.Code::expiresAt)
                .filter(end -> Duration.between(end, now).abs().compareTo(SAME_TIME) <= 0)
                .orElse(now);
        var code = new DriverEvent.Code(
                session.sender(),
                text,
                number,
                Math.max(number, gateway.codes()),
                from,
                from.plus(gateway.codeLasts(number)));
        shown = Optional.of(code);
        reports.report(code);
        told.complete(true);
    }

    synchronized Optional<String> pairingCode(Phone phone) {
        if (!isOpen()) {
            return Optional.empty();
        }
        if (pairing.isEmpty()
                && gateway.pairingCode(session.line(), phone) instanceof GatewayAnswer.Done<String>(String code)) {
            pairing = Optional.of(code);
        }
        return pairing;
    }

    /// Completes when there is something to show.
    CompletableFuture<Boolean> told() {
        return told;
    }

    /// Ends it without an event.
    void cancel() {
        close(Session.Phase.OFF, () -> {});
    }

    /// @param reason empty: no code was scanned
    private void giveUp(String reason) {
        if (!reason.isEmpty()) {
            fail(reason);
        } else {
            close(Session.Phase.OFF, () -> reports.report(new DriverEvent.TimedOut(session.sender())));
        }
    }

    private void fail(String reason) {
        close(
                Session.Phase.OFF,
                () -> reports.report(new DriverEvent.LinkFailed(
                        session.sender(),
                        trouble.map(Trouble::sentence)
                                .filter(_ -> reason.isEmpty())
                                .orElse(reason))));
    }

    private synchronized void close(Session.Phase phase, Runnable report) {
        if (session.end(this, phase)) {
            next.ifPresent(Timers.Timer::cancel);
            report.run();
            told.complete(true);
        }
    }
}
