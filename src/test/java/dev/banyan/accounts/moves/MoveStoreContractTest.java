package dev.banyan.accounts.moves;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class MoveStoreContractTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);

    private final Database database;
    private final Uuids uuids = new Uuids(Clock.systemUTC());

    @SuppressWarnings("NullAway.Init")
    private AccountContext giver;

    @SuppressWarnings("NullAway.Init")
    private AccountContext taker;

    MoveStoreContractTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void agencies() {
        giver = StoredAccounts.agency(database);
        taker = StoredAccounts.agency(database);
    }

    private <T> T with(Function<MoveStore, T> work) {
        return database.write(tx -> work.apply(new MoveStore(tx)));
    }

    private AccountId from() {
        return giver.root().id();
    }

    private AccountId to() {
        return taker.root().id();
    }

    private Move offer(Move.Kind kind) {
        boolean isTransfer = kind == Move.Kind.TRANSFER;
        return new Move(
                uuids.next(),
                from(),
                kind,
                Move.State.OFFERED,
                from(),
                isTransfer ? Optional.of(to()) : Optional.empty(),
                isTransfer ? Optional.empty() : Optional.of("amira@people.example"),
                giver.identity(),
                NOW,
                NOW.plus(Move.OFFERED_FOR),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void bothSidesFindAnOffer() {
        Move move = offer(Move.Kind.TRANSFER);
        boolean stored = with(store -> store.insert(from(), move, Optional.empty()));
        assertThat(stored).isTrue();
        Optional<Move> byGiver = with(store -> store.find(from(), move.id()));
        Optional<Move> byTaker = with(store -> store.find(to(), move.id()));
        assertThat(byGiver).contains(move);
        assertThat(byTaker).contains(move);
        var listed = with(store -> store.list(to(), 10));
        assertThat(listed).containsExactly(move);
        Optional<Move> open = with(store -> store.open(from(), from()));
        assertThat(open).contains(move);
    }

    @Test
    void anAccountHasOneOpenOffer() {
        Move first = offer(Move.Kind.TRANSFER);
        with(store -> store.insert(from(), first, Optional.empty()));
        boolean again =
                with(store -> store.insert(from(), offer(Move.Kind.CONVERSION), Optional.of("h-" + first.id())));
        assertThat(again).isFalse();
        boolean ended = with(store -> store.end(to(), first, Move.State.DECLINED));
        assertThat(ended).isTrue();
        boolean afterwards =
                with(store -> store.insert(from(), offer(Move.Kind.CONVERSION), Optional.of("h-" + first.id())));
        assertThat(afterwards).isTrue();
        Optional<Move> byToken = with(store -> store.findByToken("h-" + first.id()));
        assertThat(byToken).isPresent();
    }

    @Test
    void onlyOneAnswerCounts() {
        Move move = offer(Move.Kind.TRANSFER);
        with(store -> store.insert(from(), move, Optional.empty()));
        boolean moved = with(store -> store.moved(from(), move, to(), NOW, Optional.of(NOW.plusSeconds(9))));
        assertThat(moved).isTrue();
        boolean again = with(store -> store.moved(from(), move, to(), NOW, Optional.empty()));
        assertThat(again).isFalse();
        boolean declined = with(store -> store.end(to(), move, Move.State.DECLINED));
        assertThat(declined).isFalse();
        Optional<Move> after = with(store -> store.find(from(), move.id()));
        assertThat(after.orElseThrow().canBeUndone(NOW)).isTrue();
        assertThat(after.orElseThrow().canBeUndone(NOW.plusSeconds(10))).isFalse();
    }

    @Test
    void theOpenOffersOfAPersonAreFound() {
        Move move = offer(Move.Kind.TRANSFER);
        with(store -> store.insert(from(), move, Optional.empty()));

        assertThat(openOfferedBy(from(), giver.identity())).containsExactly(move);
        assertThat(openOfferedBy(from(), taker.identity())).isEmpty();
        assertThat(openOfferedBy(to(), giver.identity())).isEmpty();
        with(store -> store.end(to(), move, Move.State.DECLINED));
        assertThat(openOfferedBy(from(), giver.identity())).isEmpty();
    }

    private List<Move> openOfferedBy(AccountId by, IdentityId person) {
        return with(store -> store.openOfferedBy(by, person));
    }
}
