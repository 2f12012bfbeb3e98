package dev.banyan.accounts.moves;

import static dev.banyan.schema.Tables.ACCOUNT_MOVES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;

/// Offers to hand sub-accounts over. Each method names the side that asks: the root account that gives or gets.
final class MoveStore extends Store {

    MoveStore(Tx tx) {
        super(tx);
    }

    /// @param tokenHash of the link in a conversion's mail
    /// @return false if the sub-account is offered already
    boolean insert(AccountId from, Move move, Optional<String> tokenHash) {
        return Tx.changed(sql.insertInto(ACCOUNT_MOVES)
                .set(ACCOUNT_MOVES.ID, move.id())
                .set(ACCOUNT_MOVES.MOVED_ACCOUNT_ID, move.account())
                .set(ACCOUNT_MOVES.KIND, move.kind().key())
                .set(ACCOUNT_MOVES.STATE, move.state().key())
                .set(ACCOUNT_MOVES.FROM_ACCOUNT_ID, from)
                .set(ACCOUNT_MOVES.TO_ACCOUNT_ID, move.to().orElse(null))
                .set(ACCOUNT_MOVES.TO_EMAIL, move.email().orElse(null))
                .set(ACCOUNT_MOVES.TOKEN_HASH, tokenHash.orElse(null))
                .set(ACCOUNT_MOVES.OFFERED_BY_IDENTITY_ID, move.offeredBy())
                .set(ACCOUNT_MOVES.OFFERED_AT, move.offeredAt())
                .set(ACCOUNT_MOVES.ENDS_AT, move.endsAt())
                .onConflictDoNothing());
    }

    Optional<Move> find(AccountId side, UUID id) {
        return sql.selectFrom(ACCOUNT_MOVES)
                .where(of(side), ACCOUNT_MOVES.ID.eq(id))
                .fetchOptional(MoveStore::move);
    }

    /// Returns the latest ones, newest first.
    List<Move> list(AccountId side, int limit) {
        return sql.selectFrom(ACCOUNT_MOVES)
                .where(of(side))
                .orderBy(ACCOUNT_MOVES.ID.desc())
                .limit(limit)
                .fetch(MoveStore::move);
    }

    /// Finds the open offer of a sub-account.
    Optional<Move> open(AccountId from, AccountId account) {
        return sql.selectFrom(ACCOUNT_MOVES)
                .where(
                        ACCOUNT_MOVES.FROM_ACCOUNT_ID.eq(from),
                        ACCOUNT_MOVES.MOVED_ACCOUNT_ID.eq(account),
                        ACCOUNT_MOVES.STATE.eq(Move.State.OFFERED.key()))
                .fetchOptional(MoveStore::move);
    }

    /// Returns the open offers that a person made.
    List<Move> openOfferedBy(AccountId from, IdentityId person) {
        return sql.selectFrom(ACCOUNT_MOVES)
                .where(
                        ACCOUNT_MOVES.FROM_ACCOUNT_ID.eq(from),
                        ACCOUNT_MOVES.OFFERED_BY_IDENTITY_ID.eq(person),
                        ACCOUNT_MOVES.STATE.eq(Move.State.OFFERED.key()))
                .fetch(MoveStore::move);
    }

    @AllTenants("the link in a mail leads to it")
    Optional<Move> findByToken(String hash) {
        return sql.selectFrom(ACCOUNT_MOVES)
                .where(ACCOUNT_MOVES.TOKEN_HASH.eq(hash))
                .fetchOptional(MoveStore::move);
    }

    /// Ends an offer, or a transfer that is undone.
    ///
    /// @return false if it is in another state by now
    boolean end(AccountId side, Move move, Move.State state) {
        return Tx.changed(sql.update(ACCOUNT_MOVES)
                .set(ACCOUNT_MOVES.STATE, state.key())
                .where(
                        of(side),
                        ACCOUNT_MOVES.ID.eq(move.id()),
                        ACCOUNT_MOVES.STATE.eq(move.state().key())));
    }

    /// @return false if it is in another state by now
    boolean moved(AccountId from, Move move, AccountId to, Instant now, Optional<Instant> undoUntil) {
        return Tx.changed(sql.update(ACCOUNT_MOVES)
                .set(ACCOUNT_MOVES.STATE, Move.State.MOVED.key())
                .set(ACCOUNT_MOVES.TO_ACCOUNT_ID, to)
                .set(ACCOUNT_MOVES.MOVED_AT, now)
                .set(ACCOUNT_MOVES.UNDO_UNTIL_AT, undoUntil.orElse(null))
                .where(
                        ACCOUNT_MOVES.FROM_ACCOUNT_ID.eq(from),
                        ACCOUNT_MOVES.ID.eq(move.id()),
                        ACCOUNT_MOVES.STATE.eq(Move.State.OFFERED.key())));
    }

    private static Condition of(AccountId side) {
        return ACCOUNT_MOVES.FROM_ACCOUNT_ID.eq(side).or(ACCOUNT_MOVES.TO_ACCOUNT_ID.eq(side));
    }

    private static Move move(Record row) {
        return new Move(
                row.get(ACCOUNT_MOVES.ID),
                row.get(ACCOUNT_MOVES.MOVED_ACCOUNT_ID),
                Keyed.of(Move.Kind.class, row.get(ACCOUNT_MOVES.KIND)),
                Keyed.of(Move.State.class, row.get(ACCOUNT_MOVES.STATE)),
                row.get(ACCOUNT_MOVES.FROM_ACCOUNT_ID),
                Optional.ofNullable(row.get(ACCOUNT_MOVES.TO_ACCOUNT_ID)),
                Optional.ofNullable(row.get(ACCOUNT_MOVES.TO_EMAIL)),
                row.get(ACCOUNT_MOVES.OFFERED_BY_IDENTITY_ID),
                row.get(ACCOUNT_MOVES.OFFERED_AT),
                row.get(ACCOUNT_MOVES.ENDS_AT),
                Optional.ofNullable(row.get(ACCOUNT_MOVES.MOVED_AT)),
                Optional.ofNullable(row.get(ACCOUNT_MOVES.UNDO_UNTIL_AT)));
    }
}
