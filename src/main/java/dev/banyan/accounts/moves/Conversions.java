package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Device;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.moves.Moves.Seen;
import dev.banyan.accounts.signin.InvitedRegistrations;
import dev.banyan.accounts.signin.InvitedRegistrations.Joined;
import dev.banyan.accounts.signin.InvitedRegistrations.Newcomer;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import jakarta.inject.Singleton;

/// The person's side of a conversion: the link in the mail, and the answer. The link was sent to their address and is
/// shown to no one else, so opening it proves that the address is theirs.
@Singleton
record Conversions(
        Database database,
        InvitedRegistrations registrations,
        MovePlans plans,
        MoveSteps steps,
        Relocation relocation,
        Clock clock) {

    /// The result of opening the link.
    sealed interface Opened {

        /// No one is registered with the address.
        record New(Seen seen, MovePlan plan) implements Opened {}

        /// The person with the address is signed in.
        record Known(Seen seen, MovePlan plan) implements Opened {}

        /// Somebody with the address is registered, and not signed in here.
        record NotSignedIn() implements Opened {}

        /// Unknown, answered, canceled or expired.
        record Over() implements Opened {}
    }

    /// What a person without an account enters.
    record Newcoming(String name, String password, Keeps keeps) {}

    Opened open(String token, Optional<IdentityId> caller) {
        return database.read(
                tx -> find(tx, token).map(seen -> open(tx, seen, caller)).orElseGet(Opened.Over::new));
    }

    private Opened open(Tx tx, Seen seen, Optional<IdentityId> caller) {
        String email = seen.move().email().orElseThrow();
        MovePlan plan = plans.of(tx, seen.account(), Optional.empty(), email);
        Optional<IdentityId> person = new IdentityStore(tx)
                .findByEmail(email)
                .map(found -> found.identity().id());
        if (person.isEmpty()) {
            return new Opened.New(seen, plan);
        }
        return caller.equals(person) ? new Opened.Known(seen, plan) : new Opened.NotSignedIn();
    }

    private Optional<Seen> find(Tx tx, String token) {
        return new MoveStore(tx)
                .findByToken(Digests.sha256Hex(token))
                .filter(move -> move.isOpen(clock.instant()))
                .flatMap(move -> Moves.seen(tx, move));
    }

    /// Accepts in the name of the caller, who has the address of the offer.
    Outcome<Account> accept(Actor actor, String token, IdentityId caller, Keeps keeps) {
        return around(
                token,
                () -> database.write(tx -> new IdentityStore(tx)
                        .find(caller)
                        .map(person -> accept(tx, actor, token, person, keeps))
                        .orElseGet(Outcome::notFound)),
                done -> done instanceof Outcome.Done<Account>,
                Outcome::notFound);
    }

    /// Registers a person, whose account it becomes at once.
    Joined register(Actor actor, Device device, String token, Newcoming with) {
        return around(
                token,
                () -> database.read(tx -> find(tx, token))
                        .map(seen -> registrations.register(
                                actor,
                                device,
                                new Newcomer(seen.move().email().orElseThrow(), with.name(), with.password(), true),
                                (tx, person) -> accept(tx, actor, token, person, with.keeps())
                                        instanceof Outcome.Done<Account>))
                        .orElseGet(Joined.Over::new),
                done -> done instanceof Joined.Welcome,
                Joined.Over::new);
    }

    private <R> R around(String token, Supplier<R> work, Predicate<R> hasMoved, Supplier<R> over) {
        return database.read(tx -> find(tx, token))
                .map(seen -> relocation.withoutNumbers(
                        seen.account(), seen.from().id(), seen.account().id(), work, hasMoved))
                .orElseGet(over);
    }

    private Outcome<Account> accept(Tx tx, Actor actor, String token, Identity person, Keeps keeps) {
        Optional<Seen> offered =
                find(tx, token).filter(seen -> seen.move().email().equals(Optional.of(person.email())));
        if (offered.isEmpty()) {
            return Outcome.notFound();
        }
        new IdentityStore(tx).confirm(person.id(), person.email(), clock.instant());
        return steps.convert(tx, new Actor(Optional.of(person.id()), actor.ip()), offered.get(), person, keeps);
    }
}
