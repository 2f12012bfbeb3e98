package dev.banyan.accounts;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.TestAudit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.limits.TestLimits;
import dev.banyan.platform.mail.TestMails;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Who works for an account, on both databases.
@OnEveryDatabase
class PeopleContractTest {

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Database database;
    private final People people;
    private final AccountInvitations invitations;

    PeopleContractTest(Database database) {
        this.database = database;
        var settings = TestLimits.settings();
        var mails = new PeopleMails(TestMails.waitingIn(database, settings, CLOCK), settings);
        var audit = TestAudit.on(database, CLOCK);
        people = new People(database, mails, audit, CLOCK);
        invitations = new AccountInvitations(database, mails, TestLimits.on(CLOCK), audit, CLOCK, new Uuids(CLOCK));
    }

    private AccountContext owner() {
        AccountContext owner = StoredAccounts.agency(database);
        confirm(owner.identity());
        return owner;
    }

    private void confirm(IdentityId person) {
        database.write(tx -> {
            var identities = new IdentityStore(tx);
            identities.confirm(person, identities.find(person).orElseThrow().email(), NOW);
            return person;
        });
    }

    private String email(AccountContext person) {
        return database.read(tx ->
                new IdentityStore(tx).find(person.identity()).orElseThrow().email());
    }

    private AccountInvitations.Answered accept(AccountContext person, AccountId tenant) {
        return invitations.answer(person.actor(), person.identity(), tenant, true);
    }

    private <T> Optional<T> look(Function<Tx, Optional<T>> work) {
        return database.read(work);
    }

    private void join(AccountContext to, AccountContext person, MemberRole role) {
        var wanted = new AccountInvitations.Wanted(email(person), role, true, List.of());
        assertThat(invitations.invite(to, wanted)).isInstanceOf(AccountInvitations.Invited.Done.class);
        assertThat(accept(person, to.root().id())).isInstanceOf(AccountInvitations.Answered.Done.class);
    }

    private Optional<Membership> membership(AccountContext of, AccountContext person) {
        return database.read(tx -> new MembershipStore(tx).find(of.root().id(), person.identity()));
    }

    @Test
    void theLastOwnerStaysEvenWhenTwoLeaveAtOnce() {
        for (int round = 0; round < 5; round++) {
            AccountContext first = owner();
            AccountContext second = owner();
            AccountId agency = first.root().id();
            join(first, second, MemberRole.OWNER);

            List<People.Ended> ended = AtOnce.run(2, number -> {
                AccountContext who = number == 0 ? first : second;
                return people.leave(who.actor(), who.identity(), agency);
            });

            assertThat(ended).filteredOn(People.Ended.Done.class::isInstance).hasSize(1);
            assertThat(ended)
                    .filteredOn(People.Ended.LastOwner.class::isInstance)
                    .hasSize(1);
            assertThat(database.<Integer>write(tx -> new MembershipStore(tx).lockOwners(agency)))
                    .isEqualTo(1);
        }
    }

    @Test
    void ownersWhoRemoveEachOtherLeaveOne() {
        AccountContext first = owner();
        AccountContext second = owner();
        join(first, second, MemberRole.OWNER);
        var asOwner = new AccountContext(second.actor(), second.identity(), first.root(), first.root());

        List<People.Ended> ended = AtOnce.run(
                2,
                number -> number == 0
                        ? people.remove(first, second.identity().value())
                        : people.remove(asOwner, first.identity().value()));

        assertThat(ended).filteredOn(People.Ended.Done.class::isInstance).hasSize(1);
        assertThat(membership(first, first).isPresent())
                .isNotEqualTo(membership(first, second).isPresent());
    }

    @Test
    void whoIsRemovedFromHomeIsAtHomeNowhereAndTheAccountKeepsAnAddress() {
        AccountContext founder = owner();
        AccountContext heir = owner();
        join(founder, heir, MemberRole.OWNER);
        var asOwner = new AccountContext(heir.actor(), heir.identity(), founder.root(), founder.root());

        assertThat(people.remove(asOwner, founder.identity().value())).isInstanceOf(People.Ended.Done.class);

        assertThat(look(tx -> new IdentityStore(tx).home(founder.identity()))).isEmpty();
        assertThat(look(tx -> new IdentityStore(tx).findByHome(founder.root().id())))
                .isEmpty();
        assertThat(membership(founder, heir)).contains(Membership.OWNER);
    }

    @Test
    void aManagerOfListedSubAccountsHasThemAndNoOthers() {
        AccountContext agency = owner();
        AccountContext manager = owner();
        Account north = StoredAccounts.brandOf(database, agency).acting();
        Account south = StoredAccounts.brandOf(database, agency).acting();
        var wanted =
                new AccountInvitations.Wanted(email(manager), MemberRole.MANAGER, false, List.of(north.username()));
        assertThat(invitations.invite(agency, wanted)).isInstanceOf(AccountInvitations.Invited.Done.class);
        accept(manager, agency.root().id());

        assertThat(membership(agency, manager)).contains(new Membership(MemberRole.MANAGER, false));
        List<Managed> managed = people.joined(manager.identity());
        assertThat(managed).extracting(Managed::account).extracting(Account::id).containsExactly(north.id());
        assertThat(database.<Boolean>read(
                        tx -> new MembershipStore(tx).isListed(agency.root().id(), manager.identity(), south.id())))
                .isFalse();
    }

    @Test
    void whatAnAccountOwnsOfPeopleGoesWithIt() {
        AccountContext agency = owner();
        AccountContext manager = owner();
        Account north = StoredAccounts.brandOf(database, agency).acting();
        var listed =
                new AccountInvitations.Wanted(email(manager), MemberRole.MANAGER, false, List.of(north.username()));
        invitations.invite(agency, listed);
        accept(manager, agency.root().id());
        invitations.invite(
                agency,
                new AccountInvitations.Wanted(
                        "nobody@" + north.username() + ".example",
                        MemberRole.MANAGER,
                        false,
                        Set.of(north.username())));

        database.write(tx -> {
            new ErasureStore(tx).erase(north.owner());
            return north;
        });

        assertThat(people.joined(manager.identity())).isEmpty();
        assertThat(people.of(agency).invitations())
                .singleElement()
                .satisfies(open -> assertThat(open.listed()).isEmpty());
        assertThat(people.remove(agency, manager.identity().value())).isInstanceOf(People.Ended.Done.class);
        assertThat(database.<List<AccountId>>read(
                        tx -> new MembershipStore(tx).listed(agency.root().id(), manager.identity())))
                .isEmpty();
    }

    @Test
    void anInvitationIsAnsweredOnceHoweverOftenAtOnce() {
        AccountContext agency = owner();
        AccountContext manager = owner();
        invitations.invite(agency, AccountInvitations.Wanted.manager(email(manager)));

        List<AccountInvitations.Answered> answers =
                AtOnce.run(8, _ -> accept(manager, agency.root().id()));

        assertThat(answers)
                .filteredOn(AccountInvitations.Answered.Done.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aPersonIsInvitedOnceHoweverOftenAtOnce() {
        AccountContext agency = owner();
        List<AccountInvitations.Invited> invited = AtOnce.run(
                8, _ -> invitations.invite(agency, AccountInvitations.Wanted.manager("once@people.example")));
        assertThat(invited)
                .filteredOn(AccountInvitations.Invited.Done.class::isInstance)
                .hasSize(1);
    }

    @Test
    void theLinkOfAnInvitationExpires() {
        AccountContext agency = owner();
        invitations.invite(agency, AccountInvitations.Wanted.manager("late@people.example"));
        String hash = "h".repeat(64);
        var id = people.of(agency).invitations().getFirst().invitation().id();
        database.write(tx -> new AccountInvitationStore(tx)
                .renew(agency.root().id(), id, hash, NOW.plus(AccountInvitations.LINK_LIFE), NOW));
        assertThat(look(tx -> new AccountInvitationStore(tx)
                        .findByToken(hash, NOW.plus(Duration.ofDays(7)).minusMillis(1))))
                .isPresent();
        assertThat(look(tx -> new AccountInvitationStore(tx).findByToken(hash, NOW.plus(Duration.ofDays(7)))))
                .isEmpty();
    }

    @Test
    void strangersEndNothing() {
        AccountContext agency = owner();
        AccountContext stranger = owner();
        AccountContext manager = owner();
        join(agency, manager, MemberRole.MANAGER);
        assertThat(people.remove(stranger, manager.identity().value())).isInstanceOf(People.Ended.Unknown.class);
        assertThat(people.leave(
                        new Actor(Optional.of(stranger.identity()), "192.0.2.1"),
                        stranger.identity(),
                        agency.root().id()))
                .isInstanceOf(People.Ended.Unknown.class);
        assertThat(membership(agency, manager)).isPresent();
    }
}
