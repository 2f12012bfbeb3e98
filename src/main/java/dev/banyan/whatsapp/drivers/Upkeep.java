package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.Text;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;

/// Keeps linked numbers connected: acts on what their gateway says about each of them. A number that stopped is started
/// again, and one that its phone or WhatsApp has ended is told as such.
record Upkeep(Gateway gateway, GatewayTools tools, Recovery recovery) {

    /// How long a number may say that it is reconnecting.
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

    private static final int LONGEST_DEVICE = 100;

    private static final String REMOVED = "The phone has removed this device. Link it again.";

    private static final String SENDS_NOTHING = "The gateway says that it works, but its last messages all failed.";

    /// Fetches what contacts wrote while a connection was away.
    interface Recovery {

        /// @param lastSign of life before it was away; [Instant#EPOCH] if there was none
        void recover(Session session, Instant lastSign);
    }

    private Instant now() {
        return tools.clock().instant();
    }

    /// A phone has accepted the device.
    void linked(Session session, NumberStatus status) {
        String device = Text.name(status.device(), LONGEST_DEVICE);
        session.connected(
                new DriverEvent.Linked(
                        session.sender(),
                        status.phone().orElseThrow(),
                        device.isEmpty() ? gateway.kind().title() : device),
                now());
        alsoSaid(session, status);
    }

    /// Connects a number that was linked before.
    ///
    /// @param known what the gateway has just said about it; empty: it is asked
    void connect(Session session, Optional<NumberStatus> known) {
        GatewayAnswer<NumberStatus> answer =
                known.map(GatewayAnswer::done).orElseGet(() -> gateway.status(session.line()));
        switch (answer) {
            case GatewayAnswer.Done<NumberStatus>(NumberStatus status)
            when session.isBanned() -> observe(session, status);
            case GatewayAnswer.Failed<NumberStatus> _ when session.isBanned() -> {}
            case GatewayAnswer.Done<NumberStatus>(NumberStatus status) -> comesUp(session, status);
            case GatewayAnswer.Failed<NumberStatus>(Trouble trouble)
            when trouble.kind() == Trouble.Kind.UNKNOWN ->
                comesUp(session, NumberStatus.of(NumberStatus.State.STOPPED));
            case GatewayAnswer.Failed<NumberStatus>(Trouble trouble) -> session.notConnected(trouble.sentence());
        }
    }

    /// Gives a number that claims to work another chance to prove it.
    void wake(Session session) {
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

    /// What a gateway says about a linking that was given up is about its codes, and no words for a number that worked.
    private static String reason(NumberStatus status, String otherwise) {
        boolean isOfLinking = status.state() == NumberStatus.State.GIVEN_UP;
        return status.reason().isEmpty() || isOfLinking ? otherwise : status.reason();
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

    /// A message of a connected number failed. A number whose last ones all failed is restarted once; after that it is
    /// failover's turn.
    void sendFailed(Session session, ContactAddress to) {
        switch (session.results().failed(to, now())) {
            case NOTHING_NEW -> {}
            case FAILED -> {
                boolean restarts = session.mayRestart(now());
                failed(session, restarts ? " It is being restarted." : "");
                if (restarts
                        && gateway.restart(session.line())
                                instanceof GatewayAnswer.Done<NumberStatus>(NumberStatus status)) {
                    observe(session, status);
                }
            }
            case FAILED_AGAIN -> failed(session, "");
        }
    }

    private void failed(Session session, String more) {
        session.sendsNothing(SENDS_NOTHING);
        tools.numbers().remark(session.sender(), "Sends nothing", SENDS_NOTHING + more, true);
    }

    /// Acts on what a gateway says about a linked number.
    void observe(Session session, NumberStatus status) {
        if (!session.isWatched()) {
            return;
        }
        if (session.isBanned() && status.state() != NumberStatus.State.BANNED) {
            if (session.mayBeUnbanned(now()) && session.beginProof()) {
                tools.threads().execute(() -> unban(session, status));
            }
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
                session.ended(new DriverEvent.Unlinked(session.sender(), reason(status, REMOVED)));
            case BANNED -> banned(session, reason(status, "WhatsApp has banned this number."), status.until());
            case BLOCKED -> {
                session.blocked();
                session.lost(reason(status, "The gateway can’t connect this number."), now());
            }
        }
        alsoSaid(session, status);
    }

    /// @param until when it ends, if that is known
    void banned(Session session, String reason, Optional<Instant> until) {
        session.banned(reason, until, now()).ifPresent(ban -> tools.numbers().banned(session.sender(), ban));
    }

    /// Connects a banned number again if it proves that it works: gateways go on claiming what was before. One that the
    /// ban has stopped is started again once its time is over.
    private void unban(Session session, NumberStatus status) {
        try {
            boolean works =
                    status.state() == NumberStatus.State.WORKING || status.state() == NumberStatus.State.RESTRICTED;
            if (works && gateway.prove(session.line()) instanceof GatewayAnswer.Done<Boolean>(Boolean alive) && alive) {
                up(session);
                observe(session, status);
            } else if (session.hasServedBan(now())) {
                startAgain(session, status);
            }
        } finally {
            session.endProof();
        }
    }

    private void startAgain(Session session, NumberStatus status) {
        boolean asksForCode = status.state() == NumberStatus.State.CODE || status.state() == NumberStatus.State.PASSKEY;
        if (asksForCode) {
            session.ended(new DriverEvent.Unlinked(session.sender(), reason(status, REMOVED)));
        } else if (session.mayRestart(now())) {
            var _ = gateway.restart(session.line());
        }
    }

    /// A session that could not start looks the same as one that was logged out: it is started again once, and then
    /// asks for a code if it was logged out.
    private void restartOrEnd(Session session, NumberStatus status) {
        if (session.mayRestart(now())) {
            session.fellSilent();
            var _ = gateway.restart(session.line());
        } else {
            session.ended(new DriverEvent.Unlinked(
                    session.sender(),
                    reason(
                            status,
                            "WhatsApp has logged this number out, or the gateway can’t start it. Link it again.")));
        }
    }

    private void up(Session session) {
        boolean isDown = session.phase() == Session.Phase.AWAY || session.isBanned();
        if (isDown && session.results().areTrusted(now())) {
            Instant since = session.provedAt();
            session.connected(new DriverEvent.Connected(session.sender()), now());
            recovery.recover(session, since);
        }
    }

    private void alsoSaid(Session session, NumberStatus status) {
        status.rating()
                .filter(session::isNewRating)
                .ifPresent(rating -> tools.numbers().rated(session.sender(), rating));
        if (session.remarks(status.remarks())) {
            tools.numbers().remark(session.sender(), "From WhatsApp", status.remarks(), false);
        }
    }
}
