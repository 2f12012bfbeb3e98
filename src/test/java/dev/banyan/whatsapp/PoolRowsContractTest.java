package dev.banyan.whatsapp;

import static org.assertj.core.api.Assertions.assertThatObject;

import module java.base;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.changes.RejectedEventStore;
import dev.banyan.whatsapp.configfile.ConfigFileStore;
import dev.banyan.whatsapp.configfile.UnknownFields;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatingStore;
import org.junit.jupiter.api.Test;

/// The rows of a tenant's pool, with those of a stranger.
@OnEveryDatabase
class PoolRowsContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());
    private static final Phone CONTACT = new Phone("+971500000201");

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId master = new SenderId("pool-" + UUIDS.next());

    PoolRowsContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        write(tx -> new SenderStore(tx)
                .insert(
                        tenant,
                        Sender.fresh(
                                master,
                                tenant,
                                new Sender.Role.Master(MasterType.PRIMARY),
                                "Amira Nasser",
                                Optional.empty(),
                                DriverKind.SIMULATOR,
                                NOW)));
    }

    @Test
    void theEndOfABanIsThatOfTheLastOne() {
        write(tx -> new SenderRatingStore(tx).putBan(tenant, master, Optional.of(NOW.plusSeconds(60)), NOW));
        assertThatObject(read(tx -> new SenderRatingStore(tx).banEnds(tenant, master)))
                .isEqualTo(Optional.of(NOW.plusSeconds(60)));
        assertThatObject(read(tx -> new SenderRatingStore(tx).banEnds(stranger, master)))
                .isEqualTo(Optional.empty());
        assertThatObject(read(tx -> new SenderRatingStore(tx).of(tenant, List.of(master))))
                .as("no rating follows from it")
                .isEqualTo(Map.of());

        write(tx -> new SenderRatingStore(tx).put(tenant, master, new SenderRating("green", ""), NOW));
        write(tx -> new SenderRatingStore(tx).putBan(tenant, master, Optional.empty(), NOW));

        assertThatObject(read(tx -> new SenderRatingStore(tx).banEnds(tenant, master)))
                .isEqualTo(Optional.empty());
        assertThatObject(read(tx -> new SenderRatingStore(tx).of(tenant, List.of(master))))
                .isEqualTo(Map.of(master, new SenderRating("green", "")));
    }

    @Test
    void theRatingOfANumberIsItsLatest() {
        write(tx -> new SenderRatingStore(tx).put(tenant, master, new SenderRating("yellow", "250"), NOW));
        write(tx -> new SenderRatingStore(tx).put(tenant, master, new SenderRating("green", "2,000"), NOW));

        assertThatObject(read(tx -> new SenderRatingStore(tx).of(tenant, List.of(master))))
                .isEqualTo(Map.of(master, new SenderRating("green", "2,000")));
        assertThatObject(read(tx -> new SenderRatingStore(tx).of(stranger, List.of(master))))
                .isEqualTo(Map.of());
    }

    @Test
    void itsNumbersAreTheTenantsOwn() {
        Sender servant = Sender.fresh(
                new SenderId("servant-" + UUIDS.next()),
                tenant,
                new Sender.Role.Servant(master, "support"),
                "Support Desk",
                Optional.of(new Phone("+971500000102")),
                DriverKind.SIMULATOR,
                NOW);
        write(tx -> new SenderStore(tx).insert(tenant, servant));
        write(tx -> new SenderStore(tx).hold(tenant));

        assertThatObject(read(tx -> new SenderStore(tx).servants(tenant, master)))
                .isEqualTo(List.of(servant));
        assertThatObject(read(tx -> new SenderStore(tx).servants(stranger, master)))
                .isEqualTo(List.of());
        for (AccountId whose : List.of(tenant, stranger)) {
            int found = whose.equals(tenant) ? 1 : 0;
            assertThatObject(read(tx -> new SenderStore(tx).pool(whose, master).size()))
                    .isEqualTo(2 * found);
            assertThatObject(read(tx ->
                            new SenderStore(tx).servantIds(whose, master, 9).size()))
                    .isEqualTo(found);
            assertThatObject(read(tx -> new SenderStore(tx)
                            .findByPhones(whose, List.of(servant.phone().orElseThrow()))
                            .size()))
                    .isEqualTo(found);
            assertThatObject(read(tx -> new SenderSearchStore(tx)
                            .search(whose, SenderQuery.ALL, Optional.empty(), 9)
                            .size()))
                    .isEqualTo(2 * found);
            write(tx -> new SenderStore(tx).tune(whose, servant, NOW));
            write(tx -> new ConfigFileStore(tx).bring(whose, servant, NOW));
        }
        assertThatObject(read(tx -> new SenderStore(tx).someMasters(tenant, 9))).isEqualTo(1);
        assertThatObject(read(tx -> new SenderStore(tx).someMasters(stranger, 9)))
                .isEqualTo(0);
    }

    @Test
    void whatIsSetAsideIsTheTenantsOwn() {
        UUID id = UUIDS.next();
        write(tx -> new RejectedEventStore(tx).insert(tenant, id, master, "Received", "{}", "too long", NOW));

        assertThatObject(read(tx -> tx.sql()
                        .fetch(
                                "SELECT 1 FROM set_aside_events WHERE id = ? AND tenant_id = ?",
                                id.toString(),
                                tenant.toString())
                        .size()))
                .isEqualTo(1);
    }

    @Test
    void itsSettingsAreTheTenantsOwn() {
        PoolSettings none = PoolSettings.DEFAULT;
        var settings = new PoolSettings(
                none.strategy(), none.uncertain(), none.pace(), none.pair(), none.quiet(), none.zone(), 7);
        write(tx -> new PoolSettingsStore(tx).save(tenant, master, settings, NOW));

        assertThatObject(read(tx -> new PoolSettingsStore(tx).find(tenant, master)))
                .isEqualTo(settings);
        assertThatObject(read(tx -> new PoolSettingsStore(tx).find(stranger, master)))
                .isEqualTo(PoolSettings.DEFAULT);
        assertThatObject(read(tx -> new PoolSettingsStore(tx).all(tenant))).isEqualTo(Map.of(master, settings));
        assertThatObject(read(tx -> new PoolSettingsStore(tx).all(stranger))).isEqualTo(Map.of());
    }

    @Test
    void whatWasNeverSetIsInTheZoneOfItsOwnAccount() {
        ZoneId zone = ZoneId.of("Asia/Dubai");
        write(tx -> new AccountStore(tx).setZone(tenant, zone, NOW));

        assertThatObject(read(tx -> new PoolSettingsStore(tx).ofAccount(tenant)))
                .isEqualTo(PoolSettings.DEFAULT.withZone(zone));
        assertThatObject(read(tx -> new PoolSettingsStore(tx).ofAccount(stranger)))
                .isEqualTo(PoolSettings.DEFAULT);
    }

    @Test
    void itsContactsFiguresAndEventsAreTheTenantsOwn() {
        write(tx -> new PoolContactStore(tx).assign(tenant, master, CONTACT, master, NOW));
        var hours = new SenderHours(Instant.parse("2026-11-20T10:00:00Z"), 1, 1, 0, 0, 0, Duration.ZERO);
        write(tx -> new SenderHoursStore(tx).add(tenant, master, hours));
        var event = new SenderEvent(UUIDS.next(), master, master, SenderEvent.Tone.GOOD, "Linked", "", NOW);
        write(tx -> new SenderEventStore(tx).insert(tenant, event));

        for (AccountId whose : List.of(tenant, stranger)) {
            boolean own = whose.equals(tenant);
            assertThatObject(read(tx -> new PoolContactStore(tx).find(whose, master, CONTACT)))
                    .isEqualTo(own ? Optional.of(master) : Optional.empty());
            assertThatObject(read(tx -> new PoolContactStore(tx).findAll(whose, master, List.of(CONTACT))))
                    .isEqualTo(own ? Map.of(CONTACT, master) : Map.of());
            assertThatObject(read(tx -> new SenderHoursStore(tx)
                            .of(whose, master, Instant.EPOCH, NOW)
                            .size()))
                    .isEqualTo(own ? 1 : 0);
            assertThatObject(read(tx -> new SenderHoursStore(tx).sentSince(whose, List.of(master), Instant.EPOCH)))
                    .isEqualTo(own ? Map.of(master, 1L) : Map.of());
            assertThatObject(read(tx -> new SenderHoursStore(tx).ofPools(whose, List.of(master), Instant.EPOCH)))
                    .isEqualTo(own ? Map.of(master, List.of(hours)) : Map.of());
            assertThatObject(read(tx -> new SenderEventStore(tx).list(whose, Optional.empty(), 9)))
                    .isEqualTo(own ? List.of(event) : List.of());
            assertThatObject(read(tx -> new SenderEventStore(tx).ofSender(whose, master, Optional.empty(), 9)))
                    .isEqualTo(own ? List.of(event) : List.of());
        }
        assertThatObject(read(tx -> new PoolContactStore(tx).counts(tenant, master)))
                .isEqualTo(Map.of(master, 1));
        assertThatObject(read(tx -> new PoolContactStore(tx).counts(stranger, master)))
                .isEqualTo(Map.of());
        assertThatObject(read(tx -> new PoolContactStore(tx).counts(tenant, List.of(master))))
                .isEqualTo(Map.of(master, 1L));
        assertThatObject(read(tx -> new PoolContactStore(tx).counts(stranger, List.of(master))))
                .isEqualTo(Map.of());
        assertThatObject(read(tx ->
                        new SenderHoursStore(tx).totals(tenant, Instant.EPOCH).size()))
                .isEqualTo(1);
        assertThatObject(read(tx ->
                        new SenderHoursStore(tx).totals(stranger, Instant.EPOCH).size()))
                .isEqualTo(0);
        assertThatObject(read(tx -> new SenderEventStore(tx).ofPool(tenant, master, Optional.empty(), 9)))
                .isEqualTo(List.of(event));
        assertThatObject(read(tx -> new SenderEventStore(tx).ofPool(stranger, master, Optional.empty(), 9)))
                .isEqualTo(List.of());
    }

    @Test
    void itsMessagesAreTheTenantsOwn() {
        UUID id = UUIDS.next();
        var message = new OutgoingMessage(
                id,
                tenant,
                master,
                Optional.empty(),
                CONTACT,
                "Hi",
                Optional.empty(),
                "key-" + id,
                DeliveryState.QUEUED,
                Optional.empty(),
                NOW,
                NOW);
        write(tx -> TestMessages.insert(tx, message));

        assertThatObject(read(tx -> new OutgoingStore(tx).findAll(tenant, List.of(id))))
                .isEqualTo(Map.of(id, message));
        assertThatObject(read(tx -> new OutgoingStore(tx).findAll(stranger, List.of(id))))
                .isEqualTo(Map.of());
    }

    @Test
    void whatItWasToldAndWhatItsFileSaysAreTheTenantsOwn() {
        write(tx -> new PoolContactStore(tx).assignAll(tenant, master, Map.of(CONTACT, master), NOW));
        write(tx -> new SenderHoursStore(tx)
                .addAll(
                        tenant,
                        Map.of(
                                master,
                                new SenderHours(Instant.parse("2026-11-20T10:00:00Z"), 1, 0, 0, 0, 0, Duration.ZERO))));
        write(tx -> new IncomingStore(tx)
                .insert(
                        tenant,
                        TestMessages.received(
                                UUIDS.next(),
                                tenant,
                                master,
                                master,
                                "in-1",
                                CONTACT,
                                "",
                                "Hi",
                                Optional.empty(),
                                NOW)));
        UnknownFields extras = UnknownFields.of("{\"connection\":{\"browser\":\"x\"}}");
        write(tx -> new ConfigFileStore(tx).saveExtras(tenant, master, extras));
        write(tx -> new ConfigFileStore(tx).saveExtras(stranger, master, UnknownFields.of("{}")));
        for (AccountId whose : List.of(tenant, stranger)) {
            write(tx -> new SenderStore(tx).hold(whose));
        }
        write(tx -> new ConfigFileStore(tx).saveConfigFile(tenant, "{\"more\":1}", NOW));

        for (AccountId whose : List.of(tenant, stranger)) {
            boolean own = whose.equals(tenant);
            assertThatObject(read(tx -> new IncomingStore(tx)
                            .written(whose, List.of(master), List.of(CONTACT))
                            .size()))
                    .isEqualTo(own ? 1 : 0);
            assertThatObject(read(tx -> new ConfigFileStore(tx).extras(whose)))
                    .isEqualTo(own ? Map.of(master, extras) : Map.of());
            assertThatObject(read(
                            tx -> new ConfigFileStore(tx).configFile(whose).map(ConfigFileStore.ConfigFile::extra)))
                    .isEqualTo(Optional.of(own ? "{\"more\":1}" : "{}"));
        }
    }

    private <T> T read(Function<Tx, T> work) {
        return database.read(work);
    }

    private void write(Consumer<Tx> work) {
        database.write(tx -> {
            work.accept(tx);
            return "done";
        });
    }
}
