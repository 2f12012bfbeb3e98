package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;

/// Asks numbers that say that they work, and have shown no other sign of life, to prove it: a few at a time. One that
/// proves nothing is restarted once; after that it is failover's turn.
final class Proofs {

    /// Numbers that are asked for a proof after one round of questions.
    private static final int PER_ROUND = 400;

    /// Proofs of one gateway at the same time.
    private static final int AT_ONCE = 10;

    private final Gateway gateway;
    private final GatewayTools tools;
    private final Upkeep upkeep;
    private final Turns turns = new Turns(AT_ONCE);

    Proofs(Gateway gateway, GatewayTools tools, Upkeep upkeep) {
        this.gateway = gateway;
        this.tools = tools;
        this.upkeep = upkeep;
    }

    private Instant now() {
        return tools.clock().instant();
    }

    /// Asks the numbers that have been quiet for longest to prove themselves.
    void doubt(List<Session> here) {
        Instant now = now();
        here.stream()
                .filter(session -> session.isDoubtful(now, gateway.believedFor()))
                .sorted(Comparator.comparing(Session::provedAt))
                .limit(PER_ROUND)
                .filter(Session::beginProof)
                .forEach(session -> tools.threads().execute(() -> proveInTurn(session)));
    }

    private void proveInTurn(Session session) {
        try {
            judge(session, turns.of(session.connection(), () -> ask(session)));
        } finally {
            session.endProof();
        }
    }

    private GatewayAnswer<Boolean> ask(Session session) {
        if (session.isFirstProof()) {
            // The gateway may have lost our webhook, or be a new installation.
            var _ = gateway.prepare(session.line());
        }
        return gateway.prove(session.line());
    }

    private void judge(Session session, GatewayAnswer<Boolean> answer) {
        switch (answer) {
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
            upkeep.observe(session, status);
        }
    }
}
