package dev.banyan.workspaces.users;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.StoredParticipants;
import org.junit.jupiter.api.Test;

/// Waiting registrations, with those of another workspace of the same account and of a stranger.
@OnEveryDatabase
class WaitingRegistrationStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Instant END = NOW.plusSeconds(60);
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());

    private final Database database;
    private final Participant here;
    private final List<Participant> elsewhere;

    WaitingRegistrationStoreContractTest(Database database) {
        this.database = database;
        var owner = StoredAccounts.owner(database, Tier.FREE).owner();
        this.here = StoredParticipants.in(database, owner);
        this.elsewhere = List.of(StoredParticipants.in(database, owner), StoredParticipants.somebody(database));
    }

    @Test
    void aRegistrationIsFoundInItsWorkspaceAlone() {
        WaitingRegistration amira = insert(here, "Amira", "amira@people.example", Optional.of(token("one")))
                .orElseThrow();
        elsewhere.forEach(other -> assertThat(insert(other, "Amira", "amira@people.example", Optional.empty()))
                .as("names are of one workspace")
                .isPresent());

        for (String name : List.of("amira@people.example", "aMIRA")) {
            assertThat(got(waiting(store -> store.findByName(here.tenant(), here.workspace(), name)))
                            .value())
                    .contains(new WaitingRegistrationStore.Credentials(amira, "hash"));
        }
        assertThat(got(waiting(store -> store.findByToken(here.tenant(), here.workspace(), token("one"))))
                        .value())
                .isPresent();
        assertThat(list(here)).containsExactly(amira);
        assertThat(got(waiting(store -> store.count(here.tenant(), here.workspace())))
                        .value())
                .isEqualTo(1);
        for (Participant other : elsewhere) {
            assertThat(got(waiting(store -> store.find(other.tenant(), other.workspace(), amira.id())))
                            .value())
                    .isEmpty();
            assertThat(got(waiting(store -> store.findByToken(other.tenant(), other.workspace(), token("one"))))
                            .value())
                    .isEmpty();
            assertThat(list(other)).doesNotContain(amira);
            assertThat(got(waiting(store -> store.delete(other.tenant(), other.workspace(), amira.id())))
                            .value())
                    .isFalse();
            waiting(store -> {
                store.setToken(other.tenant(), other.workspace(), amira.id(), token("stolen"), END);
                return "done";
            });
        }
        AccountId stranger = elsewhere.getLast().tenant();
        assertThat(got(waiting(store -> store.find(stranger, here.workspace(), amira.id())))
                        .value())
                .isEmpty();
        assertThat(got(waiting(store -> store.findByToken(here.tenant(), here.workspace(), token("one"))))
                        .value())
                .isPresent();
        assertThat(got(waiting(store -> store.delete(here.tenant(), here.workspace(), amira.id())))
                        .value())
                .isTrue();
        assertThat(list(here)).isEmpty();
        assertThat(list(elsewhere.getFirst())).hasSize(1);
    }

    @Test
    void registrationsOfAnEmailEndInTheirWorkspaceAlone() {
        assertThat(insert(here, "Amira", "amira@people.example", Optional.empty()))
                .isPresent();
        WaitingRegistration omar =
                insert(here, "omar", "omar@people.example", Optional.empty()).orElseThrow();
        elsewhere.forEach(other -> assertThat(insert(other, "Amira", "amira@people.example", Optional.empty()))
                .isPresent());
        waiting(store -> {
            store.deleteOf(here.tenant(), here.workspace(), "amira@people.example");
            return "done";
        });
        assertThat(list(here)).containsExactly(omar);
        assertThat(elsewhere).allSatisfy(other -> assertThat(list(other)).hasSize(1));
    }

    @Test
    void namesWaitOnce() {
        assertThat(insert(here, "Amira", "amira@people.example", Optional.empty()))
                .isPresent();
        assertThat(insert(here, "aMIRA", "other@people.example", Optional.empty()))
                .isEmpty();
        assertThat(insert(here, "other", "amira@people.example", Optional.empty()))
                .isEmpty();
    }

    @Test
    void theOldAreRemovedAndListsGoOn() {
        WaitingRegistration first =
                insert(here, "first", "first@people.example", Optional.empty()).orElseThrow();
        WaitingRegistration second = insert(here, "second", "second@people.example", Optional.empty())
                .orElseThrow();
        assertThat(got(waiting(store -> store.list(here.tenant(), here.workspace(), Optional.of(second.id()), 9)))
                        .value())
                .containsExactly(first);
        waiting(store -> {
            store.setToken(here.tenant(), here.workspace(), second.id(), token("two"), END.plusSeconds(9));
            return "done";
        });
        waiting(store -> store.deleteExpired(END.plusSeconds(1), 9));
        assertThat(list(here)).extracting(WaitingRegistration::id).containsExactly(second.id());
    }

    private String token(String name) {
        return name + here.workspace().value();
    }

    private List<WaitingRegistration> list(Participant of) {
        return waiting(store -> store.list(of.tenant(), of.workspace(), Optional.empty(), 9));
    }

    private Optional<WaitingRegistration> insert(
            Participant in, String username, String email, Optional<String> token) {
        UUID id = UUIDS.next();
        var registration =
                new WaitingRegistration(id, in.workspace(), username, email, RegistrationProof.EMAIL, NOW, END);
        return waiting(store -> store.insert(in.tenant(), registration, "hash", token))
                ? Optional.of(registration)
                : Optional.empty();
    }

    private record Got<T>(T value) {}

    /// AssertJ can't infer the result type of a generic method.
    private static <T> Got<T> got(T value) {
        return new Got<>(value);
    }

    private <T> T waiting(Function<WaitingRegistrationStore, T> work) {
        return database.write(tx -> work.apply(new WaitingRegistrationStore(tx)));
    }
}
