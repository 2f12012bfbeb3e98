package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.DriverListener.Receipt;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.session.ReportLine;
import org.jboss.logging.Logger;

/// The driver of every kind of gateway: it decides what the gateway is asked when, believes no claim for longer than
/// the gateway's proof is worth, and turns what the gateway says into events. How to ask is the [Gateway]'s business.
public abstract class GatewayDriver implements Driver {

    private static final Logger LOG = Logger.getLogger(GatewayDriver.class);

    /// What was missed is looked for from this long before the last sign of life.
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final Duration FIRST_RECOVERY = Duration.ofHours(1);
    /// Histories that are fetched from one gateway at the same time: after its restart all of its numbers want theirs.
    private static final int HISTORIES = 4;
    /// Numbers of one gateway that get another proxy at the same time: it restarts each of them.
    private static final int PROXIES = 4;
    /// Within about five minutes.
    private static final int RECOVERIES = 5;
    private static final Duration RECOVERED_AGAIN = Duration.ofSeconds(30);

    private final Gateway gateway;
    private final GatewayTools tools;
    private final ReportLine reports;
    private final Map<SenderKey, Session> sessions = new ConcurrentHashMap<>();
    /// Whatever links or unlinks a number at its gateway, one after the other: the end of a link would stop
    /// the next one.
    private final Map<SenderKey, CompletableFuture<Void>> lanes = new ConcurrentHashMap<>();
    private final GatewayWatch watch;
    private final MessageSending sending;
    private final HookEvents hooks;
    private final Upkeep upkeep;
    private final Turns histories = new Turns(HISTORIES);
    private final Turns proxies = new Turns(PROXIES);

    protected GatewayDriver(Gateway gateway, GatewayTools tools) {
        this.gateway = gateway;
        this.tools = tools;
        // Events before a listener is set are discarded.
        this.reports = new ReportLine(tools.timers(), _ -> CompletableFuture.completedFuture(Receipt.KEPT));
        this.upkeep = new Upkeep(gateway, tools, this::recover);
        this.watch = new GatewayWatch(gateway, tools, sessions, upkeep, new Proofs(gateway, tools, upkeep));
        this.sending = new MessageSending(gateway, tools, reports, watch);
        this.hooks = new HookEvents(gateway, tools, reports, sessions, upkeep, watch);
    }

    public Gateway gateway() {
        return gateway;
    }

    @Override
    public DriverKind kind() {
        return gateway.kind();
    }

    @Override
    public void listen(DriverListener listener) {
        reports.listen(listener);
    }

    @Override
    public Set<Capability> capabilities(SenderKey sender) {
        return line(sender)
                .map(line -> gateway.capabilities(line.gateway().connection()))
                .orElse(Set.of());
    }

    private Optional<Line> line(SenderKey sender) {
        return tools.numbers().line(sender);
    }

    /// Returns the session of a number with its current line; empty if it is at no gateway of this kind.
    private Optional<Session> session(SenderKey sender) {
        Optional<Line> line = line(sender);
        line.ifPresent(now -> sessions.computeIfAbsent(sender, _ -> new Session(sender, now, reports))
                .moved(now));
        return Optional.ofNullable(sessions.get(sender));
    }

    @Override
    public void link(SenderKey sender) {
        Optional<Session> session = session(sender);
        if (session.isEmpty()) {
            reports.report(new DriverEvent.LinkFailed(sender, GatewayWatch.NO_GATEWAY));
            return;
        }
        var round =
                new LinkRound(gateway, session.get(), reports, tools, status -> watch.linked(session.get(), status));
        if (session.get().begin(round)) {
            waitAMoment(inOrder(sender, round::begin).thenCompose(_ -> round.told()));
        }
    }

    private CompletableFuture<Void> inOrder(SenderKey sender, Runnable work) {
        CompletableFuture<Void> done = lanes.compute(
                sender,
                (_, before) -> Optional.ofNullable(before)
                        .orElseGet(() -> CompletableFuture.completedFuture(null))
                        .handleAsync(
                                (_, _) -> {
                                    work.run();
                                    return null;
                                },
                                tools.threads()));
        var _ = done.whenComplete((_, _) -> lanes.remove(sender, done));
        return done;
    }

    private void waitAMoment(CompletableFuture<Boolean> told) {
        try {
            told.get(tools.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Linking failed", failure.getCause());
        } catch (TimeoutException _) {
            // The code is reported when it is there.
        }
    }

    private Optional<LinkRound> linking(SenderKey sender) {
        return Optional.ofNullable(sessions.get(sender)).flatMap(Session::linking);
    }

    @Override
    public Optional<String> pairingCode(SenderKey sender, Phone phone) {
        return linking(sender).flatMap(round -> round.pairingCode(phone));
    }

    @Override
    public Optional<Passkey> passkey(SenderKey sender) {
        return linking(sender)
                .flatMap(_ -> line(sender))
                .map(gateway::passkey)
                .flatMap(answer -> answer instanceof GatewayAnswer.Done<Passkey>(Passkey step)
                        ? Optional.of(step)
                        : Optional.empty());
    }

    @Override
    public Optional<String> answerPasskey(SenderKey sender, String credential) {
        return passkeyStep(sender, line -> gateway.answerPasskey(line, credential));
    }

    @Override
    public Optional<String> confirmPasskey(SenderKey sender) {
        return passkeyStep(sender, gateway::confirmPasskey);
    }

    private interface PasskeyStep {
        GatewayAnswer<Boolean> at(Line line);
    }

    private Optional<String> passkeyStep(SenderKey sender, PasskeyStep step) {
        Optional<LinkRound> round = linking(sender);
        Optional<Line> line = line(sender);
        if (round.isEmpty() || line.isEmpty()) {
            return Optional.of("The number is no longer being linked. Start again.");
        }
        return switch (step.at(line.get())) {
            case GatewayAnswer.Done<Boolean> _ -> {
                round.get().look();
                yield Optional.empty();
            }
            case GatewayAnswer.Failed<Boolean>(GatewayAnswer.Trouble trouble) -> Optional.of(trouble.sentence());
        };
    }

    @Override
    public void cancel(SenderKey sender) {
        Optional<Session> session = Optional.ofNullable(sessions.get(sender));
        session.flatMap(Session::linking).ifPresent(round -> {
            round.cancel();
            line(sender).ifPresent(line -> inOrder(sender, () -> gateway.pause(line)));
        });
    }

    @Override
    public void connect(SenderKey sender) {
        Optional<Session> session = session(sender);
        if (session.isPresent()) {
            tools.numbers().ban(sender).ifPresent(session.get()::isBannedStill);
            later(() -> watch.connect(session.get()));
        } else {
            reports.report(new DriverEvent.Disconnected(sender, GatewayWatch.NO_GATEWAY));
        }
    }

    /// Fetches what contacts wrote while the connection was away, because a gateway does not always tell it later.
    private void recover(Session session, Instant lastSign) {
        Instant from = lastSign.equals(Instant.EPOCH)
                ? tools.clock().instant().minus(FIRST_RECOVERY)
                : lastSign.minus(OVERLAP);
        later(() -> recover(session, from, 1));
    }

    /// What can't be kept, such as while the database is away, is fetched again; in the end without the files that the
    /// gateway doesn't give.
    private void recover(Session session, Instant from, int attempt) {
        if (histories.of(session.connection(), () -> gateway.history(session.line(), from))
                instanceof GatewayAnswer.Done<List<HookEvent>>(List<HookEvent> missed)) {
            List<HookEvent> events = attempt < RECOVERIES
                    ? missed
                    : missed.stream().map(HookEvent::withoutFile).toList();
            var _ = CompletableFuture.completedFuture(session.line().gateway())
                    .thenCompose(access -> hooks.happened(access, events))
                    .whenComplete((_, failure) -> {
                        if (failure != null && attempt < RECOVERIES) {
                            tools.timers()
                                    .in(
                                            RECOVERED_AGAIN.multipliedBy(attempt),
                                            () -> recover(session, from, attempt + 1));
                        }
                    });
        }
    }

    /// Tells the gateway that a live number has another proxy: by itself it would use it after its next start only.
    public void proxyChanged(SenderKey sender) {
        Optional.ofNullable(sessions.get(sender))
                .filter(session -> session.phase() != Session.Phase.OFF)
                .ifPresent(session -> inOrder(sender, () -> useProxy(session)));
    }

    private void useProxy(Session session) {
        line(session.sender()).ifPresent(session::moved);
        switch (proxies.of(session.connection(), () -> gateway.proxyChanged(session.line()))) {
            case GatewayAnswer.Done<NumberStatus>(NumberStatus status) -> upkeep.observe(session, status);
            case GatewayAnswer.Failed<NumberStatus>(GatewayAnswer.Trouble trouble) ->
                tools.numbers().remark(session.sender(), "Proxy not used yet", trouble.sentence(), true);
        }
    }

    private void later(Runnable work) {
        tools.threads().execute(work);
    }

    @Override
    public void stop(SenderKey sender) {
        Optional<Session> session = Optional.ofNullable(sessions.remove(sender));
        session.ifPresent(Session::off);
        reports.clear(sender);
        session.map(Session::line)
                .or(() -> line(sender))
                .ifPresent(line -> inOrder(sender, () -> gateway.remove(line)));
    }

    @Override
    public void release(SenderKey sender) {
        linking(sender).ifPresent(LinkRound::cancel);
        Optional.ofNullable(sessions.remove(sender)).ifPresent(Session::off);
        reports.clear(sender);
    }

    @Override
    public void send(SenderKey sender, OutgoingMessage message) {
        Optional<Session> session;
        try {
            session = Optional.ofNullable(sessions.get(sender)).filter(one -> {
                line(sender).ifPresent(one::moved);
                return one.phase() == Session.Phase.CONNECTED;
            });
        } catch (RuntimeException failure) {
            // The database may be away: the message was certainly not sent, and that says nothing about the number.
            LOG.warnf("The connection of number %s can't be read: %s", sender.id(), failure.getMessage());
            reports.report(new DriverEvent.NotSent(
                    sender, message.id(), "The connection of this number could not be read.", true, true));
            return;
        }
        if (session.isPresent()) {
            sending.send(session.get(), message);
        } else {
            reports.report(new DriverEvent.NotSent(sender, message.id(), MessageSending.NOT_CONNECTED, true));
        }
    }

    @Override
    public int atOnce() {
        return gateway.atOnce();
    }

    /// A number that gets another chance shows with one message whether it sends: the others would be in doubt too.
    @Override
    public int atOnce(SenderKey sender) {
        return Optional.ofNullable(sessions.get(sender))
                        .filter(session -> session.results().isOnTrial())
                        .isPresent()
                ? 1
                : atOnce();
    }

    @Override
    public void takeBack(SenderKey sender, String why) {
        Optional.ofNullable(sessions.get(sender)).ifPresent(session -> sending.takeBack(session, why));
    }

    @Override
    public boolean isRepeatable(SenderKey sender, OutgoingMessage message) {
        return line(sender).filter(line -> gateway.isRepeatable(line, message)).isPresent();
    }

    @Override
    public void resume(SenderKey sender, OutgoingMessage message, String why) {
        Optional.ofNullable(sessions.get(sender)).ifPresent(session -> sending.resume(session, message, why));
    }

    @Override
    public void seen(SenderKey sender, ContactAddress contact, List<String> providers) {
        connected(sender, Capability.READ_RECEIPTS)
                .ifPresent(session -> later(() -> gateway.seen(session.line(), chat(sender, contact), providers)));
    }

    @Override
    public void typing(SenderKey sender, ContactAddress contact, Optional<String> last, boolean isTyping) {
        connected(sender, Capability.TYPING)
                .ifPresent(
                        session -> later(() -> gateway.typing(session.line(), chat(sender, contact), last, isTyping)));
    }

    private Optional<Session> connected(SenderKey sender, Capability needed) {
        return Optional.ofNullable(sessions.get(sender))
                .filter(Session::answers)
                .filter(_ -> capabilities(sender).contains(needed));
    }

    private String chat(SenderKey sender, ContactAddress contact) {
        return tools.numbers()
                .chat(sender, contact)
                .orElseGet(() -> gateway.chat(contact.phone().orElseThrow()));
    }

    @Override
    public boolean answers(SenderKey sender) {
        return Optional.ofNullable(sessions.get(sender)).map(Session::answers).orElse(false);
    }

    /// Processes what a webhook tells.
    ///
    /// @return completes when everything is kept; exceptionally if it must be tried again
    public CompletableFuture<Void> happened(GatewayAccess access, List<HookEvent> events) {
        return hooks.happened(access, events);
    }

    /// Another server was told something about a gateway that has numbers here too.
    void noticed(GatewayAccess access, HookEvent.Notice notice) {
        hooks.noticed(access, notice);
    }

    /// Gives up what can't be processed.
    void gaveUp(GatewayAccess access, List<HookEvent> events) {
        hooks.notShown(access, events);
    }

    /// Asks a gateway again at once, because its address or its credentials were changed.
    public void changed(GatewayAccess access) {
        watch.changed(access);
    }
}
