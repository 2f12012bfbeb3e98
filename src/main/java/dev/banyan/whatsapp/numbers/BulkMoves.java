package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.ConnectionCheck;
import dev.banyan.whatsapp.connections.ConnectionCheck.Checked;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.numbers.BulkSenders.Line;
import dev.banyan.whatsapp.numbers.BulkSenders.Progress;
import dev.banyan.whatsapp.numbers.BulkSenders.Report;
import jakarta.inject.Singleton;

/// Moves many numbers to a connection, each to what its gateway has already: it is known by its phone. What the gateway
/// doesn't have is new there and must be linked. Each is moved on its own, as one at a time is.
@Singleton
public record BulkMoves(Pools pools, Connections connections, ConnectionCheck checks, NumberMoves moves) {

    private static final int TOLD_EVERY = 20;

    /// Where the numbers go.
    ///
    /// @param free what its gateway has and no number here uses, by phone
    public record Target(Connection connection, Map<Phone, String> free) {}

    /// Asks a connection's gateway what it has; refused as not found if there is no such connection.
    public Outcome<Target> target(AccountId tenant, String connection) {
        return ConnectionId.parse(connection.strip())
                .flatMap(id -> connections.find(tenant, id))
                .map(found -> found.driver().isReal()
                        ? asked(found)
                        : Outcome.done(new Target(found, Map.<Phone, String>of())))
                .orElseGet(Outcome::notFound);
    }

    private Outcome<Target> asked(Connection connection) {
        return switch (checks.check(connection.tenant(), connection.id())) {
            case Checked.Done done -> {
                var free = new HashMap<Phone, String>();
                done.numbers().stream()
                        .filter(found -> found.sender().isEmpty())
                        .forEach(found -> found.number()
                                .status()
                                .phone()
                                .ifPresent(phone ->
                                        free.put(phone.kept(), found.number().remote())));
                yield Outcome.done(new Target(connection, Map.copyOf(free)));
            }
            case Checked.Failed(String sentence, URI _) -> Outcome.rejected(new Invalid("connection", sentence));
            case Checked.NoCredentials _ ->
                Outcome.rejected(
                        new Invalid("connection", "Its credentials can’t be read on this server. Enter them again."));
            case Checked.NotFound _ -> Outcome.notFound();
        };
    }

    /// @param progress called now and then
    public Report run(Actor actor, Target target, List<SenderId> senders, boolean dryRun, Consumer<Progress> progress) {
        List<SenderId> ids = senders.stream().distinct().toList();
        if (ids.size() > BulkSenders.MOST) {
            return BulkSenders.tooMany(ids.size(), dryRun);
        }
        Map<SenderId, Sender> known = pools.senders(target.connection().tenant(), ids);
        var lines = new ArrayList<Line>();
        for (SenderId id : ids) {
            lines.add(Optional.ofNullable(known.get(id))
                    .map(sender -> move(actor, target, sender, dryRun, lines.size() + 1))
                    .orElseGet(() -> new Line(
                            lines.size() + 1, id.value(), Optional.empty(), "Account " + id + " not found", false)));
            if (lines.size() % TOLD_EVERY == 0) {
                progress.accept(new Progress(lines.size(), ids.size()));
            }
        }
        progress.accept(new Progress(ids.size(), ids.size()));
        return new Report(dryRun, lines);
    }

    private Line move(Actor actor, Target target, Sender sender, boolean dryRun, int row) {
        Connection connection = target.connection();
        Optional<String> remote = sender.phone()
                .map(Phone::kept)
                .flatMap(phone -> Optional.ofNullable(target.free().get(phone)));
        boolean isThere = sender.remote()
                .filter(at -> at.connection().equals(connection.id()))
                .isPresent();
        if (isThere || !connection.driver().isReal() && sender.remote().isEmpty()) {
            return line(row, sender, "is there already", true);
        }
        if (connection.driver().isBusinessPlatform() && remote.isEmpty()) {
            return line(row, sender, "has no phone number that this connection knows", false);
        }
        String then =
                remote.map(name -> " as " + name).orElse(connection.driver().isReal() ? " and must be linked" : "");
        if (dryRun) {
            return line(row, sender, "can be moved to " + connection.name() + then, true);
        }
        return moves.move(actor, sender, Optional.of(connection.id().toString()), remote)
                .fold(
                        _ -> line(row, sender, "moved to " + connection.name() + then, true),
                        refusal -> line(row, sender, words(refusal), false));
    }

    private static String words(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Rejected rejected -> rejected.first().apiMessage();
            case Refusal.Conflict(String why) -> why;
            case Refusal _ -> "not found";
        };
    }

    private static Line line(int row, Sender sender, String text, boolean ok) {
        return new Line(row, sender.id().value(), Optional.of(sender.id()), text, ok);
    }
}
