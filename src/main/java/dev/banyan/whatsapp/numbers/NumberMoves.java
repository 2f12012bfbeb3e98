package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.jobs.OwnWork;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.session.Linking;
import jakarta.inject.Singleton;

/// Moves numbers between gateways, and adopts those that a gateway has linked already.
@Singleton
public record NumberMoves(
        Placing placing,
        Senders senders,
        Linking linking,
        @OwnWork ExecutorService threads) {

    /// Moves a number to another connection, unless it is there. It keeps its pool, contacts and history.
    ///
    /// @param connection empty: simulated
    /// @param remote what the gateway calls a number that it has already
    public Outcome<Sender> move(Actor actor, Sender sender, Optional<String> connection, Optional<String> remote) {
        AccountId tenant = sender.tenant();
        return placing.place(tenant, connection, remote)
                .then(placed -> isThere(sender, placed)
                        ? Outcome.done(sender)
                        : senders.place(tenant, actor, sender.id(), placed.place())
                                .map(moved -> {
                                    adopt(actor, placed, moved);
                                    return moved;
                                }));
    }

    private static boolean isThere(Sender sender, Placing.Placed placed) {
        return sender.remote()
                        .map(Sender.Remote::connection)
                        .equals(placed.place().connection())
                && placed.place()
                        .remote()
                        .map(name -> sender.remote()
                                .filter(remote -> remote.name().equals(name))
                                .isPresent())
                        .orElse(true);
    }

    /// Links a number that the gateway has linked already: there is nothing to scan.
    public void adopt(Actor actor, Placing.Placed placed, Sender sender) {
        if (placed.adopted()) {
            threads.execute(() -> linking.link(sender.tenant(), actor, sender.id()));
        }
    }
}
