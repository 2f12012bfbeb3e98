package dev.banyan.accounts;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static dev.banyan.schema.Tables.MEMBERSHIPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Digests;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class IdentityStoreContractTest {

    private final Database database;

    IdentityStoreContractTest(Database database) {
        this.database = database;
    }

    @Test
    void anIdentityIsFoundAsItWasStored() {
        AccountId home = newAccount();
        Identity identity = stored(newIdentity(Optional.of(home)));
        Identity homeless = stored(newIdentity(Optional.empty()));

        assertThat(find(store -> store.find(identity.id()))).contains(identity);
        assertThat(find(store -> store.find(homeless.id()))).contains(homeless);
        assertThat(find(store -> store.findByEmail(identity.email()).map(IdentityStore.Person::identity)))
                .contains(identity);
        assertThat(find(store -> store.findByHome(home).map(IdentityStore.Person::identity)))
                .contains(identity);
        assertThat(find(store -> store.find(StoredAccounts.newIdentityId()))).isEmpty();
        assertThat(find(store -> store.findByEmail("nobody@example.com").map(IdentityStore.Person::identity)))
                .isEmpty();
    }

    @Test
    void peopleAndTheirAccountsHaveATimeZone() {
        AccountId home = newAccount();
        AccountId other = newAccount();
        Identity owner = stored(newIdentity(Optional.of(home)));
        write(store -> store.insertOwner(home, owner.id(), NOW));

        assertThat(zone(owner.id())).isEqualTo(ZoneOffset.UTC);
        write(store -> store.setFirstZone(owner.id(), ZoneId.of("Asia/Dubai")));
        write(store -> store.setFirstZone(owner.id(), ZoneId.of("Europe/Berlin")));
        assertThat(zone(home)).isEqualTo(ZoneId.of("Asia/Dubai"));
        assertThat(zone(other)).isEqualTo(ZoneOffset.UTC);

        write(store -> store.setZone(owner.id(), ZoneId.of("Europe/Berlin"), NOW));
        database.write(tx -> {
            new AccountStore(tx).setZone(other, ZoneId.of("Asia/Kathmandu"), NOW);
            return other;
        });
        assertThat(zone(home)).isEqualTo(ZoneId.of("Asia/Dubai"));
        assertThat(zone(other)).isEqualTo(ZoneId.of("Asia/Kathmandu"));
        assertThat(zone(owner.id())).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    private ZoneId zone(IdentityId person) {
        return database.read(tx -> new IdentityStore(tx).zone(person));
    }

    private ZoneId zone(AccountId account) {
        return database.read(tx -> new AccountStore(tx).zone(account));
    }

    @Test
    void aPictureIsShownToThoseWhoShareAnAccount() {
        AccountId shared = newAccount();
        AccountId elsewhere = newAccount();
        Identity shown = stored(newIdentity(Optional.empty()));
        Identity colleague = stored(newIdentity(Optional.empty()));
        Identity stranger = stored(newIdentity(Optional.empty()));
        write(store -> {
            store.insertOwner(shared, shown.id(), NOW);
            store.insertOwner(shared, colleague.id(), NOW);
            store.insertOwner(elsewhere, stranger.id(), NOW);
        });
        String name = shown.id() + ".jpg";

        assertThat(replacePicture(shown, Optional.of(name))).isEmpty();

        assertThat(person(shown).identity().picture()).contains("/admin/pictures/" + name);
        assertThat(person(colleague).identity().picture()).isEmpty();
        assertThat(sees(shown, name)).isTrue();
        assertThat(sees(colleague, name)).isTrue();
        assertThat(sees(stranger, name)).isFalse();
        assertThat(sees(colleague, "none.jpg")).isFalse();
        assertThat(database.<List<Optional<String>>>read(tx -> new MembershipStore(tx)
                        .people(shared, "", Optional.empty(), 10).stream()
                                .map(MembershipStore.Member::picture)
                                .toList()))
                .containsExactlyInAnyOrder(Optional.of("/admin/pictures/" + name), Optional.empty());

        assertThat(replacePicture(shown, Optional.empty())).contains(name);
        assertThat(sees(colleague, name)).isFalse();
    }

    private Optional<String> replacePicture(Identity person, Optional<String> name) {
        return database.write(tx -> new IdentityStore(tx).replacePicture(person.id(), name, NOW));
    }

    private boolean sees(Identity viewer, String name) {
        return database.read(tx -> new IdentityStore(tx).showsPicture(viewer.id(), name));
    }

    @Test
    void anEmailBelongsToOneIdentityHoweverManyAskAtOnce() {
        Identity first = newIdentity(Optional.empty());

        List<Boolean> stored = AtOnce.run(20, _ -> {
            var other = new Identity(StoredAccounts.newIdentityId(), first.email(), "hash", Optional.empty(), false);
            return database.write(tx -> new IdentityStore(tx).insert(other, NOW));
        });

        assertThat(stored).filteredOn(won -> won).hasSize(1);
    }

    @Test
    void aHomeIsOneOnlyForItsMembers() {
        AccountId home = newAccount();
        Identity identity = stored(newIdentity(Optional.of(home)));
        assertThat(home(identity)).isEmpty();

        write(store -> store.insertOwner(home, identity.id(), NOW));
        assertThat(home(identity)).contains(home);
        assertThat(person(identity).home()).contains(home);

        database.write(tx -> tx.sql()
                .deleteFrom(MEMBERSHIPS)
                .where(MEMBERSHIPS.IDENTITY_ID.eq(identity.id()))
                .execute());
        assertThat(home(identity)).isEmpty();
        assertThat(person(identity).home()).isEmpty();
        assertThat(person(identity).identity().homeAccount()).contains(home);
    }

    @Test
    void aHomeIsSetOnlyForThoseWhoHaveNone() {
        AccountId home = newAccount();
        AccountId another = newAccount();
        Identity homeless = stored(newIdentity(Optional.empty()));
        Identity other = stored(newIdentity(Optional.empty()));
        write(store -> store.insertOwner(home, homeless.id(), NOW));

        assertThat(database.<Boolean>write(tx -> new IdentityStore(tx).setHome(homeless.id(), home, NOW)))
                .isTrue();
        assertThat(home(homeless)).contains(home);
        assertThat(person(other).identity().homeAccount()).isEmpty();
        assertThat(database.<Boolean>write(tx -> new IdentityStore(tx).setHome(homeless.id(), another, NOW)))
                .isFalse();
        assertThat(home(homeless)).contains(home);
    }

    @Test
    void aMembershipNeedsAnAccountAnIdentityAndAKnownRole() {
        AccountId home = newAccount();
        Identity identity = stored(newIdentity(Optional.of(home)));

        assertRefused(store -> store.insertOwner(StoredAccounts.newRoot().id(), identity.id(), NOW));
        assertRefused(store -> store.insertOwner(home, StoredAccounts.newIdentityId(), NOW));
        write(store -> store.insertOwner(home, identity.id(), NOW));
        assertRefused(store -> store.insertOwner(home, identity.id(), NOW));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> database.write(tx -> tx.sql()
                        .update(MEMBERSHIPS)
                        .set(MEMBERSHIPS.ROLE, "guest")
                        .execute()));
    }

    @Test
    void anOperatorIsWhoWasMadeOne() {
        Identity operator = stored(newIdentity(Optional.empty()));
        Identity person = stored(newIdentity(Optional.empty()));

        write(store -> store.insertOperator(operator.id(), NOW));

        assertThat(is(IdentityStore::hasOperator)).isTrue();
        assertThat(person(operator).operator()).isTrue();
        assertThat(person(person).operator()).isFalse();
    }

    @Test
    void aNewPasswordReplacesTheOldOneOfThisPersonOnly() {
        Identity person = stored(newIdentity(Optional.empty()));
        Identity other = stored(newIdentity(Optional.empty()));

        write(store -> store.setPasswordHash(person.id(), "new hash", NOW));

        assertThat(find(store -> store.find(person.id())).map(Identity::passwordHash))
                .contains("new hash");
        assertThat(find(store -> store.find(other.id()))).contains(other);
    }

    @Test
    void aPasswordIsReplacedWhileItIsTheOneThatWasRead() {
        Identity person = stored(newIdentity(Optional.empty()));
        Identity other = stored(newIdentity(Optional.empty()));

        assertThat(is(store -> store.replacePasswordHash(person.id(), "another hash", "new hash", NOW)))
                .isFalse();
        assertThat(is(store -> store.replacePasswordHash(person.id(), person.passwordHash(), "new hash", NOW)))
                .isTrue();

        assertThat(find(store -> store.find(person.id())).map(Identity::passwordHash))
                .contains("new hash");
        assertThat(find(store -> store.find(other.id()))).contains(other);
    }

    @Test
    void aNewEmailIsConfirmedAndThisPersonsAlone() {
        Identity person = stored(newIdentity(Optional.empty()));
        Identity other = stored(newIdentity(Optional.empty()));
        String email = "new-" + person.email();
        assertThat(confirmedAt(person)).isEmpty();

        write(store -> store.setEmail(person.id(), email, NOW));

        assertThat(find(store -> store.findByEmail(email).map(IdentityStore.Person::identity))
                        .map(Identity::id))
                .contains(person.id());
        assertThat(confirmedAt(person)).contains(NOW);
        assertThat(find(store -> store.find(other.id()))).contains(other);
        assertRefused(store -> store.setEmail(other.id(), email, NOW));
    }

    @Test
    void aLinkThatIsOpenedAgainProvesNothingNew() {
        Identity person = stored(newIdentity(Optional.empty()));
        String token = confirmation(person, person.email());
        confirm(token, Duration.ZERO);
        confirm(token, Duration.ofDays(1));
        assertThat(confirmedAt(person)).contains(NOW);
    }

    private Optional<Instant> confirmedAt(Identity person) {
        return database.read(tx -> new IdentityStore(tx).emailConfirmedAt(person.id()));
    }

    @Test
    void aPhoneIsThePersonsAlone() {
        Identity person = stored(newIdentity(Optional.empty()));
        Identity other = stored(newIdentity(Optional.empty()));

        write(store -> store.setPhone(person.id(), Optional.of("+971500000101"), NOW));
        assertThat(phone(person)).contains("+971500000101");
        assertThat(phone(other)).isEmpty();

        write(store -> store.setPhone(person.id(), Optional.empty(), NOW));
        assertThat(phone(person)).isEmpty();
    }

    @Test
    void aNameIsThePersonsAlone() {
        Identity person = stored(newIdentity(Optional.empty()));
        Identity other = stored(newIdentity(Optional.empty()));

        write(store -> store.setName(person.id(), Optional.of("Omar Haddad"), NOW));
        assertThat(find(store -> store.find(person.id())).flatMap(Identity::name))
                .contains("Omar Haddad");
        assertThat(find(store -> store.find(other.id())).flatMap(Identity::name))
                .isEmpty();

        write(store -> store.setName(person.id(), Optional.empty(), NOW));
        assertThat(find(store -> store.find(person.id())).flatMap(Identity::name))
                .isEmpty();
    }

    private Optional<String> phone(Identity person) {
        return database.read(tx -> new IdentityStore(tx).phone(person.id()));
    }

    @Test
    void anEmailIsConfirmedByItsTokenWhileItLives() {
        Identity person = stored(newIdentity(Optional.empty()));
        String token = confirmation(person, person.email());

        assertThat(confirm("0".repeat(64), Duration.ZERO))
                .as("an unknown token")
                .isFalse();
        assertThat(confirm(token, Duration.ofDays(3))).as("at its end").isFalse();
        assertThat(find(store -> store.find(person.id())).map(Identity::emailConfirmed))
                .contains(false);

        assertThat(confirm(token, Duration.ofDays(3).minusMillis(1))).isTrue();
        assertThat(confirm(token, Duration.ofDays(1))).as("opened again").isTrue();
        assertThat(find(store -> store.find(person.id())).map(Identity::emailConfirmed))
                .contains(true);
    }

    @Test
    void aTokenForAnotherEmailConfirmsNothing() {
        Identity person = stored(newIdentity(Optional.empty()));

        assertThat(confirm(confirmation(person, "old@example.com"), Duration.ZERO))
                .isFalse();
    }

    @Test
    void confirmationsAreForgottenWhenTheyHaveExpired() {
        Identity person = stored(newIdentity(Optional.empty()));
        String token = confirmation(person, person.email());

        forgetConfirmationsBefore(Duration.ofDays(2));
        assertThat(confirm(token, Duration.ZERO)).isTrue();

        forgetConfirmationsBefore(Duration.ofDays(4));
        assertThat(confirm(token, Duration.ZERO)).isFalse();
    }

    private void forgetConfirmationsBefore(Duration later) {
        database.write(tx -> new IdentityStore(tx).deleteConfirmationsBefore(NOW.plus(later)));
    }

    private String confirmation(Identity person, String email) {
        String token = Digests.sha256Hex(Digests.newToken());
        write(store -> store.insertConfirmation(token, person.id(), email, NOW.plus(Duration.ofDays(3))));
        return token;
    }

    private boolean confirm(String token, Duration later) {
        return database.write(tx -> new IdentityStore(tx).confirm(token, NOW.plus(later)));
    }

    private AccountId newAccount() {
        Account account = StoredAccounts.newRoot();
        database.write(tx -> new AccountStore(tx).insert(account, NOW));
        return account.id();
    }

    private static Identity newIdentity(Optional<AccountId> home) {
        var id = StoredAccounts.newIdentityId();
        return new Identity(id, id + "@example.com", "$argon2id$v=19$…", home, false);
    }

    private Identity stored(Identity identity) {
        assertThat(database.<Boolean>write(tx -> new IdentityStore(tx).insert(identity, NOW)))
                .isTrue();
        return identity;
    }

    private void assertRefused(Consumer<IdentityStore> change) {
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> write(change));
    }

    private Optional<Identity> find(Function<IdentityStore, Optional<Identity>> work) {
        return database.read(tx -> work.apply(new IdentityStore(tx)));
    }

    private IdentityStore.Person person(Identity identity) {
        return database.read(
                tx -> new IdentityStore(tx).findPerson(identity.id()).orElseThrow());
    }

    private Optional<AccountId> home(Identity identity) {
        return database.read(tx -> new IdentityStore(tx).home(identity.id()));
    }

    private boolean is(Predicate<IdentityStore> question) {
        return database.write(tx -> question.test(new IdentityStore(tx)));
    }

    private void write(Consumer<IdentityStore> work) {
        database.write(tx -> {
            work.accept(new IdentityStore(tx));
            return "done";
        });
    }

    @Test
    void onlyThePersonsConfirmationsAreDeleted() {
        Identity person = stored(newIdentity(Optional.empty()));
        Identity other = stored(newIdentity(Optional.empty()));
        String token = confirmation(person, person.email());
        String kept = confirmation(other, other.email());

        write(store -> store.deleteConfirmations(person.id()));

        assertThat(confirm(token, Duration.ZERO)).isFalse();
        assertThat(confirm(kept, Duration.ZERO)).isTrue();
    }
}
