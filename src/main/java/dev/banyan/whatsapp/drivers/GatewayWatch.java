package dev.banyan.whatsapp.drivers;

import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.session.ReportLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/// Watches the linked numbers of every gateway: one question for all of them at a time, and a proof from those that
/// have shown no other sign of life, a few at a time. A number that claims to work and proves nothing is restarted
/// once;
/// after that it is failover's turn.
final class GatewayWatch {

    static final String NO_GATEWAY =
            "This number’s connection was removed, or its credentials can’t be read on this server.";

    private static final Duration JITTER = Duration.ofSeconds(1);
    /// After this many failures in a row, the numbers of a gateway count as disconnected.
    private static final int FAILURES = 2;
    /// Between questions to a gateway that doesn't answer; doubled up to the longest.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /// How long a number may say that it is reconnecting.
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

    /// Numbers that are asked for a proof after one round of questions, and at the same time.
    private static final int PROOFS = 400;

    private static final int PROOFS_AT_ONCE = 10;
    /// A gateway asked this recently need not be asked again for the next number of a thousand.
    private static final Duration FRESH = Duration.ofSeconds(3);

    /// What is known of one gateway.
    private static final class Place {
        private final AtomicBoolean asking = new AtomicBoolean();
        private final Semaphore proofs = new Semaphore(PROOFS_AT_ONCE);
        private boolean scheduled;
        private int failures;
        private Optional<Trouble> trouble = Optional.empty();
        private Instant askedAt = Instant.EPOCH;
        private Map<String, NumberStatus> last = Map.of();
    }

    private final Gateway gateway;
    private final GatewayTools tools;
    private final ReportLine reports;
    private final Map<SenderKey, Session> sessions;
    private final Map<ConnectionId, Place> places = new ConcurrentHashMap<>();
    private final RandomGenerator random = RandomGenerator.getDefault();

    GatewayWatch(Gateway gateway, GatewayTools tools, ReportLine reports, Map<SenderKey, Session> sessions) {
        this.gateway = gateway;
        this.tools = tools;
        this.reports = reports;
        this.sessions = sessions;
    }

    private Instant now() {
        return tools.clock().instant();
    }

    private static ConnectionId id(Session session) {
        return session.line().gateway().connection().id();
    }

    private Place place(ConnectionId id) {
        return places.computeIfAbsent(id, _ -> new Place());
    }

    /// A phone has accepted the device.
    void linked(Session session, NumberStatus status) {
        session.connected(
                new DriverEvent.Linked(
                        session.sender(),
                        status.phone().orElseThrow(),
                        status.device().isBlank() ? gateway.kind().title() : status.device()),
                now());
        alsoSaid(session, status);
        schedule(id(session));
    }

    /// Connects a number that was linked before.
    void connect(Session session) {
        session.started();
        if (session.isSilent()) {
            wake(session);
            schedule(id(session));
            return;
        }
        Optional<NumberStatus> known = freshly(session);
        GatewayAnswer<NumberStatus> answer =
                known.map(GatewayAnswer::done).orElseGet(() -> gateway.status(session.line()));
        switch (answer) {
            case GatewayAnswer.Done<NumberStatus>(NumberStatus status) -> comesUp(session, status);
            case GatewayAnswer.Failed<NumberStatus>(Trouble trouble)
            when trouble.kind() == Trouble.Kind.UNKNOWN ->
                comesUp(session, NumberStatus.of(NumberStatus.State.STOPPED));
            case GatewayAnswer.Failed<NumberStatus>(Trouble trouble) -> session.notConnected(trouble.sentence());
        }
        schedule(id(session));
    }

    /// Returns what the gateway has just said about all its numbers: a thousand that connect at once ask it once.
    private Optional<NumberStatus> freshly(Session session) {
        Place place = place(id(session));
        synchronized (place) {
            if (place.askedAt.plus(FRESH).isAfter(now())) {
                return Optional.ofNullable(place.last.get(session.line().remote()));
            }
            List<Line> lines = sessions.values().stream()
                    .filter(one -> id(one).equals(id(session)))
                    .map(Session::line)
                    .toList();
            if (lines.size() > 1
                    && gateway.statuses(session.line().gateway(), lines)
                            instanceof GatewayAnswer.Done<Map<String, NumberStatus>>(Map<String, NumberStatus> said)) {
                place.last = said;
                place.askedAt = now();
                return Optional.ofNullable(said.get(session.line().remote()));
            }
            return Optional.empty();
        }
    }

    /// Gives a number that claims to work another chance to prove it.
    private void wake(Session session) {
        if (gateway.prove(session.line()) instanceof GatewayAnswer.Done<Boolean>(Boolean alive) && alive) {
            session.awaits();
            up(session);
        } else if (session.mayRestart(now())) {
            var _ = gateway.restart(session.line());
        }
    }

    private void comesUp(Session session, NumberStatus status) {
        if (status.state() == NumberStatus.State.STOPPED) {
            session.notConnected("The gateway is starting this number.");
            restart(session);
        } else {
            session.awaits();
            observe(session, status);
            if (session.phase() == Session.Phase.AWAY) {
                session.notConnected(reason(status, "The gateway is connecting this number."));
            }
        }
    }

    private static String reason(NumberStatus status, String otherwise) {
        return status.reason().isEmpty() ? otherwise : status.reason();
    }

    private void restart(Session session) {
        if (session.mayRestart(now())) {
            switch (gateway.prepare(session.line()).then(_ -> gateway.start(session.line()))) {
                case GatewayAnswer.Done<NumberStatus>(NumberStatus status) -> {
                    if (status.state() != NumberStatus.State.STOPPED) {
                        observe(session, status);
                    }
                }
                case GatewayAnswer.Failed<NumberStatus>(Trouble trouble) -> session.notConnected(trouble.sentence());
            }
        }
    }

    /// Acts on what a gateway says about a linked number.
    void observe(Session session, NumberStatus status) {
        if (!session.isWatched()) {
            return;
        }
        switch (status.state()) {
            case WORKING -> {
                session.started();
                up(session);
                session.unrestricted(now());
            }
            case RESTRICTED -> {
                session.started();
                up(session);
                session.restricted(reason(status, "WhatsApp lets it answer existing chats only."), status.until());
            }
            case STARTING -> {
                if (session.starting(now(), STARTS_WITHIN)) {
                    session.lost(reason(status, "The connection was lost; the gateway is reconnecting."), now());
                }
            }
            case STOPPED -> {
                session.lost(reason(status, "The number was stopped at the gateway."), now());
                restart(session);
            }
            case GIVEN_UP -> restartOrEnd(session, status);
            case CODE, PASSKEY, UNLINKED ->
                session.ended(new DriverEvent.Unlinked(
                        session.sender(), reason(status, "The phone has removed this device. Link it again.")));
            case BANNED ->
                session.ended(
                        new DriverEvent.Banned(session.sender(), reason(status, "WhatsApp has banned this number.")));
            case BLOCKED -> {
                session.blocked();
                session.lost(reason(status, "The gateway can’t connect this number."), now());
            }
        }
        alsoSaid(session, status);
    }

    /// A session that could not start looks the same as one that was logged out: it is started again once, and then
    /// asks for a code if it was logged out.
    private void restartOrEnd(Session session, NumberStatus status) {
        if (session.mayRestart(now())) {
            session.fellSilent();
            var _ = gateway.restart(session.line());
        } else {
            session.ended(new DriverEvent.Unlinked(
                    session.sender(), reason(status, "The gateway can’t start this number. Link it again.")));
        }
    }

    private void up(Session session) {
        if (session.phase() == Session.Phase.AWAY) {
            Instant since = session.provedAt();
            session.connected(new DriverEvent.Connected(session.sender()), now());
            recover(session, since);
        }
    }

    /// Fetches what contacts wrote while the connection was away, because a gateway does not always tell it later.
    private void recover(Session session, Instant since) {
        Instant from = since.equals(Instant.EPOCH) ? now().minus(FIRST_RECOVERY) : since.minus(OVERLAP);
        tools.threads().execute(() -> {
            if (gateway.history(session.line(), from)
                    instanceof GatewayAnswer.Done<List<HookEvent>>(List<HookEvent> missed)) {
                missing.happened(session.line().gateway(), missed);
            }
        });
    }

    /// What was missed is looked for from this long before the last sign of life.
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final Duration FIRST_RECOVERY = Duration.ofHours(1);

    /// Processes what was missed.
    interface Missing {
        void happened(GatewayAccess access, List<HookEvent> events);
    }

    private Missing missing = (_, _) -> {};

    void missing(Missing other) {
        missing = other;
    }

    private void alsoSaid(Session session, NumberStatus status) {
        status.rating()
                .filter(session::isRatedAnew)
                .ifPresent(rating -> tools.numbers().rated(session.sender(), rating));
        if (session.remarks(status.remarks())) {
            tools.numbers().remark(session.sender(), "From WhatsApp", status.remarks(), false);
        }
    }

    /// Acts on an answer to a message that says something about the number or the whole gateway.
    void refused(Session session, SendResult.NotSent not) {
        switch (not.why()) {
            case CREDENTIALS -> {
                session.lost(not.reason(), now());
                problem(session.line().gateway(), new Trouble(Trouble.Kind.CREDENTIALS, not.reason()));
            }
            case RESTRICTED -> session.restricted(not.reason(), not.until().or(() -> Optional.of(now().plus(LOCKED))));
            case BANNED -> session.ended(new DriverEvent.Banned(session.sender(), not.reason()));
            case DISCONNECTED -> {
                session.lost(not.reason(), now());
                soon(id(session));
            }
            case LATER, PAIR_LIMIT, CONTACT, OPTED_OUT, WINDOW_CLOSED, TEMPLATE, MESSAGE -> {}
        }
    }

    /// How long a restriction lasts whose end WhatsApp has not told.
    private static final Duration LOCKED = Duration.ofHours(24);

    // The round of questions.

    void changed(GatewayAccess access) {
        Place place = places.get(access.connection().id());
        if (place != null) {
            synchronized (place) {
                place.failures = 0;
            }
            soon(access.connection().id());
        }
    }

    private void soon(ConnectionId id) {
        tools.timers().in(Duration.ofSeconds(1), () -> ask(id));
    }

    private void schedule(ConnectionId id) {
        Place place = place(id);
        synchronized (place) {
            if (!place.scheduled) {
                place.scheduled = true;
                Duration pause =
                        gateway.askedEvery().multipliedBy(1L << Math.min(Math.max(0, place.failures - FAILURES), 3));
                Duration longest = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
                tools.timers().in(longest.plusMillis(random.nextLong(JITTER.toMillis())), () -> round(id));
            }
        }
    }

    private void round(ConnectionId id) {
        Place place = place(id);
        synchronized (place) {
            place.scheduled = false;
        }
        if (ask(id)) {
            schedule(id);
        } else {
            places.remove(id);
        }
    }

    /// @return whether the gateway still has numbers to watch
    private boolean ask(ConnectionId id) {
        List<Session> here = sessions.values().stream()
                .filter(Session::isWatched)
                .filter(session -> id(session).equals(id))
                .toList();
        if (here.isEmpty()) {
            return false;
        }
        Place place = place(id);
        if (place.asking.compareAndSet(false, true)) {
            try {
                here.forEach(session -> tools.numbers().line(session.sender()).ifPresent(session::moved));
                ask(place, here);
            } finally {
                place.asking.set(false);
            }
        }
        return true;
    }

    private void ask(Place place, List<Session> here) {
        GatewayAccess access = here.getFirst().line().gateway();
        switch (gateway.statuses(access, here.stream().map(Session::line).toList())) {
            case GatewayAnswer.Done<Map<String, NumberStatus>>(Map<String, NumberStatus> said) -> {
                synchronized (place) {
                    place.last = said;
                    place.askedAt = now();
                }
                answered(place, access);
                here.forEach(session -> observe(
                        session,
                        said.getOrDefault(session.line().remote(), NumberStatus.of(NumberStatus.State.STOPPED))));
                doubt(here);
            }
            case GatewayAnswer.Failed<Map<String, NumberStatus>>(Trouble trouble) -> failed(place, here, trouble);
        }
    }

    private void answered(Place place, GatewayAccess access) {
        synchronized (place) {
            place.failures = 0;
            if (place.trouble.isEmpty()) {
                return;
            }
            place.trouble = Optional.empty();
        }
        tools.numbers().problem(access, Optional.empty());
    }

    private void failed(Place place, List<Session> here, Trouble trouble) {
        int failures;
        synchronized (place) {
            failures = ++place.failures;
        }
        if (failures >= FAILURES || trouble.kind() == Trouble.Kind.CREDENTIALS) {
            here.forEach(session -> session.lost(trouble.sentence(), now()));
            problem(here.getFirst().line().gateway(), trouble);
        }
    }

    private void problem(GatewayAccess access, Trouble trouble) {
        Place place = place(access.connection().id());
        synchronized (place) {
            if (place.trouble.filter(trouble::equals).isPresent()) {
                return;
            }
            place.trouble = Optional.of(trouble);
        }
        tools.numbers().problem(access, Optional.of(trouble.sentence()));
    }

    /// Asks the numbers that have been quiet for longest to prove themselves.
    private void doubt(List<Session> here) {
        Instant now = now();
        here.stream()
                .filter(session -> session.isDoubtful(now, gateway.believedFor()))
                .sorted(Comparator.comparing(Session::provedAt))
                .limit(PROOFS)
                .filter(Session::beginProof)
                .forEach(session -> tools.threads().execute(() -> proveInTurn(session)));
    }

    private void proveInTurn(Session session) {
        Semaphore proofs = place(id(session)).proofs;
        proofs.acquireUninterruptibly();
        try {
            if (session.beginsQuiet()) {
                // The gateway may have lost our webhook, or been set up anew.
                var _ = gateway.prepare(session.line());
            }
            prove(session);
        } finally {
            proofs.release();
            session.endProof();
        }
    }

    private void prove(Session session) {
        switch (gateway.prove(session.line())) {
            case GatewayAnswer.Done<Boolean>(Boolean alive) when alive -> session.proved(now());
            case GatewayAnswer.Done<Boolean> _ -> unproved(session);
            case GatewayAnswer.Failed<Boolean>(Trouble trouble) -> {
                switch (trouble.kind()) {
                    case TIMED_OUT, LATER, UNKNOWN, REFUSED, UNSUPPORTED -> unproved(session);
                    // These are troubles of the gateway, which the next round tells.
                    case UNREACHABLE, ADDRESS_REFUSED, CREDENTIALS, OPERATOR -> {}
                }
            }
        }
    }

    private void unproved(Session session) {
        if (session.phase() != Session.Phase.CONNECTED) {
            return;
        }
        if (session.isSilent()) {
            return; // failover's turn, until it proves itself again
        }
        session.fellSilent();
        tools.numbers()
                .remark(
                        session.sender(),
                        "Silent",
                        "The gateway says that it works, but it doesn’t respond. It is being restarted.",
                        true);
        if (session.mayRestart(now())
                && gateway.restart(session.line()) instanceof GatewayAnswer.Done<NumberStatus>(NumberStatus status)) {
            observe(session, status);
        }
    }
}
