package dev.banyan.whatsapp.numbers;

import static dev.banyan.platform.outcome.Outcomes.refusal;
import static dev.banyan.platform.outcome.Outcomes.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.AtOnce;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Pool;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderEventStore;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.numbers.Senders.Added;
import dev.banyan.whatsapp.numbers.Senders.Moved;
import dev.banyan.whatsapp.numbers.Senders.NewMaster;
import dev.banyan.whatsapp.numbers.Senders.NewServant;
import dev.banyan.whatsapp.numbers.Senders.Removed;
import org.junit.jupiter.api.Test;

/// Operations on masters and servants, above all under concurrency.
@OnEveryDatabase
class SendersTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Database database;
    private final TestSenders world; // its clock stands still, but ids must differ
    private final Senders senders;
    private final AccountContext owner;
    private final AccountId tenant;
    private final AccountId stranger;

    SendersTest(Database database) {
        this.database = database;
        this.world = new TestSenders(database);
        this.senders = world.senders;
        this.owner = StoredAccounts.owner(database, Tier.FREE);
        this.tenant = owner.root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void aServantGetsAnIdAPurposeAndAPhoneInOneForm() {
        Sender master = master("Amira Nasser");

        Sender servant = done(senders.addServant(
                tenant,
                owner.actor(),
                new NewServant(master.id(), " +971 50 000 0102", " Sales Team ", Optional.empty())));

        assertThat(servant.id().value()).matches("servant-\\d{13}");
        assertThat(servant.displayName()).isEqualTo("Sales Team");
        assertThat(servant.phone()).contains(new Phone("+971500000102"));
        assertThat(servant.purpose()).contains("custom");
        assertThat(servant.masterId()).contains(master.id());
        assertThat(servant.state()).isEqualTo(SenderState.PENDING);
        assertThat(find(master.id()).servants()).isEqualTo(1);
        assertThat(world.events.fired()).contains(new SenderChanged(tenant, servant.id()));
        assertThat(world.auditOf(servant)).containsExactly("ServantAdded");
    }

    @Test
    void aMastersIdIsItsNameWhereNobodyChoseOne() {
        String name = "Åsa Nasser " + NUMBER.incrementAndGet();
        Sender first = master(name);
        Sender second = master(name);
        Sender third = master("أميرة");

        assertThat(first.id().value()).isEqualTo("asa-nasser-" + NUMBER.get());
        assertThat(second.id().value()).matches(first.id() + "-\\d{13}");
        assertThat(third.id().value()).matches("master(-\\d{13})?");
    }

    @Test
    void aChosenIdKeepsItsCaseAndIsTakenOnce() {
        String id = "Wa_" + NUMBER.incrementAndGet();
        var wanted = new NewMaster(Optional.of(id), "Chosen", Optional.empty(), MasterType.BACKUP);

        assertThat(done(senders.addMaster(tenant, Actor.SERVER, wanted)).id()).isEqualTo(new SenderId(id));
        assertThat(senders.addMaster(tenant, Actor.SERVER, wanted)).isEqualTo(new Added.IdTaken(new SenderId(id)));
        assertThat(done(senders.addMaster(stranger, Actor.SERVER, wanted)).id())
                .as("no account learns which ids others have")
                .isEqualTo(new SenderId(id));
    }

    /// Numbers may be older than what is known of their account's zone, which may change, too.
    @Test
    void aPoolFollowsTheTimeZoneOfItsAccountUntilItsSettingsAreSaved() {
        Sender untouched = master("Amira Nasser");
        Sender chosen = master("Omar Haddad");
        assertThat(zone(untouched)).isEqualTo(ZoneOffset.UTC);
        database.write(tx -> {
            new PoolSettingsStore(tx)
                    .save(
                            tenant,
                            chosen.id(),
                            PoolSettings.DEFAULT.withZone(ZoneId.of("Asia/Kathmandu")),
                            StoredAccounts.NOW);
            return tx;
        });

        for (ZoneId zone : List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Dubai"))) {
            database.write(tx -> {
                new AccountStore(tx).setZone(tenant, zone, StoredAccounts.NOW);
                return tx;
            });
            assertThat(zone(untouched)).isEqualTo(zone);
            assertThat(zone(master("Layla Noor"))).isEqualTo(zone);
            assertThat(zone(chosen)).isEqualTo(ZoneId.of("Asia/Kathmandu"));
            assertThat(world.pools.settings(tenant).apply(untouched.id()).zone())
                    .as("on the board, too")
                    .isEqualTo(zone);
        }
    }

    private ZoneId zone(Sender master) {
        return database.read(
                tx -> new PoolSettingsStore(tx).find(tenant, master.id()).zone());
    }

    @Test
    void aMoveIsInTheEventsOfBothPools() {
        Sender amira = master("Amira Nasser");
        Sender omar = master("Omar Haddad");
        Sender layla = master("Layla Noor");
        Sender sales = done(servant(amira, "+971500000102"));
        done(servant(omar, "+971500000103"));

        senders.changeMaster(tenant, owner.actor(), sales.id(), omar.id());
        senders.changeMaster(tenant, owner.actor(), sales.id(), omar.id());
        senders.moveServants(tenant, owner.actor(), omar.id(), layla.id());
        senders.removeMaster(tenant, owner.actor(), layla.id(), Optional.of(amira.id()));

        assertThat(events(amira))
                .containsExactly(
                        "2 servants moved here from Layla Noor.", sales.displayName() + " moved to Omar Haddad.");
        assertThat(events(omar))
                .containsExactly(
                        "2 servants moved to Layla Noor.", sales.displayName() + " moved here from Amira Nasser.");
        assertThat(events(layla))
                .containsExactly("2 servants moved to Amira Nasser.", "2 servants moved here from Omar Haddad.");
        List<SenderEvent> own =
                database.read(tx -> new SenderEventStore(tx).ofSender(tenant, sales.id(), Optional.empty(), 9));
        assertThat(own).as("once in its own history").hasSize(1);
    }

    private List<String> events(Sender master) {
        return database.read(tx -> new SenderEventStore(tx).ofPool(tenant, master.id(), Optional.empty(), 9)).stream()
                .map(SenderEvent::details)
                .toList();
    }

    @Test
    void aPhoneServesOneSenderOfAnAccountInWhateverFormItIsTyped() {
        Sender master = master("Amira Nasser", Optional.of("+971500000101"));
        Sender servant = done(servant(master, "+971500000102"));

        assertThat(servant(master, "00971 50 000 0101"))
                .isEqualTo(new Added.PhoneInUse(new Phone("+971500000101"), find(master.id())));
        assertThat(servant(master, "971500000102")).isInstanceOf(Added.PhoneInUse.class);
        assertThat(senders.addMaster(tenant, Actor.SERVER, newMaster("Other", Optional.of("+971500000102"))))
                .isEqualTo(new Added.PhoneInUse(new Phone("+971500000102"), servant));
        assertThat(senders.addMaster(stranger, Actor.SERVER, newMaster("Other", Optional.of("+971500000101"))))
                .isInstanceOf(Added.Done.class);
        assertThat(find(master.id()).servants()).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsSaidFieldByField() {
        Sender master = master("Amira Nasser");

        Added added = senders.addServant(
                tenant, Actor.SERVER, new NewServant(master.id(), "0500000101", " ", Optional.of("x".repeat(41))));

        assertThat(added)
                .isInstanceOfSatisfying(
                        Added.Rejected.class,
                        rejected -> assertThat(rejected.invalid())
                                .extracting(Invalid::field)
                                .containsExactlyInAnyOrder("displayName", "phoneNumber", "purpose"));
        assertThat(senders.addMaster(
                        tenant,
                        Actor.SERVER,
                        new NewMaster(Optional.of("no id"), "Name", Optional.of("1"), MasterType.PRIMARY)))
                .isInstanceOfSatisfying(
                        Added.Rejected.class,
                        rejected -> assertThat(rejected.invalid())
                                .extracting(Invalid::field)
                                .containsExactlyInAnyOrder("id", "phoneNumber"));
        assertThat(find(master.id()).servants()).isZero();
    }

    @Test
    void aServantNeedsAMasterOfTheSameAccount() {
        Sender master = master("Amira Nasser");
        Sender servant = done(servant(master, "+971500000102"));
        var nobody = new SenderId("nobody");

        for (SenderId wrong : List.of(servant.id(), nobody)) {
            assertThat(senders.addServant(tenant, Actor.SERVER, newServant(wrong, "+971500000103")))
                    .isEqualTo(new Added.MasterNotFound(wrong));
        }
        assertThat(senders.addServant(stranger, Actor.SERVER, newServant(master.id(), "+971500000103")))
                .isEqualTo(new Added.MasterNotFound(master.id()));
    }

    @Test
    void aServantMovesToAnotherMasterAndTheCountsFollow() {
        Sender first = master("First");
        Sender second = master("Second");
        Sender servant = done(servant(first, "+971500000102"));

        Moved moved = senders.changeMaster(tenant, owner.actor(), servant.id(), second.id());

        assertThat(moved).isInstanceOfSatisfying(Moved.Done.class, done -> {
            assertThat(done.servant().masterId()).contains(second.id());
            assertThat(done.master()).isEqualTo(find(second.id()));
        });
        assertThat(find(first.id()).servants()).isZero();
        assertThat(find(second.id()).servants()).isEqualTo(1);
        assertThat(world.auditOf(servant)).containsExactly("ServantAdded", "ServantMoved");

        assertThat(senders.changeMaster(tenant, owner.actor(), servant.id(), second.id()))
                .isInstanceOf(Moved.Done.class);
        assertThat(find(second.id()).servants()).isEqualTo(1);
        assertThat(world.auditOf(servant)).hasSize(2);
    }

    @Test
    void whenAllServantsMoveBothPoolsAndEachServantAreTold() {
        Sender first = master("First");
        Sender second = master("Second");
        Sender third = master("Third");
        Sender one = done(servant(first, "+971500000102"));
        Sender two = done(servant(first, "+971500000103"));

        int before = world.events.fired().size();
        senders.moveServants(tenant, owner.actor(), first.id(), second.id());
        assertThat(world.events.fired().stream().skip(before))
                .containsExactlyInAnyOrderElementsOf(changed(first, second, one, two));
        assertThat(world.auditOf(first)).containsExactly("MasterAdded", "ServantsMoved");

        int moved = world.events.fired().size();
        remove(second, Optional.of(third.id()));
        assertThat(world.events.fired().stream().skip(moved))
                .containsExactlyInAnyOrderElementsOf(changed(second, third, one, two));
        assertThat(world.auditOf(second)).containsExactly("MasterAdded", "MasterRemoved");
    }

    private List<SenderChanged> changed(Sender... changed) {
        return Stream.of(changed)
                .map(sender -> new SenderChanged(tenant, sender.id()))
                .toList();
    }

    @Test
    void aSenderIsFoundByItsTextInEveryScript() {
        Sender master = master("Ärzte Team");
        Sender servant = done(senders.addServant(
                tenant,
                Actor.SERVER,
                new NewServant(master.id(), "+971500000102", "Поддержка", Optional.of("Überall"))));

        assertThat(found("Ärzte Team")).containsExactly(find(master.id()));
        assertThat(found("ärzte")).containsExactly(find(master.id()));
        assertThat(found("ARZTE t")).containsExactly(find(master.id()));
        assertThat(found("Поддержка")).containsExactly(servant);
        assertThat(found("поддерж")).containsExactly(servant);
        assertThat(found("überall")).containsExactly(servant);
        assertThat(found("0102")).containsExactly(servant);
        assertThat(found(servant.id().value())).containsExactly(servant);
        assertThat(found("%")).isEmpty();
    }

    private List<Sender> found(String text) {
        return world.pools
                .search(tenant, value(SenderQuery.parse(Map.of("text", text))), Optional.empty(), 9)
                .senders();
    }

    @Test
    void nothingMovesToOrFromWhatIsNotThere() {
        Sender master = master("First");
        Sender servant = done(servant(master, "+971500000102"));
        Sender foreign = done(senders.addMaster(stranger, Actor.SERVER, newMaster("Foreign", Optional.empty())));
        var nobody = new SenderId("nobody");

        assertThat(senders.changeMaster(tenant, Actor.SERVER, servant.id(), nobody))
                .isEqualTo(new Moved.MasterNotFound(nobody));
        assertThat(senders.changeMaster(tenant, Actor.SERVER, servant.id(), foreign.id()))
                .isEqualTo(new Moved.MasterNotFound(foreign.id()));
        assertThat(senders.changeMaster(tenant, Actor.SERVER, servant.id(), servant.id()))
                .isEqualTo(new Moved.MasterNotFound(servant.id()));
        assertThat(senders.changeMaster(tenant, Actor.SERVER, master.id(), master.id()))
                .isEqualTo(new Moved.ServantNotFound(master.id()));
        assertThat(senders.changeMaster(stranger, Actor.SERVER, servant.id(), foreign.id()))
                .isEqualTo(new Moved.ServantNotFound(servant.id()));
    }

    @Test
    void aRemovedServantIsGoneAndItsPhoneIsFree() {
        Sender master = master("First");
        Sender servant = done(servant(master, "+971500000102"));

        assertThat(senders.removeServant(stranger, Actor.SERVER, servant.id()))
                .isEqualTo(new Removed.NotFound(servant.id()));
        assertThat(senders.removeServant(tenant, Actor.SERVER, master.id()))
                .isEqualTo(new Removed.NotFound(master.id()));
        assertThat(senders.removeServant(tenant, Actor.SERVER, servant.id())).isInstanceOf(Removed.Done.class);
        assertThat(senders.removeServant(tenant, Actor.SERVER, servant.id()))
                .isEqualTo(new Removed.NotFound(servant.id()));
        assertThat(find(master.id()).servants()).isZero();
        assertThat(servant(master, "+971500000102")).isInstanceOf(Added.Done.class);
    }

    @Test
    void aMasterGoesOnlyWhenItsServantsHaveSomewhereToBe() {
        Sender first = master("First");
        Sender second = master("Second");
        Sender servant = done(servant(first, "+971500000102"));
        var nobody = new SenderId("nobody");

        assertThat(remove(first, Optional.empty())).isEqualTo(new Removed.HasServants(find(first.id()), 1));
        assertThat(remove(first, Optional.of(nobody))).isEqualTo(new Removed.MasterNotFound(nobody));
        assertThat(remove(first, Optional.of(first.id()))).isEqualTo(new Removed.MasterNotFound(first.id()));
        assertThat(remove(first, Optional.of(second.id())))
                .isInstanceOfSatisfying(
                        Removed.Done.class, done -> assertThat(done.moved()).isEqualTo(1));

        assertThat(find(servant.id()).masterId()).contains(second.id());
        assertThat(find(second.id()).servants()).isEqualTo(1);
        assertThat(remove(first, Optional.empty())).isEqualTo(new Removed.NotFound(first.id()));
        assertThat(senders.removeServant(tenant, Actor.SERVER, servant.id())).isInstanceOf(Removed.Done.class);
        assertThat(remove(second, Optional.empty())).isInstanceOf(Removed.Done.class);
    }

    @Test
    void nameAndTypeChange() {
        Sender master = master("First");
        Sender servant = done(servant(master, "+971500000102"));

        assertThat(world.rename(tenant, servant.id(), " New Name "))
                .satisfies(renamed -> assertThat(changed(renamed).displayName()).isEqualTo("New Name"));
        assertThat(world.rename(tenant, servant.id(), "\u200ENew Name\u00A0\uFEFF"))
                .satisfies(renamed -> assertThat(changed(renamed).displayName()).isEqualTo("New Name"));
        assertThat(world.rename(tenant, servant.id(), ""))
                .extracting(SendersTest::refusal)
                .isInstanceOf(Refusal.Rejected.class);
        assertThat(world.rename(stranger, servant.id(), "Stolen")).isEqualTo(Outcome.notFound());
        assertThat(senders.setMasterType(tenant, Actor.SERVER, master.id(), MasterType.BACKUP))
                .satisfies(set -> assertThat(changed(set).masterType()).contains(MasterType.BACKUP));
        assertThat(senders.setMasterType(tenant, Actor.SERVER, servant.id(), MasterType.BACKUP))
                .isEqualTo(Outcome.notFound());
    }

    private static Sender changed(Outcome<Sender> changed) {
        return changed.fold(sender -> sender, refusal -> fail(refusal.toString()));
    }

    private static Refusal refusal(Outcome<Sender> changed) {
        return changed.fold(sender -> fail(sender.toString()), refusal -> refusal);
    }

    @Test
    void anOverviewCountsWhatIsThere() {
        Sender first = master("First");
        Sender second = master("Second");
        Sender one = done(servant(first, "+971500000101"));
        Sender two = done(servant(first, "+971500000102"));

        Pools.Overview overview = Pools.group(database.read(tx -> new SenderStore(tx).list(tenant)));

        assertThat(overview.pools())
                .containsExactlyInAnyOrder(
                        new Pool(find(first.id()), List.of(one, two)), new Pool(find(second.id()), List.of()));
        assertThat(overview.total()).isEqualTo(4);
        assertThat(overview.masters()).isEqualTo(2);
        assertThat(overview.servants()).isEqualTo(2);
        assertThat(overview.active()).isZero();
        assertThat(overview.pending()).isEqualTo(4);
    }

    @Test
    void manyServantsAtOnceGetDifferentIdsAndAreCounted() {
        Sender master = master("First");

        List<Added> added = AtOnce.run(20, number -> servant(master, "+9715000001" + (10 + number)));

        assertThat(added).extracting(SendersTest::done).extracting(Sender::id).doesNotHaveDuplicates();
        assertThat(find(master.id()).servants()).isEqualTo(20);
    }

    @Test
    void ofManyWhoAddOnePhoneAtOnceOneDoes() {
        Sender first = master("First");
        Sender second = master("Second");

        List<Added> added = AtOnce.run(12, number -> servant(number % 2 == 0 ? first : second, "+971500000101"));

        assertThat(added).filteredOn(Added.Done.class::isInstance).hasSize(1);
        assertThat(added).filteredOn(Added.PhoneInUse.class::isInstance).hasSize(11);
        assertThat(find(first.id()).servants() + find(second.id()).servants()).isEqualTo(1);
    }

    @Test
    void servantsThatMoveCrosswiseAtOnceLeaveTrueCounts() {
        Sender first = master("First");
        Sender second = master("Second");
        List<Sender> servants = List.of(
                done(servant(first, "+971500000101")),
                done(servant(second, "+971500000102")),
                done(servant(first, "+971500000103")));

        AtOnce.run(
                24,
                number -> senders.changeMaster(
                        tenant,
                        Actor.SERVER,
                        servants.get(number % 3).id(),
                        (number / 3 % 2 == 0 ? second : first).id()));

        Pools.Overview overview = Pools.group(database.read(tx -> new SenderStore(tx).list(tenant)));
        assertThat(overview.pools())
                .allSatisfy(pool -> assertThat(pool.master().servants())
                        .isEqualTo(pool.servants().size()));
        assertThat(overview.servants()).isEqualTo(3);
    }

    @Test
    void aMasterThatIsRemovedWhileServantsJoinNeverLeavesThemAlone() {
        Sender first = master("First");
        Sender second = master("Second");

        AtOnce.run(
                12,
                number -> number == 6
                        ? remove(first, Optional.of(second.id()))
                        : servant(first, "+9715000001" + (10 + number)));

        Pools.Overview overview = Pools.group(database.read(tx -> new SenderStore(tx).list(tenant)));
        assertThat(overview.pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.master().servants())
                        .isEqualTo(pool.servants().size()));
        assertThat(overview.senders()).hasSize(overview.total());
    }

    private Removed remove(Sender master, Optional<SenderId> moveTo) {
        return senders.removeMaster(tenant, Actor.SERVER, master.id(), moveTo);
    }

    private Sender master(String name) {
        return master(name, Optional.empty());
    }

    private Sender master(String name, Optional<String> phone) {
        return done(senders.addMaster(tenant, owner.actor(), newMaster(name, phone)));
    }

    private Added servant(Sender master, String phone) {
        return senders.addServant(tenant, owner.actor(), newServant(master.id(), phone));
    }

    private static NewMaster newMaster(String name, Optional<String> phone) {
        return new NewMaster(Optional.empty(), name, phone, MasterType.PRIMARY);
    }

    private static NewServant newServant(SenderId master, String phone) {
        return new NewServant(master, phone, "Support Desk", Optional.of("support"));
    }

    private static Sender done(Added added) {
        return switch (added) {
            case Added.Done done -> done.sender();
            case Added other -> throw new AssertionError(other);
        };
    }

    private Sender find(SenderId id) {
        return database.read(tx -> new SenderStore(tx).find(tenant, id)).orElseThrow();
    }
}
