package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.failover.LentSenderStore;
import dev.banyan.whatsapp.session.LinkingStore;
import dev.banyan.whatsapp.session.MovedNumberStore;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SenderStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Instant LATER = NOW.plusMillis(1);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;

    SenderStoreContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void aSenderIsFoundAsItWasStored() {
        Sender master = stored(everything(tenant, newId()));
        Sender servant = stored(servant(master, "+971500000102"));

        assertThat(find(tenant, master.id())).contains(master);
        assertThat(find(tenant, servant.id())).contains(servant);
        assertThat(byPhone(tenant, "+971500000102")).contains(servant);
        assertThat(servants(tenant, master)).containsExactly(servant);
        assertThat(list(tenant)).containsExactly(master, servant);
    }

    @Test
    void severalAreFoundAtOnceWhereTheyBelong() {
        Sender first = stored(master(tenant, newId(), Optional.empty()));
        Sender second = stored(master(tenant, newId(), Optional.empty()));
        Sender foreign = stored(master(stranger, newId(), Optional.empty()));
        List<SenderId> ids = List.of(first.id(), second.id(), foreign.id(), newId());

        assertThat(this.<List<Sender>>read(store -> store.findAll(tenant, ids)))
                .containsExactlyInAnyOrder(first, second);
        assertThat(this.<List<Sender>>read(store -> store.findAll(stranger, ids)))
                .containsExactly(foreign);
    }

    @Test
    void whatANumberAtAGatewaySendsReachesPeople() {
        Sender master = stored(master(tenant, newId(), Optional.empty()));
        Sender servant = stored(servant(master, "+971500000102").at(DriverKind.WAHA, Optional.empty()));

        assertThat(this.<Boolean>read(store -> store.isReal(tenant, servant.id())))
                .isTrue();
        assertThat(this.<Boolean>read(store -> store.isReal(tenant, master.id())))
                .isFalse();
        assertThat(this.<Boolean>read(store -> store.hasRealServants(tenant, master.id())))
                .isTrue();
        assertThat(this.<Boolean>read(store -> store.isReal(stranger, servant.id())))
                .isFalse();
        assertThat(this.<Boolean>read(store -> store.hasRealServants(stranger, master.id())))
                .isFalse();

        Sender other = stored(master(tenant, newId(), Optional.empty()));
        assertThat(isRealPool(tenant, master)).isTrue();
        assertThat(isRealPool(tenant, other)).isFalse();
        assertThat(isRealPool(stranger, master)).isFalse();
        database.write(tx -> new LentSenderStore(tx).lendAll(tenant, master.id(), other.id(), NOW));
        assertThat(isRealPool(tenant, master)).as("has lent its real number").isTrue();
        assertThat(isRealPool(tenant, other)).as("is lent one").isFalse();
    }

    private boolean isRealPool(AccountId of, Sender master) {
        return this.<Boolean>read(store -> store.isRealPool(of, master.id()));
    }

    @Test
    void aPartOfANameANumberOrAnIdFindsASender() {
        Sender front = stored(master(tenant, newId(), Optional.of("+971500000177")));
        stored(master(stranger, newId(), Optional.of("+971500000177")));

        assertThat(named("0000177")).containsExactly(front);
        assertThat(named(front.id().value())).containsExactly(front);
        assertThat(named(front.displayName().substring(1).toUpperCase(java.util.Locale.ROOT)))
                .containsExactly(front);
        for (String typed : List.of("0500000177", "050 000 0177", "050-0000-177", "00971 50 0000177", "+971 50 000")) {
            assertThat(named(typed)).as(typed).containsExactly(front);
        }
        for (String typed : List.of("%", "0", "0500000178", "()")) {
            assertThat(named(typed)).as(typed).isEmpty();
        }
    }

    @Test
    void anIdIsTakenInItsTenantInThisSpellingAndSoIsAPhone() {
        SenderId id = newId();
        stored(master(tenant, id, Optional.of("+971500000101")));

        assertThat(insert(master(tenant, id, Optional.empty()))).isFalse();
        assertThat(insert(master(stranger, id, Optional.empty()))).isTrue();
        assertThat(find(tenant, id).orElseThrow().phone()).contains(new Phone("+971500000101"));
        assertThat(find(stranger, id).orElseThrow().phone()).isEmpty();
        assertThat(insert(master(tenant, newId(), Optional.of("+971500000101"))))
                .isFalse();
        assertThat(insert(master(stranger, newId(), Optional.of("+971500000101"))))
                .isTrue();
        assertThat(insert(
                        master(tenant, new SenderId(id.value().toUpperCase(java.util.Locale.ROOT)), Optional.empty())))
                .isTrue();
    }

    @Test
    void anAccountHasLinkedANumberOnceOneOfItsOwnWasLinked() {
        Sender master = stored(master(tenant, newId(), Optional.empty()));
        assertThat(this.<Boolean>read(store -> store.hasLinked(tenant))).isFalse();

        write(store -> store.saveLink(tenant, master.withLink(everyLink(), LATER)));

        assertThat(this.<Boolean>read(store -> store.hasLinked(tenant))).isTrue();
        assertThat(this.<Boolean>read(store -> store.hasLinked(stranger))).isFalse();
    }

    @Test
    void mastersWithoutAPhoneStandSideBySide() {
        stored(master(tenant, newId(), Optional.empty()));
        stored(master(tenant, newId(), Optional.empty()));

        assertThat(list(tenant)).hasSize(2);
    }

    @Test
    void aServantCannotBeStoredUnderAServantAForeignerOrNobody() {
        Sender master = stored(master(tenant, newId(), Optional.empty()));
        Sender servant = stored(servant(master, "+971500000102"));
        Sender foreign = stored(master(stranger, newId(), Optional.empty()));

        for (SenderId wrong : List.of(servant.id(), foreign.id(), newId())) {
            assertRefused(store -> store.insert(tenant, servant(tenant, wrong, "+971500000103")));
            assertRefused(store -> store.move(tenant, servant.id(), wrong, LATER));
        }
        assertThat(find(tenant, servant.id())).contains(servant);
    }

    @Test
    void aMasterWithServantsCannotBeDeleted() {
        Sender master = stored(master(tenant, newId(), Optional.empty()));
        Sender servant = stored(servant(master, "+971500000102"));

        assertRefused(store -> store.delete(tenant, master.id()));
        write(store -> {
            store.delete(tenant, servant.id());
            store.delete(tenant, master.id());
        });

        assertThat(list(tenant)).isEmpty();
    }

    @Test
    void whatADeletedMasterHasLentIsLentNoMore() {
        SenderId id = newId();
        Sender ours = stored(master(tenant, id, Optional.empty()));
        stored(master(stranger, id, Optional.empty()));
        OutgoingMessage lent = lent(tenant, id);
        OutgoingMessage foreign = lent(stranger, id);

        write(store -> store.delete(tenant, ours.id()));
        assertThat(home(lent)).isEmpty();
        assertThat(home(foreign)).contains(id);
    }

    private OutgoingMessage lent(AccountId by, SenderId home) {
        var message = new OutgoingMessage(
                UUID.randomUUID(),
                by,
                new SenderId("stand-in"),
                Optional.of(home),
                Optional.empty(),
                new Phone("+971500000201"),
                "Hi",
                Optional.empty(),
                MessageContent.PLAIN,
                "key-" + UUID.randomUUID(),
                MessageSchedule.NONE,
                DeliveryState.QUEUED,
                Optional.empty(),
                Optional.empty(),
                LATER,
                LATER);
        database.write(tx -> new OutboxStore(tx).insert(by, List.of(message), Optional.empty()));
        return message;
    }

    private Optional<SenderId> home(OutgoingMessage message) {
        return database.read(tx -> new OutgoingStore(tx).find(message.tenant(), message.id()))
                .flatMap(OutgoingMessage::home);
    }

    @Test
    void servantsMoveOneByOneAndAllTogether() {
        Sender first = stored(master(tenant, newId(), Optional.empty()));
        Sender second = stored(master(tenant, newId(), Optional.empty()));
        Sender one = stored(servant(first, "+971500000101"));
        Sender two = stored(servant(first, "+971500000102"));
        Sender three = stored(servant(first, "+971500000103"));

        write(store -> store.move(tenant, one.id(), second.id(), LATER));
        assertThat(servantsOf(second)).containsExactly(one.id());
        assertThat(database.<Integer>write(tx -> new SenderStore(tx).moveAll(tenant, first.id(), second.id(), LATER)))
                .isEqualTo(2);

        assertThat(servantsOf(first)).isEmpty();
        assertThat(servantsOf(second)).containsExactlyInAnyOrder(one.id(), two.id(), three.id());
    }

    @Test
    void nameTypeAndNumberOfServantsChange() {
        Sender master = stored(master(tenant, newId(), Optional.empty()));

        write(store -> {
            store.tune(tenant, master.tuned("Рабочий номер 🌿", master.role(), master.traits()), LATER);
            store.setType(tenant, master.id(), MasterType.BACKUP, LATER);
            store.addServants(tenant, master.id(), 3, LATER);
            store.addServants(tenant, master.id(), -1, LATER);
        });

        Sender found = find(tenant, master.id()).orElseThrow();
        assertThat(found.displayName()).isEqualTo("Рабочий номер 🌿");
        assertThat(found.masterType()).contains(MasterType.BACKUP);
        assertThat(found.servants()).isEqualTo(2);
        assertThat(found.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void whatLinkingTeachesIsWrittenDown() {
        Sender master = stored(master(tenant, newId(), Optional.empty()));
        Sender linked = master.withPhone(new Phone("+971500000101")).withLink(everyLink(), LATER);

        write(store -> store.saveLink(tenant, linked));

        assertThat(find(tenant, master.id())).contains(linked);
    }

    @Test
    void aStartKnowsWhoMayComeBackAndGivesUpTheRest() {
        Sender back = stored(withState(SenderState.LINKED, true));
        Sender lost = stored(withState(SenderState.DISCONNECTED, true));
        Sender halfway = stored(withState(SenderState.PASSKEY_REQUIRED, true));
        Sender claimed = stored(withState(SenderState.DISCONNECTED, false));
        Sender banned = stored(withState(SenderState.BANNED, true));
        Sender bannedByWhatsApp = stored(withState(SenderState.BANNED, true).at(DriverKind.WAHA, Optional.empty()));

        assertThat(database.<Integer>write(tx -> new LinkingStore(tx).giveUpLinkings(LATER)))
                .isPositive();

        assertThat(find(tenant, halfway.id()).orElseThrow().state()).isEqualTo(SenderState.PENDING);
        List<SenderId> restorable = restorable(Optional.empty(), Optional.empty(), 1000).stream()
                .map(Sender::id)
                .toList();
        assertThat(restorable)
                .contains(back.id(), lost.id(), bannedByWhatsApp.id())
                .doesNotContain(halfway.id(), claimed.id(), banned.id());
        List<Sender> first = restorable(Optional.empty(), Optional.empty(), 1);
        List<Sender> rest =
                restorable(Optional.empty(), Optional.of(first.getFirst().key()), 1000);
        assertThat(rest).hasSize(restorable.size() - 1).doesNotContainAnyElementsOf(first);
    }

    @Test
    void whatBelongsToOnePoolIsThePoolsOwn() {
        Sender back = stored(withState(SenderState.LINKED, true));
        Sender halfway = stored(withState(SenderState.LINKING, true));
        Sender servant = stored(servant(back, "+971500000102"));
        var foreign = new SenderKey(stranger, halfway.id());

        assertThat(isLinking(halfway.key())).isTrue();
        assertThat(isLinking(back.key())).isFalse();
        assertThat(isLinking(foreign)).isFalse();
        assertThat(linking(List.of(back.key(), halfway.key()))).containsExactly(halfway.key());
        assertThat(linking(List.of(back.key(), foreign))).isEmpty();
        assertThat(restorable(back.key())).containsExactly(back.id());
        assertThat(restorable(halfway.key())).isEmpty();
        assertThat(restorable(foreign)).isEmpty();
        assertThat(restorable(Optional.of(List.of(foreign, back.key(), halfway.key())), Optional.empty(), 1000))
                .extracting(Sender::id)
                .containsExactly(back.id());
        assertThat(database.<Map<SenderKey, Integer>>read(tx -> new LinkingStore(tx).pools(Optional.empty())))
                .containsKeys(back.key(), halfway.key())
                .doesNotContainKeys(servant.key(), foreign);
        assertThat(database.<Map<SenderKey, Integer>>read(
                        tx -> new LinkingStore(tx).pools(Optional.of(Set.of(stranger)))))
                .isEmpty();

        giveUpLinkings(foreign);
        assertThat(find(tenant, halfway.id()).orElseThrow().state()).isEqualTo(SenderState.LINKING);
        giveUpLinkings(halfway.key());
        assertThat(find(tenant, halfway.id()).orElseThrow().state()).isEqualTo(SenderState.PENDING);
        assertThat(isLinking(halfway.key())).isFalse();
    }

    /// Another server may have it open still.
    @Test
    void aNumberThatGotToAnotherPoolWaitsUntilItIsTakenUpThere() {
        Sender from = stored(withState(SenderState.LINKED, true));
        Sender to = stored(withState(SenderState.LINKED, true));
        Sender servant = servant(from, "+971500000102");
        Sender number = stored(servant.withLink(servant.link().done("Pixel 9", NOW), NOW));
        assertThat(restorable(from.key())).containsExactlyInAnyOrder(from.id(), number.id());
        assertThat(moved(tenant)).isEmpty();

        write(store -> store.move(tenant, number.id(), to.id(), LATER));

        var moved = new MovedNumberStore.Moved(number.key(), to.key(), LATER);
        assertThat(moved(tenant)).containsExactly(moved);
        assertThat(moved(stranger)).isEmpty();
        assertThat(database.<List<MovedNumberStore.Moved>>read(
                        tx -> new MovedNumberStore(tx).moved(tenant, number.id())))
                .containsExactly(moved);
        assertThat(database.<List<MovedNumberStore.Moved>>read(tx -> new MovedNumberStore(tx).moved(tenant, to.id())))
                .isEmpty();
        assertThat(restorable(to.key())).containsExactly(to.id());

        write(store -> store.move(tenant, number.id(), from.id(), LATER.plusMillis(1)));
        write(store -> store.move(tenant, number.id(), to.id(), LATER.plusMillis(2)));
        assertThat(arrived(moved)).as("it has moved again").isFalse();
        assertThat(arrived(moved(tenant).getFirst())).isTrue();

        assertThat(moved(tenant)).isEmpty();
        assertThat(restorable(to.key())).containsExactlyInAnyOrder(to.id(), number.id());
    }

    private List<SenderId> restorable(SenderKey of) {
        return restorable(Optional.of(List.of(of)), Optional.empty(), 1000).stream()
                .map(Sender::id)
                .toList();
    }

    private List<Sender> restorable(Optional<List<SenderKey>> pools, Optional<SenderKey> after, int limit) {
        return database.read(tx -> new LinkingStore(tx).restorable(pools, after, limit));
    }

    private List<MovedNumberStore.Moved> moved(AccountId of) {
        return database.read(tx -> new MovedNumberStore(tx).moved(Optional.of(Set.of(of)), 9));
    }

    private boolean arrived(MovedNumberStore.Moved moved) {
        return database.write(tx -> new MovedNumberStore(tx).arrived(moved));
    }

    private List<Sender> named(String text) {
        return database.read(tx -> new SenderSearchStore(tx).named(tenant, text, 5));
    }

    private boolean isLinking(SenderKey of) {
        return database.read(tx -> new LinkingStore(tx).isLinking(of.tenant(), of.id()));
    }

    private List<SenderKey> linking(List<SenderKey> pools) {
        return database.read(tx -> new LinkingStore(tx).linking(pools));
    }

    private void giveUpLinkings(SenderKey number) {
        database.write(tx -> {
            new LinkingStore(tx).giveUpLinkings(List.of(number), LATER);
            return true;
        });
    }

    private Sender withState(SenderState state, boolean linkedOnce) {
        Sender master = master(tenant, newId(), Optional.empty());
        Sender.Link link = linkedOnce ? master.link().done("Pixel 9", NOW) : master.link();
        return master.withLink(link.became(state, Optional.empty(), Optional.empty(), NOW), NOW);
    }

    @Test
    void aForeignTenantFindsAndChangesNothing() {
        Sender master = stored(master(tenant, newId(), Optional.of("+971500000101")));
        Sender servant = stored(servant(master, "+971500000102"));
        Sender other = stored(master(stranger, newId(), Optional.empty()));

        assertThat(find(stranger, master.id())).isEmpty();
        assertThat(byPhone(stranger, "+971500000101")).isEmpty();
        assertThat(servants(stranger, master)).isEmpty();
        assertThat(list(stranger)).containsExactly(other);
        write(store -> {
            store.tune(stranger, master.tuned("Stolen", master.role(), master.traits()), LATER);
            store.setType(stranger, master.id(), MasterType.BACKUP, LATER);
            store.addServants(stranger, master.id(), 5, LATER);
            store.move(stranger, servant.id(), other.id(), LATER);
            store.moveAll(stranger, master.id(), other.id(), LATER);
            store.saveLink(stranger, master.withLink(everyLink(), LATER));
            store.delete(stranger, servant.id());
        });
        assertThat(list(tenant)).containsExactly(master, servant);
    }

    @Test
    void accountsWithMastersAreKnown() {
        stored(master(tenant, newId(), Optional.empty()));
        stored(master(tenant, newId(), Optional.empty()));

        List<AccountId> tenants = read(store -> store.tenantsWithMasters(1000));
        assertThat(tenants).contains(tenant).doesNotContain(stranger);
    }

    private List<SenderId> servantsOf(Sender master) {
        return servants(tenant, master).stream().map(Sender::id).toList();
    }

    private List<Sender> servants(AccountId whose, Sender master) {
        return read(store -> store.servants(whose, master.id()));
    }

    private Optional<Sender> byPhone(AccountId whose, String phone) {
        return read(store -> store.findByPhone(whose, new Phone(phone)));
    }

    private static SenderId newId() {
        return new SenderId("sender-" + NUMBER.incrementAndGet());
    }

    private static Sender master(AccountId tenant, SenderId id, Optional<String> phone) {
        return Sender.fresh(
                id,
                tenant,
                new Sender.Role.Master(MasterType.PRIMARY),
                "Amira Nasser",
                phone.map(Phone::new),
                DriverKind.SIMULATOR,
                NOW);
    }

    private static Sender servant(Sender master, String phone) {
        return servant(master.tenant(), master.id(), phone);
    }

    private static Sender servant(AccountId tenant, SenderId master, String phone) {
        return Sender.fresh(
                newId(),
                tenant,
                new Sender.Role.Servant(master, "support"),
                "Support Desk",
                Optional.of(new Phone(phone)),
                DriverKind.SIMULATOR,
                NOW.plusMillis(NUMBER.get()));
    }

    private static Sender everything(AccountId tenant, SenderId id) {
        return new Sender(
                id,
                tenant,
                new Sender.Role.Master(MasterType.BACKUP),
                "Amira Nasser",
                Optional.of(new Phone("+971500000101")),
                DriverKind.WAHA,
                Optional.of(new Sender.Remote(new ConnectionId(new UUID(5, 5)), "shop-dubai")),
                false,
                new SenderOverrides(
                        List.of("gold", "night-shift"),
                        Optional.of("AE"),
                        3,
                        5,
                        new Pace(Optional.of(20), Optional.of(1_000), Optional.of(true))),
                new Sender.Assignment(Optional.of(Pause.DRAIN), Optional.of(new SenderId("home")), Optional.of(tenant)),
                everyLink(),
                7,
                NOW,
                NOW.plusMillis(6));
    }

    private static Sender.Link everyLink() {
        return new Sender.Link(
                SenderState.RESTRICTED,
                Optional.of("Pixel 9"),
                4,
                Optional.of("The phone was offline too long"),
                NOW.plusMillis(1),
                Optional.of(NOW.plusMillis(2)),
                Optional.of(NOW.plusMillis(3)),
                Optional.of(NOW.plusMillis(4)));
    }

    private Sender stored(Sender sender) {
        assertThat(insert(sender)).isTrue();
        return sender;
    }

    private boolean insert(Sender sender) {
        return database.<Boolean>write(tx -> new SenderStore(tx).insert(sender.tenant(), sender));
    }

    private Optional<Sender> find(AccountId whose, SenderId id) {
        return read(store -> store.find(whose, id));
    }

    private List<Sender> list(AccountId whose) {
        return read(store -> store.list(whose));
    }

    private <T> T read(Function<SenderStore, T> work) {
        return database.read(tx -> work.apply(new SenderStore(tx)));
    }

    private void write(Consumer<SenderStore> work) {
        database.write(tx -> {
            work.accept(new SenderStore(tx));
            return true;
        });
    }

    private void assertRefused(Consumer<SenderStore> work) {
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> write(work));
    }
}
