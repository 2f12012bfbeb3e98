package dev.banyan.platform.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.sso.SignInLog.Entry;
import dev.banyan.workspaces.StoredParticipants;
import org.junit.jupiter.api.Test;

/// The log of sign-ins in the database.
@OnEveryDatabase
class SignInLogContractTest {

    private final Database database;
    private final TestClock clock = new TestClock();
    private final SignInLog log;
    private final Owner owner;

    SignInLogContractTest(Database database) {
        this.database = database;
        this.log = new SignInLog(database, new Uuids(clock), clock);
        this.owner = StoredAccounts.agency(database).owner();
    }

    private SsoOwner account() {
        return new SsoOwner(owner.tenant(), Optional.empty());
    }

    private SsoOwner workspace() {
        return new SsoOwner(
                owner.tenant(),
                Optional.of(StoredParticipants.in(database, owner).workspace().value()));
    }

    private static SignInFacts failed(String words) {
        return SignInFacts.failed(Optional.empty(), "No.", Optional.of(words));
    }

    private static SignInFacts person(Optional<String> why) {
        var person = new SsoPerson(
                "https://login.example.com",
                "1",
                Optional.of("amira@office.example"),
                Optional.empty(),
                Optional.empty(),
                List.of("sellers"),
                List.of("email", "groups"));
        return SignInFacts.of(person, why);
    }

    private List<Entry> list(SsoOwner place) {
        return database.<SignInLog.Part>read(tx -> SignInLog.part(tx, place, Optional.empty()))
                .entries();
    }

    @Test
    void eachPlaceHasItsOwn() {
        SsoOwner one = workspace();
        SsoOwner other = workspace();
        log.note(account(), failed("of members"));
        log.note(one, person(Optional.empty()));
        log.note(other, person(Optional.of("No role.")));
        assertThat(list(account())).extracting(Entry::facts).containsExactly(failed("of members"));
        assertThat(list(one)).extracting(Entry::facts).containsExactly(person(Optional.empty()));
        assertThat(list(other)).extracting(Entry::facts).containsExactly(person(Optional.of("No role.")));
    }

    @Test
    void soManyOfAnHourAreListedAndTheOthersCountedAtTheLastOfTheirKindAndPlace() {
        SsoOwner place = workspace();
        SsoOwner other = workspace();
        for (int number = 0; number < SignInFacts.Outcome.FAILED.listedPerHour + 3; number++) {
            log.note(place, failed("e" + number));
        }
        log.note(other, failed("e"));
        log.note(place, person(Optional.empty()));
        assertThat(list(place).subList(0, 2)).extracting(Entry::unlisted).containsExactly(0, 3);
        assertThat(list(other)).extracting(Entry::unlisted).containsExactly(0);
        assertThat(all(place)).hasSize(SignInFacts.Outcome.FAILED.listedPerHour + 1);
        clock.forward(Duration.ofHours(1));
        log.note(place, failed("next hour"));
        assertThat(list(place).getFirst().facts()).isEqualTo(failed("next hour"));
    }

    /// Follows the parts to the end.
    private List<Entry> all(SsoOwner place) {
        var all = new ArrayList<Entry>();
        Optional<UUID> before = Optional.empty();
        do {
            Optional<UUID> from = before;
            SignInLog.Part part = database.read(tx -> SignInLog.part(tx, place, from));
            all.addAll(part.entries());
            before = part.older();
        } while (before.isPresent());
        assertThat(all)
                .extracting(Entry::id)
                .isSortedAccordingTo(Comparator.comparing(UUID::toString).reversed());
        return all;
    }

    @Test
    void theyGoAfterThirtyDays() {
        SsoOwner place = account();
        log.note(place, failed("old"));
        clock.forward(Duration.ofDays(29));
        log.note(place, failed("new"));
        log.forgetExpired();
        assertThat(list(place)).hasSize(2);
        clock.forward(Duration.ofDays(2));
        log.forgetExpired();
        assertThat(list(place)).extracting(Entry::facts).containsExactly(failed("new"));
    }

    @Test
    void whatIsKeptIsCut() {
        var person = new SsoPerson(
                "https://login.example.com",
                "s".repeat(1_000),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Collections.nCopies(1_000, "group\u0000".repeat(100)),
                Collections.nCopies(1_000, "claim".repeat(100)));
        SignInFacts facts = SignInFacts.of(person, Optional.of("why".repeat(1_000)));
        log.note(account(), facts);
        assertThat(list(account())).extracting(Entry::facts).containsExactly(facts);
        assertThat(facts.toString()).hasSizeLessThan(10_000).doesNotContain("\u0000");
    }
}
