package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;

/// Watches the linked numbers of every gateway in rounds: one question for all numbers of one gateway, and then a proof
/// from those that have been quiet ([Proofs]).
final class GatewayWatch {

    static final String NO_GATEWAY =
            "This number’s connection was removed, or its credentials can’t be read on this server.";

    private static final Duration JITTER = Duration.ofSeconds(1);
    /// After this many failures in a row, the numbers of a gateway count as disconnected.
    private static final int FAILURES = 2;
    /// Between questions to a gateway that doesn't answer; doubled up to the longest.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /// A gateway asked this recently need not be asked again for the next number of a thousand.
    private static final Duration FRESH = Duration.ofSeconds(3);
    /// How long a restriction lasts whose end WhatsApp has not told.
    private static final Duration LOCKED = Duration.ofHours(24);

    /// What is known of one gateway.
    private static final class Place {
        private final AtomicBoolean asking = new AtomicBoolean();
        private boolean scheduled;
        private int failures;
        private Optional<Trouble> trouble = Optional.empty();
        private Instant askedAt = Instant.EPOCH;
        private Map<String, NumberStatus> last = Map.of();
        /// Held while a number that connects asks for all of them; the others wait for its answer.
        private final Object freshly = new Object();

        private synchronized void answered(Map<String, NumberStatus> said, Instant now) {
            last = said;
            askedAt = now;
        }

        private synchronized boolean wasAskedSince(Instant time) {
            return askedAt.isAfter(time);
        }

        private synchronized Optional<NumberStatus> said(String remote) {
            return Optional.ofNullable(last.get(remote));
        }
    }

    private final Gateway gateway;
    private final GatewayTools tools;
    private final Upkeep upkeep;
    private final Proofs proofs;
    private final Map<SenderKey, Session> sessions;
    private final Map<ConnectionId, Place> places = new ConcurrentHashMap<>();
    private final RandomGenerator random = RandomGenerator.getDefault();

    GatewayWatch(Gateway gateway, GatewayTools tools, Map<SenderKey, Session> sessions, Upkeep upkeep, Proofs proofs) {
        this.gateway = gateway;
        this.tools = tools;
        this.sessions = sessions;
        this.upkeep = upkeep;
        this.proofs = proofs;
    }

    private Instant now() {
        return tools.clock().instant();
    }

    private Place place(ConnectionId id) {
        return places.computeIfAbsent(id, _ -> new Place());
    }

    /// A phone has accepted the device.
    void linked(Session session, NumberStatus status) {
        schedule(session.connection());
        upkeep.linked(session, status);
    }

    /// Connects a number that was linked before.
    void connect(Session session) {
        if (!session.results().areTrusted(now())) {
            return; // it would claim to work again
        }
        session.started();
        try {
            if (session.isSilent()) {
                upkeep.wake(session);
            } else {
                upkeep.connect(session, freshly(session));
            }
        } finally { // not sooner: a round that finds no number of a gateway is its last
            schedule(session.connection());
        }
    }

    /// Returns what the gateway has just said about all its numbers: a thousand that connect at once ask it once.
    private Optional<NumberStatus> freshly(Session session) {
        Place place = place(session.connection());
        synchronized (place.freshly) {
            if (!place.wasAskedSince(now().minus(FRESH))) {
                List<Line> lines = sessions.values().stream()
                        .filter(one -> one.connection().equals(session.connection()))
                        .map(Session::line)
                        .toList();
                if (lines.size() == 1
                        || !(gateway.statuses(session.line().gateway(), lines)
                                instanceof GatewayAnswer.Done<Map<String, NumberStatus>>(var said))) {
                    return Optional.empty();
                }
                place.answered(said, now());
            }
            return place.said(session.line().remote());
        }
    }

    /// A message was not sent, as far as anyone knows, for a reason that lies in the number or its gateway.
    void failed(Session session, ContactAddress to) {
        if (session.phase() == Session.Phase.CONNECTED) {
            upkeep.sendFailed(session, to);
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
            case BANNED -> upkeep.banned(session, not.reason(), not.until());
            case DISCONNECTED -> {
                session.sendsNothing(not.reason());
                soon(session.connection());
            }
            case LATER, PAIR_LIMIT, CONTACT, OPTED_OUT, WINDOW_CLOSED, TEMPLATE, MESSAGE -> {}
        }
    }

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
        boolean hasNumbers = true;
        try {
            hasNumbers = ask(id);
        } finally { // there is a next round, whatever has failed, such as the database
            if (hasNumbers) {
                schedule(id);
            } else {
                places.remove(id);
            }
        }
    }

    /// @return whether the gateway still has numbers to watch
    private boolean ask(ConnectionId id) {
        List<Session> here = sessions.values().stream()
                .filter(Session::isWatched)
                .filter(session -> session.connection().equals(id))
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
                place.answered(said, now());
                answered(place, access);
                here.forEach(session -> upkeep.observe(
                        session,
                        said.getOrDefault(session.line().remote(), NumberStatus.of(NumberStatus.State.STOPPED))));
                proofs.doubt(here);
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
}
