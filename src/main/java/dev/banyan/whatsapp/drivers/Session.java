package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.session.ReportLine;

/// What is known of one number at its gateway while it is linked or being linked. Its lock keeps its events in order.
final class Session {

    enum Phase {
        /// Neither linked nor being linked here.
        OFF,
        LINKING,
        CONNECTED,
        /// Linked, but its connection is lost.
        AWAY,
        /// Banned by WhatsApp, which may lift that.
        BANNED
    }

    /// A number that loses its connection this often within [#LOSSES_WITHIN] is not restarted any more.
    private static final int LOSSES = 5;

    private static final Duration LOSSES_WITHIN = Duration.ofMinutes(10);
    private static final Duration FIRST_RESTART_PAUSE = Duration.ofMinutes(5);
    private static final int RESTARTS_DOUBLED = 5;
    private static final Duration FIRST_BAN_PAUSE = Duration.ofMinutes(2);
    private static final int BAN_PAUSES_DOUBLED = 5;
    /// A number that was banned this often anew is believed less and less.
    private static final Duration BANS_WITHIN = Duration.ofHours(6);
    /// Messages whose ids are remembered: a lost one is looked for among fewer.
    private static final int SENT_LATELY = 100;

    private final SenderKey sender;
    private final ReportLine reports;
    private volatile Line line;
    private volatile Phase phase = Phase.OFF;
    private Optional<LinkRound> linking = Optional.empty();
    private volatile Instant provedAt = Instant.EPOCH;
    private volatile boolean silent;
    private final AtomicBoolean proving = new AtomicBoolean();
    private final AtomicBoolean askedForProof = new AtomicBoolean();
    private boolean restricted;
    private Optional<Instant> restrictedUntil = Optional.empty();
    private Optional<Instant> startingSince = Optional.empty();
    private boolean blocked;
    private String remarks = "";
    private SenderRating rating = SenderRating.NONE;
    private String awayBecause = "";
    private int restarts;
    private Instant restartFrom = Instant.EPOCH;
    private final Deque<Instant> losses = new ArrayDeque<>();
    private final Deque<Instant> bans = new ArrayDeque<>();
    private Optional<Instant> bannedUntil = Optional.empty();
    private Instant believedFrom = Instant.EPOCH;
    private final SendResults results = new SendResults();
    private final Set<String> sent = new LinkedHashSet<>();
    /// Needs no lock, because results arrive on threads that may hold one whose holder reports to this session.
    private final Set<Handing> sending = ConcurrentHashMap.newKeySet();
    private CompletableFuture<Void> lane = CompletableFuture.completedFuture(null);

    Session(SenderKey sender, Line line, ReportLine reports) {
        this.sender = sender;
        this.line = line;
        this.reports = reports;
    }

    SenderKey sender() {
        return sender;
    }

    Line line() {
        return line;
    }

    ConnectionId connection() {
        return line.gateway().connection().id();
    }

    void moved(Line other) {
        line = other;
    }

    Phase phase() {
        return phase;
    }

    boolean isWatched() {
        return phase == Phase.CONNECTED || phase == Phase.AWAY || phase == Phase.BANNED;
    }

    synchronized Optional<LinkRound> linking() {
        return linking;
    }

    /// @return false if it is being linked already
    synchronized boolean begin(LinkRound round) {
        if (linking.isPresent()) {
            return false;
        }
        linking = Optional.of(round);
        phase = Phase.LINKING;
        return true;
    }

    /// Ends a linking.
    ///
    /// @return false if it had ended already
    synchronized boolean end(LinkRound round, Phase next) {
        if (!linking.equals(Optional.of(round))) {
            return false;
        }
        linking = Optional.empty();
        phase = next;
        return true;
    }

    /// Expects a number that was linked before to come back.
    synchronized void awaits() {
        phase = Phase.AWAY;
    }

    synchronized void off() {
        linking = Optional.empty();
        phase = Phase.OFF;
    }

    // Signs of life.

    void proved(Instant now) {
        provedAt = now;
        silent = false;
    }

    /// @return false if it is being asked already
    boolean beginProof() {
        return proving.compareAndSet(false, true);
    }

    void endProof() {
        proving.set(false);
    }

    /// Returns whether this is the first proof that it is asked for since it was connected.
    boolean isFirstProof() {
        return !askedForProof.getAndSet(true);
    }

    boolean isSilent() {
        return silent;
    }

    void fellSilent() {
        silent = true;
    }

    boolean isDoubtful(Instant now, Duration believed) {
        return phase == Phase.CONNECTED && provedAt.plus(believed).isBefore(now);
    }

    Instant provedAt() {
        return provedAt;
    }

    boolean answers() {
        return phase == Phase.CONNECTED && !silent;
    }

    SendResults results() {
        return results;
    }

    // Changes of state, each reported once.

    /// @param event [DriverEvent.Linked] or [DriverEvent.Connected]
    synchronized void connected(DriverEvent event, Instant now) {
        if (phase == Phase.OFF && !(event instanceof DriverEvent.Linked)) {
            return; // stopped in the meantime
        }
        phase = Phase.CONNECTED;
        bannedUntil = Optional.empty();
        askedForProof.set(false);
        startingSince = Optional.empty();
        blocked = false;
        provedAt = now;
        silent = false;
        reports.report(event);
    }

    synchronized void lost(String reason, Instant now) {
        if (sendsNothing(reason)) {
            losses.addLast(now);
            while (losses.getFirst().isBefore(now.minus(LOSSES_WITHIN))) {
                losses.removeFirst();
            }
        }
    }

    /// Takes a number for disconnected because of its messages, whatever the gateway says. That is no lost connection:
    /// a restart may mend it.
    ///
    /// @return whether it was connected
    synchronized boolean sendsNothing(String reason) {
        if (phase != Phase.CONNECTED) {
            return false;
        }
        phase = Phase.AWAY;
        awayBecause = reason;
        reports.report(new DriverEvent.Disconnected(sender, reason));
        return true;
    }

    /// Reports that a number could not be connected in the first place, once for each reason.
    synchronized void notConnected(String reason) {
        if (phase != Phase.AWAY || !reason.equals(awayBecause)) {
            phase = Phase.AWAY;
            awayBecause = reason;
            reports.report(new DriverEvent.Disconnected(sender, reason));
        }
    }

    /// Reports the end of a number's link: it must be linked again.
    synchronized void ended(DriverEvent event) {
        if (isWatched()) {
            phase = Phase.OFF;
            restricted = false;
            reports.report(event);
        }
    }

    /// Reports a ban, once.
    ///
    /// @param until when it ends, if that is known; later answers of the gateway may no longer say so
    /// @return the ban, if this is news
    synchronized Optional<GatewayTools.Ban> banned(String reason, Optional<Instant> until, Instant now) {
        if (!isWatched()) {
            return Optional.empty();
        }
        boolean isNew = phase != Phase.BANNED || until.isPresent() && !until.equals(bannedUntil);
        if (phase != Phase.BANNED) {
            bannedUntil = Optional.empty();
            begins(reason, now);
        }
        bannedUntil = until.or(() -> bannedUntil);
        return isNew ? Optional.of(new GatewayTools.Ban(bannedUntil)) : Optional.empty();
    }

    private void begins(String reason, Instant now) {
        phase = Phase.BANNED;
        restricted = false;
        silent = false;
        bans.addLast(now);
        while (bans.getFirst().isBefore(now.minus(BANS_WITHIN))) {
            bans.removeFirst();
        }
        believedFrom = now.plus(pauseAfterBans());
        reports.report(new DriverEvent.Banned(sender, reason));
    }

    private Duration pauseAfterBans() {
        return FIRST_BAN_PAUSE.multipliedBy(1L << Math.clamp(bans.size() - 1L, 0, BAN_PAUSES_DOUBLED));
    }

    /// Expects that a number which was banned before is banned still, until it proves otherwise.
    synchronized void isBannedStill(GatewayTools.Ban ban) {
        phase = Phase.BANNED;
        silent = false;
        bannedUntil = ban.ends();
        believedFrom = Instant.EPOCH;
    }

    boolean isBanned() {
        return phase == Phase.BANNED;
    }

    /// Returns whether a ban may be over by now. Allows one look at a time, and the next only after a pause.
    synchronized boolean mayBeUnbanned(Instant now) {
        if (phase != Phase.BANNED
                || now.isBefore(believedFrom)
                || bannedUntil.filter(now::isBefore).isPresent()) {
            return false;
        }
        believedFrom = now.plus(pauseAfterBans());
        return true;
    }

    /// Returns whether the end of a ban was told, so that the number may be started again after it.
    synchronized boolean hasServedBan(Instant now) {
        return bannedUntil.filter(end -> !now.isBefore(end)).isPresent();
    }

    synchronized void restricted(String reason, Optional<Instant> until) {
        restrictedUntil = until;
        if (!restricted && phase == Phase.CONNECTED) {
            restricted = true;
            reports.report(new DriverEvent.Restricted(sender, reason));
        }
    }

    /// Lifts a restriction, if its time is over or the gateway says so.
    synchronized void unrestricted(Instant now) {
        if (restricted && restrictedUntil.filter(now::isBefore).isEmpty()) {
            restricted = false;
            restrictedUntil = Optional.empty();
            reports.report(new DriverEvent.Unrestricted(sender));
        }
    }

    /// @return whether it has been starting for this long
    synchronized boolean starting(Instant now, Duration atMost) {
        if (startingSince.isEmpty()) {
            startingSince = Optional.of(now);
        }
        return startingSince.filter(since -> !since.plus(atMost).isAfter(now)).isPresent();
    }

    synchronized void started() {
        startingSince = Optional.empty();
    }

    synchronized void blocked() {
        blocked = true;
    }

    /// Allows one restart, and the next only after a growing pause: a number that restarting doesn't mend is not
    /// restarted for ever.
    synchronized boolean mayRestart(Instant now) {
        if (blocked || losses.size() > LOSSES || now.isBefore(restartFrom)) {
            return false;
        }
        restartFrom = now.plus(FIRST_RESTART_PAUSE.multipliedBy(1L << Math.min(restarts, RESTARTS_DOUBLED)));
        restarts++;
        return true;
    }

    /// @return whether this is news
    synchronized boolean isNewRating(SenderRating told) {
        boolean isNew = !told.equals(rating);
        rating = told;
        return isNew;
    }

    /// @return whether these are news
    synchronized boolean remarks(String said) {
        boolean isNew = !said.equals(remarks);
        remarks = said;
        return isNew && !said.isEmpty();
    }

    // What happens one after the other.

    /// Runs work about this number after all earlier work of this kind.
    synchronized CompletableFuture<Void> inOrder(Executor threads, Runnable work) {
        CompletableFuture<Void> after = lane.handleAsync(
                (_, _) -> {
                    work.run();
                    return null;
                },
                threads);
        lane = after;
        return after;
    }

    /// Remembers the id of a message that was sent.
    synchronized void hasSent(String provider) {
        sent.add(provider);
        if (sent.size() > SENT_LATELY) {
            sent.remove(sent.iterator().next());
        }
    }

    /// Returns the ids of the messages that this number has sent lately.
    synchronized Set<String> sentLately() {
        return Set.copyOf(sent);
    }

    /// Marks a message as being handed over until its result is stored.
    Handing handing(OutgoingMessage message) {
        var handing = new Handing(this, message);
        sending.add(handing);
        var _ = handing.over().whenComplete((_, _) -> sending.remove(handing));
        return handing;
    }

    /// Returns the messages that are being handed over now.
    List<Handing> sending() {
        return List.copyOf(sending);
    }

    /// Completes when the results of the messages that are being handed over now are stored: a receipt or an echo may
    /// overtake the answer that names the message.
    CompletableFuture<Void> handedOver() {
        return CompletableFuture.allOf(sending().stream().map(Handing::over).toArray(CompletableFuture[]::new));
    }
}
