package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.RateLimits;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import jakarta.inject.Singleton;

/// Offers to hand a brand over, and the answers to them. For owners only; the resources check that. The person who
/// answers for a conversion has no account yet: [Conversions].
@Singleton
public record Moves(
        Database database,
        MovePlans plans,
        MoveSteps steps,
        MoveMails mails,
        RateLimits limits,
        Audit audit,
        Clock clock,
        Uuids uuids) {

    private static final int LISTED = 100;

    /// Who gets a sub-account.
    public sealed interface Receiver {

        record Agency(String username) implements Receiver {}

        /// @param email of a person, who need not be registered
        record Person(String email) implements Receiver {}
    }

    /// An offer as people see it.
    ///
    /// @param to empty while it is a person's to accept
    public record Seen(Move move, Account account, Account from, Optional<Account> to) {}

    /// Finds a brand that can be offered.
    Optional<Account> brand(AccountContext context, String idOrName) {
        return database.read(tx -> account(tx, context, idOrName));
    }

    /// Says what an offer would do, and changes nothing.
    public Outcome<MovePlan> plan(AccountContext context, String idOrName, Receiver receiver) {
        return database.read(tx -> account(tx, context, idOrName)
                .map(account -> receiver(tx, context, receiver).map(found -> plan(tx, account, found)))
                .orElseGet(Outcome::notFound));
    }

    /// @param agency empty for a person
    private record Found(Optional<Account> agency, Optional<String> email) {

        String label() {
            return agency.map(account -> "@" + account.username())
                    .or(() -> email)
                    .orElse("");
        }
    }

    private MovePlan plan(Tx tx, Account account, Found found) {
        return plans.of(tx, account, found.agency(), found.label());
    }

    private static Optional<Account> account(Tx tx, AccountContext context, String idOrName) {
        return new SubAccountStore(tx)
                .findNamed(context.root().id(), idOrName)
                .map(SubAccountStore.Row::account)
                .filter(account -> account.status() != AccountStatus.DELETED);
    }

    private static Outcome<Found> receiver(Tx tx, AccountContext context, Receiver receiver) {
        return switch (receiver) {
            case Receiver.Person(String email) ->
                Names.brokenEmail(email)
                        .<Outcome<Found>>map(Outcome::rejected)
                        .orElseGet(() -> Outcome.done(new Found(Optional.empty(), Optional.of(Names.lower(email)))));
            case Receiver.Agency(String username) ->
                new AccountStore(tx)
                        .findByUsername(Names.lower(username.strip().replaceFirst("^@", "")))
                        .filter(agency -> !agency.isSubAccount() && agency.status() == AccountStatus.ACTIVE)
                        .filter(agency -> !agency.id().equals(context.root().id()))
                        .<Outcome<Found>>map(agency -> Outcome.done(new Found(Optional.of(agency), Optional.empty())))
                        .orElseGet(() -> Outcome.rejected(
                                new Invalid("to", "Enter the username of another agency on this server.")));
        };
    }

    /// Offers a sub-account. The receiver is told by mail and has 14 days to accept.
    public Outcome<Seen> offer(AccountContext context, String idOrName, Receiver receiver) {
        if (!context.isInPerson()) {
            return Outcome.forbidden();
        }
        Optional<Duration> wait = limits.take(
                RateLimit.INVITATIONS_BY_ACCOUNT, context.root().id().toString());
        return wait.<Outcome<Seen>>map(time -> Outcome.refused(new Refusal.TooMany(time)))
                .orElseGet(() -> database.write(tx -> {
                    Account root =
                            new AccountStore(tx).lock(context.root().id()).orElseThrow();
                    return account(tx, context, idOrName)
                            .map(account -> receiver(tx, context, receiver)
                                    .then(found -> offer(tx, context, root, account, found)))
                            .orElseGet(Outcome::notFound);
                }));
    }

    private Outcome<Seen> offer(Tx tx, AccountContext context, Account root, Account account, Found found) {
        var store = new MoveStore(tx);
        Instant now = clock.instant();
        if (!new MembershipStore(tx).lockOwners(root.id()).contains(context.identity())) {
            return Outcome.forbidden();
        }
        Optional<Identity> sender =
                new IdentityStore(tx).find(context.identity()).filter(Identity::emailConfirmed);
        if (sender.isEmpty()) {
            return Outcome.rejected(new Invalid("email", "Confirm your own email address first."));
        }
        MovePlan plan = plan(tx, account, found);
        if (!plan.isPossible()) {
            return Outcome.rejected(new Invalid("subAccountId", String.join(" ", plan.obstacles())));
        }
        Optional<Move> before = store.open(root.id(), account.id());
        if (before.filter(open -> open.isOpen(now)).isPresent()) {
            return Outcome.rejected(
                    new Invalid("subAccountId", "This brand is offered already. Cancel that offer first."));
        }
        before.ifPresent(over -> store.end(root.id(), over, Move.State.CANCELED));
        String token = Digests.newToken();
        var move = new Move(
                uuids.next(),
                account.id(),
                found.agency().isPresent() ? Move.Kind.TRANSFER : Move.Kind.CONVERSION,
                Move.State.OFFERED,
                root.id(),
                found.agency().map(Account::id),
                found.email(),
                context.identity(),
                now,
                now.plus(Move.OFFERED_FOR),
                Optional.empty(),
                Optional.empty());
        store.insert(root.id(), move, found.email().map(_ -> Digests.sha256Hex(token)));
        var seen = new Seen(move, account, root, found.agency());
        note(tx, context, account.owner(), "BrandOffered", seen);
        found.agency().ifPresent(agency -> {
            note(tx, context, agency.owner(), "BrandOffered", seen);
            mails.offered(tx, seen, agency, plan);
        });
        found.email()
                .ifPresent(email -> mails.invited(tx, seen, email, sender.get().email(), token));
        return Outcome.done(seen);
    }

    private void note(Tx tx, AccountContext context, Owner owner, String act, Seen seen) {
        audit.note(
                tx,
                context.actor(),
                owner,
                act,
                seen.account().id().toString(),
                Map.of(
                        "username",
                        seen.account().username(),
                        "to",
                        seen.to()
                                .map(agency -> "@" + agency.username())
                                .or(() -> seen.move().email())
                                .orElse("")));
    }

    /// Returns what an account gave and got, and what is offered to it, newest first.
    public List<Seen> list(AccountContext context) {
        return database.read(
                tx -> seen(tx, new MoveStore(tx).list(context.root().id(), LISTED)));
    }

    /// Finds one of them.
    public Optional<Seen> find(AccountContext context, UUID id) {
        return database.read(
                tx -> new MoveStore(tx).find(context.root().id(), id).flatMap(move -> seen(tx, move)));
    }

    static Optional<Seen> seen(Tx tx, Move move) {
        return seen(tx, List.of(move)).stream().findFirst();
    }

    /// Reads a move again, after it has changed in this transaction.
    static Seen asItIs(Tx tx, Seen before) {
        return new MoveStore(tx)
                .find(before.from().id(), before.move().id())
                .flatMap(move -> seen(tx, move))
                .orElse(before);
    }

    /// Finds who takes part; leaves out moves of accounts that were erased.
    static List<Seen> seen(Tx tx, List<Move> moves) {
        Map<AccountId, Account> accounts = new AccountStore(tx)
                .findAll(moves.stream()
                        .flatMap(move -> Stream.concat(Stream.of(move.account(), move.from()), move.to().stream()))
                        .collect(Collectors.toSet()));
        return moves.stream().flatMap(move -> seen(accounts, move).stream()).toList();
    }

    private static Optional<Seen> seen(Map<AccountId, Account> accounts, Move move) {
        Optional<Account> from = Optional.ofNullable(accounts.get(move.from()));
        return Optional.ofNullable(accounts.get(move.account()))
                .flatMap(account -> from.map(agency -> new Seen(
                        move, account, agency, move.to().flatMap(to -> Optional.ofNullable(accounts.get(to))))));
    }

    /// Says what accepting a transfer would do.
    public Outcome<MovePlan> planOfAnswer(AccountContext context, UUID id) {
        return database.read(tx -> offered(tx, context, id)
                .map(seen -> plans.of(
                        tx,
                        seen.account(),
                        seen.to(),
                        seen.to().map(to -> "@" + to.username()).orElse(""))));
    }

    /// Finds an open transfer that the account may accept.
    private Outcome<Seen> offered(Tx tx, AccountContext context, UUID id) {
        return open(tx, context, id)
                .then(seen -> seen.move().to().equals(Optional.of(context.root().id()))
                        ? Outcome.done(seen)
                        : rejected("Only the other side can accept this offer."));
    }

    private Outcome<Seen> open(Tx tx, AccountContext context, UUID id) {
        return side(tx, context, id)
                .then(seen -> seen.move().isOpen(clock.instant())
                        ? Outcome.done(seen)
                        : rejected("This offer was answered or canceled, or has expired."));
    }

    /// Finds an offer that one of the account's owners may answer.
    private static Outcome<Seen> side(Tx tx, AccountContext context, UUID id) {
        if (!context.membership().isOwner() || !context.isInPerson()) {
            return Outcome.forbidden();
        }
        return new MoveStore(tx)
                .find(context.root().id(), id)
                .flatMap(move -> seen(tx, move))
                .map(Outcome::done)
                .orElseGet(Outcome::notFound);
    }

    private static <T> Outcome<T> rejected(String why) {
        return Outcome.rejected(new Invalid("transferId", why));
    }

    /// Takes a sub-account over from another agency: everything changes its tenant in one transaction.
    public Outcome<Seen> accept(AccountContext context, UUID id, Keeps keeps) {
        return database.read(tx -> offered(tx, context, id)).then(seen -> steps.transfer(context.actor(), seen, keeps));
    }

    /// Ends an offer: the side that made it cancels it, the other one declines it.
    public Outcome<Seen> end(AccountContext context, UUID id) {
        return database.write(tx -> open(tx, context, id).then(seen -> {
            boolean own = seen.move().from().equals(context.root().id());
            Move.State state = own ? Move.State.CANCELED : Move.State.DECLINED;
            if (!new MoveStore(tx).end(context.root().id(), seen.move(), state)) {
                return rejected("This offer was answered meanwhile.");
            }
            note(tx, context, seen.account().owner(), own ? "BrandOfferCanceled" : "BrandOfferDeclined", seen);
            mails.ended(tx, seen, own);
            return Outcome.done(asItIs(tx, seen));
        }));
    }

    /// Gives a transferred sub-account back, within 48 hours. Either side may do that.
    public Outcome<Seen> undo(AccountContext context, UUID id) {
        return database.read(tx -> side(tx, context, id)
                        .then(seen -> seen.move().canBeUndone(clock.instant())
                                        && seen.account()
                                                .parent()
                                                .equals(seen.move().to())
                                ? Outcome.done(seen)
                                : Moves.<Seen>rejected("This transfer can no longer be undone.")))
                .then(seen -> steps.undo(context.actor(), seen));
    }
}
