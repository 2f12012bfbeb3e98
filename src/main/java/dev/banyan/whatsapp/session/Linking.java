package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.changes.Unlink;
import jakarta.inject.Singleton;

/// Links and disconnects senders on behalf of people. Events of drivers are processed by [SenderStates].
@Singleton
public record Linking(
        Database database,
        SenderChanges changes,
        SenderStates states,
        LinkWatches watches,
        NumberCalls numbers,
        FakePhoneNumbers invented)
        implements Unlink {

    /// The result of starting to link.
    public sealed interface LinkStart {

        /// The sender is being linked, perhaps since an earlier call.
        ///
        /// @param code the current code; empty while a passkey is required
        record Done(Sender sender, Optional<LinkEvent.Code> code) implements LinkStart {}

        record AlreadyLinked(Sender sender) implements LinkStart {}

        /// Kept, but disabled by the file that it came from.
        record Disabled(Sender sender) implements LinkStart {}

        record NotFound(SenderId id) implements LinkStart {}
    }

    /// The result of asking for a pairing code.
    public sealed interface Paired {

        /// @param code such as `ABCD-1234`; valid for the whole linking
        record Done(Sender sender, String code) implements Paired {}

        record AlreadyLinked(Sender sender) implements Paired {}

        record Disabled(Sender sender) implements Paired {}

        /// A pairing code is for one phone number, and this sender's is not known yet.
        record NoPhone(Sender sender) implements Paired {}

        /// The driver offers none, or no more.
        record NotOffered(Sender sender) implements Paired {}

        record NotFound(SenderId id) implements Paired {}
    }

    /// The result of an action in the simulation.
    public sealed interface Simulated {

        record Done(Sender sender) implements Simulated {}

        /// There is no code to scan, or no connection to break.
        record Impossible(Sender sender) implements Simulated {}

        /// The code was scanned and refused.
        ///
        /// @param why a full sentence for people
        record Refused(Sender sender, String why) implements Simulated {}

        /// A real number: nothing about it can be simulated.
        record NotSimulated(Sender sender) implements Simulated {}

        record NotFound(SenderId id) implements Simulated {}
    }

    /// Starts linking a sender, or joins a linking in progress. [#watch] reports its events.
    public LinkStart link(AccountId tenant, Actor actor, SenderId id) {
        numbers.placed(() -> find(tenant, id));
        LinkStart begun = changes.write(tenant, change -> {
            Optional<Sender> found = change.store().find(tenant, id);
            if (found.isEmpty()) {
                return new LinkStart.NotFound(id);
            }
            Sender sender = found.get();
            if (sender.state().isActive()) {
                return new LinkStart.AlreadyLinked(sender);
            }
            if (!sender.enabled()) {
                return new LinkStart.Disabled(sender);
            }
            if (!sender.state().isLinking()) {
                sender = sender.withLink(sender.link().begun(change.now()), change.now());
                change.store().saveLink(tenant, sender);
                change.done(actor, "LinkingBegun", id, Map.of());
                watches.pairing(sender.key(), Optional.empty());
            }
            return new LinkStart.Done(sender, Optional.empty());
        });
        return begun instanceof LinkStart.Done(Sender sender, Optional<LinkEvent.Code> _) ? begin(sender) : begun;
    }

    private LinkStart begin(Sender sender) {
        if (sender.state() == SenderState.LINKING) {
            numbers.link(sender);
            // It may have been cancelled or removed between the commit and the driver's first code.
            Optional<Sender> now = find(sender.tenant(), sender.id());
            if (now.filter(found -> found.state().isLinking() || found.state().isActive())
                    .isEmpty()) {
                forget(sender);
            }
            // A gateway may have linked it already, or may not answer.
            return new LinkStart.Done(now.orElse(sender), watches.code(sender.key()));
        }
        return new LinkStart.Done(sender, watches.code(sender.key()));
    }

    /// Starts linking a sender with a code that is typed on the phone.
    public Paired pair(AccountId tenant, Actor actor, SenderId id) {
        Optional<Sender> found = find(tenant, id);
        if (found.filter(sender -> !sender.state().isActive() && sender.phone().isEmpty())
                .isPresent()) {
            return new Paired.NoPhone(found.get());
        }
        return switch (link(tenant, actor, id)) {
            case LinkStart.Done(Sender sender, Optional<LinkEvent.Code> _) ->
                numbers.pairingCode(sender, sender.phone().orElseThrow())
                        .<Paired>map(code -> {
                            watches.pairing(sender.key(), Optional.of(code));
                            return new Paired.Done(sender, code);
                        })
                        .orElseGet(() -> new Paired.NotOffered(sender));
            case LinkStart.AlreadyLinked(Sender sender) -> new Paired.AlreadyLinked(sender);
            case LinkStart.Disabled(Sender sender) -> new Paired.Disabled(sender);
            case LinkStart.NotFound _ -> new Paired.NotFound(id);
        };
    }

    /// Reconnects a sender that was linked before, as at startup: one that is disconnected or no longer responds.
    /// Refused as a conflict if it must be linked again.
    public Outcome<Sender> recover(AccountId tenant, SenderId id) {
        Optional<Sender> found = find(tenant, id);
        if (found.isEmpty()) {
            return Outcome.notFound();
        }
        Sender sender = found.get();
        if (!sender.mayComeBack()) {
            return Outcome.conflict("No valid session found.");
        }
        numbers.connect(sender);
        return find(tenant, id).map(Outcome::done).orElseGet(Outcome::notFound);
    }

    /// Returns the current code of a sender.
    public Optional<LinkEvent.Code> code(AccountId tenant, SenderId id) {
        return watches.code(new SenderKey(tenant, id));
    }

    /// Returns the pairing code of the linking in progress, if someone has asked for one.
    public Optional<String> pairingCode(AccountId tenant, SenderId id) {
        return watches.pairing(new SenderKey(tenant, id));
    }

    /// Reports the current code and all later events, until the returned action is run. The watcher is called on any
    /// thread; it must be fast and must not call back.
    ///
    /// @return ends the watching
    public Runnable watch(AccountId tenant, SenderId id, Consumer<LinkEvent> watcher) {
        return watches.watch(new SenderKey(tenant, id), watcher);
    }

    /// Stops a linking. Refused as a conflict if the sender is not linking.
    public Outcome<Sender> cancel(AccountId tenant, Actor actor, SenderId id) {
        return stop(tenant, actor, id, "LinkingCancelled", SenderState.PENDING);
    }

    /// Logs a linked sender out. Refused as a conflict if it is not linked.
    public Outcome<Sender> unlink(AccountId tenant, Actor actor, SenderId id) {
        return stop(tenant, actor, id, "SenderUnlinked", SenderState.UNLINKED);
    }

    private Outcome<Sender> stop(AccountId tenant, Actor actor, SenderId id, String action, SenderState next) {
        Outcome<Sender> stopped = changes.write(tenant, change -> {
            Optional<Sender> found = change.store().find(tenant, id);
            if (found.isEmpty()) {
                return Outcome.notFound();
            }
            Sender sender = found.get();
            if (!sender.state().mayBecome(next)) {
                return Outcome.conflict("Account is not linked");
            }
            Sender after = states.become(sender, next, Optional.empty(), change.now());
            change.store().saveLink(tenant, after);
            change.done(actor, action, id, Map.of());
            return Outcome.done(after);
        });
        if (stopped instanceof Outcome.Done(Sender sender)) {
            forget(sender);
        }
        return stopped;
    }

    @Override
    public void forget(Sender sender) {
        numbers.forget(sender);
    }

    /// Lets a simulated phone scan the current code.
    ///
    /// @param phone its number; empty: the sender's own number, or a generated one if it has none yet
    public Simulated scan(AccountId tenant, SenderId id, Optional<Phone> phone) {
        Simulated scanned = simulate(tenant, id, sender -> {
            Phone scanning = phone.or(sender::phone).orElseGet(() -> invented.free(tenant));
            return numbers.scan(sender, scanning);
        });
        return scanned instanceof Simulated.Done(Sender sender) && sender.state() == SenderState.PENDING
                ? new Simulated.Refused(sender, sender.lastError().orElse(""))
                : scanned;
    }

    /// Triggers a fault of a simulated sender.
    public Simulated fault(AccountId tenant, SenderId id, Fault fault) {
        return simulate(
                tenant,
                id,
                sender -> (fault != Fault.UNRESTRICT || sender.state() == SenderState.RESTRICTED)
                        && numbers.fault(sender, fault));
    }

    private interface Happening {
        boolean happens(Sender sender);
    }

    private Simulated simulate(AccountId tenant, SenderId id, Happening happening) {
        Optional<Sender> before = find(tenant, id);
        if (before.isEmpty()) {
            return new Simulated.NotFound(id);
        }
        if (before.get().driver().isReal()) {
            return new Simulated.NotSimulated(before.get());
        }
        if (!happening.happens(before.get())) {
            return new Simulated.Impossible(before.get());
        }
        numbers.settle(before.get());
        return find(tenant, id).<Simulated>map(Simulated.Done::new).orElseGet(() -> new Simulated.NotFound(id));
    }

    private Optional<Sender> find(AccountId tenant, SenderId id) {
        return database.read(tenant, tx -> new SenderStore(tx).find(tenant, id));
    }
}
