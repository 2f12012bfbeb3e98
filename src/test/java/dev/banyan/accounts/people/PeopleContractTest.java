package dev.banyan.accounts.people;

import static dev.banyan.accounts.StoredAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestEvents;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.brands.ErasureStore;
import dev.banyan.accounts.keys.ApiKeyStore;
import dev.banyan.accounts.signin.TestElsewhere;
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
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import org.junit.jupiter.api.Test;

/// Members of an account, on both databases.
@OnEveryDatabase
class PeopleContractTest {

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Database database;
    private final People people;
    private final AccountInvitations invitations;
    private final MemberChanges changes;
    private final TestEvents<AccessChanged> accessChanged = new TestEvents<>();

    PeopleContractTest(Database database) {
        this.database = database;
        var settings = TestLimits.settings();
        var mails = new PeopleMails(TestMails.waitingIn(database, settings, CLOCK), settings);
        var audit = TestAudit.on(database, CLOCK);
        var rights = new OwnerRights(TestElsewhere.NOWHERE, List.of(), audit, CLOCK);
        people = new People(database, mails, rights, audit, accessChanged);
        changes = new MemberChanges(database, rights, mails, audit, accessChanged);
        invitations = new AccountInvitations(
                database, mails, TestElsewhere.NOWHERE, TestLimits.on(CLOCK), audit, CLOCK, new Uuids(CLOCK));
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

    private Outcome<Account> accept(AccountContext person, AccountId tenant) {
        return invitations.answer(person.actor(), person.identity(), tenant, true);
    }

    private <T> Optional<T> look(Function<Tx, Optional<T>> work) {
        return database.read(work);
    }

    private void join(AccountContext to, AccountContext person, MemberRole role) {
        var wanted =
                new AccountInvitations.InvitationRequest(email(person), MemberChange.to(role, true, List.of(), false));
        assertThat(invitations.invite(to, wanted)).isInstanceOf(AccountInvitations.Invited.Done.class);
        assertThat(accept(person, to.root().id())).isInstanceOf(Outcome.Done.class);
    }

    private People.OfAccount everybody(AccountContext account) {
        return people.of(account, "", Optional.empty(), 1_000);
    }

    private MembershipChanged makeManager(AccountContext by, AccountContext whom) {
        return changes.change(by, whom.identity().value(), MemberChange.to(MemberRole.MANAGER, true, List.of(), false));
    }

    private static AccountContext actingFor(AccountContext account, AccountContext person) {
        return new AccountContext(person.actor(), person.identity(), account.root(), account.root());
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

            List<MembershipChanged> ended = AtOnce.run(2, number -> {
                AccountContext who = number == 0 ? first : second;
                return people.leave(who.actor(), who.identity(), agency);
            });

            assertThat(ended)
                    .filteredOn(MembershipChanged.Done.class::isInstance)
                    .hasSize(1);
            assertThat(ended)
                    .filteredOn(MembershipChanged.LastOwner.class::isInstance)
                    .hasSize(1);
            assertThat(database.<Integer>read(tx -> new MembershipStore(tx).countOwners(agency)))
                    .isEqualTo(1);
        }
    }

    @Test
    void ownersWhoRemoveEachOtherLeaveOne() {
        AccountContext first = owner();
        AccountContext second = owner();
        join(first, second, MemberRole.OWNER);
        var asOwner = new AccountContext(second.actor(), second.identity(), first.root(), first.root());

        List<MembershipChanged> ended = AtOnce.run(
                2,
                number -> number == 0
                        ? people.remove(first, second.identity().value())
                        : people.remove(asOwner, first.identity().value()));

        assertThat(ended).filteredOn(MembershipChanged.Done.class::isInstance).hasSize(1);
        assertThat(membership(first, first).isPresent())
                .isNotEqualTo(membership(first, second).isPresent());
    }

    @Test
    void whoIsRemovedFromHomeIsAtHomeNowhereAndTheAccountKeepsAnAddress() {
        AccountContext founder = owner();
        AccountContext heir = owner();
        join(founder, heir, MemberRole.OWNER);
        var asOwner = new AccountContext(heir.actor(), heir.identity(), founder.root(), founder.root());

        assertThat(people.remove(asOwner, founder.identity().value())).isInstanceOf(MembershipChanged.Done.class);

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
        var wanted = new AccountInvitations.InvitationRequest(
                email(manager), MemberChange.to(MemberRole.MANAGER, false, List.of(north.username()), false));
        assertThat(invitations.invite(agency, wanted)).isInstanceOf(AccountInvitations.Invited.Done.class);
        accept(manager, agency.root().id());

        assertThat(membership(agency, manager)).contains(new Membership(MemberRole.MANAGER, false, false));
        List<ManagedAccount> managed = people.joined(manager.identity());
        assertThat(managed)
                .extracting(ManagedAccount::account)
                .extracting(Account::id)
                .containsExactly(north.id());
        assertThat(database.<Boolean>read(
                        tx -> new MembershipStore(tx).isListed(agency.root().id(), manager.identity(), south.id())))
                .isFalse();
    }

    @Test
    void whatAnAccountOwnsOfPeopleGoesWithIt() {
        AccountContext agency = owner();
        AccountContext manager = owner();
        Account north = StoredAccounts.brandOf(database, agency).acting();
        var listed = new AccountInvitations.InvitationRequest(
                email(manager), MemberChange.to(MemberRole.MANAGER, false, List.of(north.username()), false));
        invitations.invite(agency, listed);
        accept(manager, agency.root().id());
        invitations.invite(
                agency,
                new AccountInvitations.InvitationRequest(
                        "nobody@" + north.username() + ".example",
                        MemberChange.to(MemberRole.MANAGER, false, List.of(north.username()), false)));

        database.write(tx -> {
            new ErasureStore(tx).erase(north.owner());
            return north;
        });

        assertThat(people.joined(manager.identity())).isEmpty();
        assertThat(everybody(agency).invitations())
                .singleElement()
                .satisfies(open -> assertThat(open.listed()).isEmpty());
        assertThat(people.remove(agency, manager.identity().value())).isInstanceOf(MembershipChanged.Done.class);
        assertThat(database.<List<AccountId>>read(
                        tx -> new MembershipStore(tx).listed(agency.root().id(), manager.identity())))
                .isEmpty();
    }

    @Test
    void anInvitationIsAnsweredOnceHoweverOftenAtOnce() {
        AccountContext agency = owner();
        AccountContext manager = owner();
        invitations.invite(agency, AccountInvitations.InvitationRequest.manager(email(manager)));

        List<Outcome<Account>> answers =
                AtOnce.run(8, _ -> accept(manager, agency.root().id()));

        assertThat(answers).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
    }

    @Test
    void aPersonIsInvitedOnceHoweverOftenAtOnce() {
        AccountContext agency = owner();
        List<AccountInvitations.Invited> invited = AtOnce.run(
                8,
                _ -> invitations.invite(agency, AccountInvitations.InvitationRequest.manager("once@people.example")));
        assertThat(invited)
                .filteredOn(AccountInvitations.Invited.Done.class::isInstance)
                .hasSize(1);
    }

    @Test
    void theLinkOfAnInvitationExpires() {
        AccountContext agency = owner();
        invitations.invite(agency, AccountInvitations.InvitationRequest.manager("late@people.example"));
        String hash = "h".repeat(64);
        var id = everybody(agency).invitations().getFirst().invitation().id();
        database.write(tx -> new AccountInvitationStore(tx)
                .renew(
                        agency.root().id(),
                        id,
                        hash,
                        true,
                        agency.identity(),
                        NOW.plus(AccountInvitations.LINK_LIFE),
                        NOW));
        assertThat(look(tx -> new AccountInvitationStore(tx)
                        .findByToken(hash, NOW.plus(Duration.ofDays(7)).minusMillis(1))))
                .get()
                .matches(found -> found.linkShown(), "is shown");
        assertThat(look(tx -> new AccountInvitationStore(tx).findByToken(hash, NOW.plus(Duration.ofDays(7)))))
                .isEmpty();
    }

    @Test
    void strangersEndNothing() {
        AccountContext agency = owner();
        AccountContext stranger = owner();
        AccountContext manager = owner();
        join(agency, manager, MemberRole.MANAGER);
        assertThat(people.remove(stranger, manager.identity().value())).isEqualTo(MembershipChanged.Refused.NOT_FOUND);
        assertThat(people.leave(
                        new Actor(Optional.of(stranger.identity()), "192.0.2.1"),
                        stranger.identity(),
                        agency.root().id()))
                .isEqualTo(MembershipChanged.Refused.NOT_FOUND);
        assertThat(membership(agency, manager)).isPresent();
    }

    @Test
    void theLastOwnerStaysAnOwnerEvenWhenTwoDemoteEachOtherAtOnce() {
        for (int round = 0; round < 5; round++) {
            AccountContext first = owner();
            AccountContext second = owner();
            assertThat(makeManager(first, first)).isInstanceOf(MembershipChanged.LastOwner.class);
            join(first, second, MemberRole.OWNER);

            AtOnce.run(
                    2,
                    number -> number == 0 ? makeManager(first, second) : makeManager(actingFor(first, second), first));

            assertThat(everybody(first).owners()).isEqualTo(1);
        }
    }

    @Test
    void leavingAndBeingDemotedAtOnceLeavesAnOwner() {
        for (int round = 0; round < 5; round++) {
            AccountContext first = owner();
            AccountContext second = owner();
            join(first, second, MemberRole.OWNER);

            AtOnce.run(
                    2,
                    number -> number == 0
                            ? makeManager(first, second)
                            : people.leave(
                                    first.actor(),
                                    first.identity(),
                                    first.root().id()));

            assertThat(everybody(first).owners()).isEqualTo(1);
        }
    }

    @Test
    void anOwnerWhoIsMadeAManagerLosesWhatOwnersHave() {
        AccountContext founder = owner();
        AccountContext heir = owner();
        join(founder, heir, MemberRole.OWNER);
        invitations.invite(founder, AccountInvitations.InvitationRequest.manager("asked@people.example"));
        invitations.invite(
                actingFor(founder, heir), AccountInvitations.InvitationRequest.manager("heirs@people.example"));
        String key = "k" + founder.identity().toString().substring(28, 35);
        database.write(tx -> {
            new ApiKeyStore(tx)
                    .insert(
                            founder.root().id(),
                            new ApiKey(
                                    key,
                                    founder.root().id(),
                                    "Theirs",
                                    List.of("read:pages"),
                                    true,
                                    Optional.empty(),
                                    founder.identity(),
                                    NOW,
                                    Optional.empty(),
                                    Optional.empty(),
                                    dev.banyan.platform.KeyLimits.NONE,
                                    false),
                            "h");
            return key;
        });

        assertThat(makeManager(actingFor(founder, heir), founder)).isInstanceOf(MembershipChanged.Done.class);

        assertThat(membership(founder, founder)).contains(new Membership(MemberRole.MANAGER, true, false));
        assertThat(look(tx -> new IdentityStore(tx).home(founder.identity()))).isEmpty();
        assertThat(look(tx -> new ApiKeyStore(tx).find(founder.root().id(), key)))
                .hasValueSatisfying(found -> assertThat(found.active()).isFalse());
        assertThat(everybody(founder).invitations())
                .extracting(open -> open.invitation().email())
                .containsExactly("heirs@people.example");
        assertThat(accessChanged.fired())
                .contains(new AccessChanged(founder.root().id()));
    }

    @Test
    void theInvitationsOfWhoeverIsRemovedEndAndThoseThatWereRefusedStay() {
        AccountContext founder = owner();
        AccountContext partner = owner();
        AccountContext refuser = owner();
        AccountContext asked = owner();
        join(founder, partner, MemberRole.OWNER);
        AccountContext asOwner = actingFor(founder, partner);
        invitations.invite(asOwner, AccountInvitations.InvitationRequest.manager(email(refuser)));
        invitations.answer(refuser.actor(), refuser.identity(), founder.root().id(), false);
        invitations.invite(asOwner, AccountInvitations.InvitationRequest.manager(email(asked)));
        invitations.invite(asOwner, AccountInvitations.InvitationRequest.manager("taken-over@people.example"));
        var takenOver = everybody(founder).invitations().stream()
                .map(People.Open::invitation)
                .filter(invitation -> invitation.email().startsWith("taken-over"))
                .findFirst()
                .orElseThrow();
        assertThat(invitations.resend(founder, takenOver.id()))
                .isEqualTo(Outcome.done(new AccountInvitations.Renewed("taken-over@people.example", Optional.empty())));

        people.remove(founder, partner.identity().value());

        assertThat(accept(asked, founder.root().id())).isEqualTo(Outcome.notFound());
        assertThat(everybody(founder).invitations())
                .extracting(open -> open.invitation().email())
                .containsExactlyInAnyOrder(email(refuser), "taken-over@people.example");
        assertThat(invitations.invite(asOwner, AccountInvitations.InvitationRequest.manager("too-late@people.example")))
                .as("from a request that began before")
                .isInstanceOf(AccountInvitations.Invited.NotOwner.class);
    }

    @Test
    void aScopeIsChangedAndOnlyToSubAccountsOfTheAccount() {
        AccountContext agency = owner();
        AccountContext manager = owner();
        Account north = StoredAccounts.brandOf(database, agency).acting();
        Account foreign = StoredAccounts.brandOf(database, owner()).acting();
        join(agency, manager, MemberRole.MANAGER);
        UUID who = manager.identity().value();

        assertThat(changes.change(
                        agency, who, MemberChange.to(MemberRole.MANAGER, false, List.of(foreign.username()), false)))
                .isInstanceOfSatisfying(
                        MembershipChanged.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Rejected.class));
        assertThat(changes.change(
                        agency, who, MemberChange.to(MemberRole.MANAGER, false, List.of(north.username()), false)))
                .isInstanceOf(MembershipChanged.Done.class);
        assertThat(people.joined(manager.identity()))
                .extracting(managed -> managed.account().id())
                .containsExactly(north.id());
        assertThat(changes.change(agency, who, MemberChange.to(MemberRole.OWNER, false, List.of(), false)))
                .isInstanceOf(MembershipChanged.Done.class);
        assertThat(membership(agency, manager)).contains(Membership.OWNER);
        assertThat(changes.change(owner(), who, MemberChange.to(MemberRole.MANAGER, true, List.of(), false)))
                .as("a stranger")
                .isEqualTo(MembershipChanged.Refused.NOT_FOUND);
    }

    @Test
    void peopleAreFoundAndPaged() {
        AccountContext agency = owner();
        var all = new ArrayList<String>();
        all.add(email(agency));
        for (int i = 0; i < 5; i++) {
            AccountContext manager = owner();
            join(agency, manager, MemberRole.MANAGER);
            all.add(email(manager));
        }
        var seen = new ArrayList<String>();
        Optional<IdentityId> after = Optional.empty();
        do {
            People.OfAccount part = people.of(agency, "", after, 2);
            assertThat(part.members()).hasSizeLessThanOrEqualTo(2);
            part.members().forEach(staff -> seen.add(staff.member().email()));
            after = part.next();
        } while (after.isPresent());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(all).doesNotHaveDuplicates();
        String wanted = all.get(3);
        assertThat(people.of(
                                agency,
                                wanted.substring(0, wanted.indexOf('@')).toUpperCase(Locale.ROOT),
                                Optional.empty(),
                                10)
                        .members())
                .extracting(staff -> staff.member().email())
                .contains(wanted);
        assertThat(people.of(agency, "100%_nobody", Optional.empty(), 10).members())
                .isEmpty();
        assertThat(people.of(agency, "_", Optional.empty(), 10).members())
                .as("no pattern")
                .isEmpty();
    }
}
