package dev.banyan.whatsapp.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.files.FolderFiles;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.session.FakePhoneNumbers;
import dev.banyan.whatsapp.session.IncomingFiles;
import dev.banyan.whatsapp.simulator.SimulatedActs.Act;
import dev.banyan.whatsapp.simulator.SimulatedContacts.CustomerFile;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Line;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Played;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Written;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SimulatedContactsTest {

    private static final Phone CUSTOMER = new Phone("+971500000201");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0};

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final Path data = TestSenders.newFolder();
    private final TestSenders world;
    private final Sender number;
    private final IncomingFiles files;
    private final SimulatedContacts customers;
    private final SimulatedActs acts;

    SimulatedContactsTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.world = new TestSenders(database, data);
        this.number = world.linked(tenant, "+971500000101");
        this.files = new IncomingFiles(FolderFiles.of(Settings.forTests(data)), new Uuids(world.clock));
        this.customers = new SimulatedContacts(
                database,
                world.simulator,
                world.calls,
                world.phones,
                new FakePhoneNumbers(database),
                files,
                world.clock);
        this.acts = new SimulatedActs(database, customers, world.simulator, world.clock);
        var relay = new SimulatedRelay(database, world.simulator, files, world.timers);
        world.deliveryEvents.listen(relay::deliveryChanged);
        world.connections.listen(relay::senderConnected);
    }

    @Test
    void whatACustomerWritesArrivesAndTheAnswerShowsOnThePhone() {
        assertThat(write("Is the clinic open today?")).isInstanceOf(Played.Done.class);
        assertThat(world.arrivals.fired()).singleElement().satisfies(arrived -> {
            assertThat(arrived.from()).isEqualTo(CUSTOMER);
            assertThat(arrived.name()).isEqualTo("Layla Farouk");
            assertThat(arrived.text()).isEqualTo("Is the clinic open today?");
        });
        world.clock.forward(Duration.ofSeconds(1));
        answer("Until six.");
        assertThat(screen().onTheWay()).isEqualTo(1);
        world.forward(Duration.ofSeconds(1));
        assertThat(screen().lines())
                .extracting(Line::mine, Line::text, Line::read)
                .containsExactly(tuple(true, "Is the clinic open today?", false), tuple(false, "Until six.", false));
        world.forward(Duration.ofSeconds(5));
        assertThat(screen().lines().getLast().read()).isTrue();

        assertThat(customers.list(tenant, number.id())).singleElement().satisfies(customer -> {
            assertThat(customer.phone()).isEqualTo(CUSTOMER);
            assertThat(customer.name()).isEqualTo("Layla Farouk");
        });
        assertThat(customers.list(stranger, number.id())).isEmpty();
        assertThat(customers.screen(stranger, number.id(), CUSTOMER).lines()).isEmpty();
    }

    @Test
    void aPhoneThatWasOffGetsItsMessagesWhenItIsOnAndReadsThemWhenToldTo() {
        customers.setMood(tenant, number.id(), CUSTOMER, DeliveryBehavior.OFF);
        OutgoingMessage message = answer("Are you coming?");
        world.forward(Duration.ofMinutes(1));
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENT);
        assertThat(screen().lines()).isEmpty();

        customers.setMood(tenant, number.id(), CUSTOMER, DeliveryBehavior.WAITS);
        world.forward(Duration.ofMinutes(1));
        assertThat(now(message).state()).isEqualTo(DeliveryState.DELIVERED);

        assertThat(customers.read(tenant, number.id(), CUSTOMER)).isInstanceOf(Played.Done.class);
        world.threads.runAll();
        assertThat(now(message).state()).isEqualTo(DeliveryState.READ);
    }

    @Test
    void aPictureIsKnownByItsContentAndKeptBelowFiles() throws IOException {
        Path file = Files.write(data.resolve("upload"), PNG);
        assertThat(customers.write(
                        tenant,
                        number.id(),
                        CUSTOMER,
                        "Layla Farouk",
                        "",
                        Optional.of(new CustomerFile("garden.png", file))))
                .isInstanceOf(Played.Done.class);

        Media media = world.arrivals.fired().getFirst().media().orElseThrow();
        assertThat(media.name()).isEqualTo("garden.png");
        assertThat(media.type()).isEqualTo("image/png");
        assertThat(data.resolve("files").resolve(media.path())).hasBinaryContent(PNG);
        assertThat(screen().lines())
                .singleElement()
                .satisfies(line -> assertThat(line.file()).contains("garden.png"));

        Path page = Files.writeString(data.resolve("page"), "<html><script>alert(1)</script>");
        customers.write(tenant, number.id(), CUSTOMER, "", "", Optional.of(new CustomerFile("page.png", page)));
        assertThat(world.arrivals.fired().getLast().media().orElseThrow().type())
                .as("only ever offered as a download")
                .isEqualTo("application/octet-stream");
        Path sheet = Files.writeString(data.resolve("sheet"), "%PDF-1.7 menu");
        customers.write(tenant, number.id(), CUSTOMER, "", "", Optional.of(new CustomerFile("menu.pdf", sheet)));
        assertThat(world.arrivals.fired().getLast().media().orElseThrow().type())
                .isEqualTo("application/pdf");
        Path nothing = Files.createFile(data.resolve("nothing"));
        assertThat(customers.write(
                        tenant, number.id(), CUSTOMER, "", "", Optional.of(new CustomerFile("a.txt", nothing))))
                .isEqualTo(new Played.Rejected(new Invalid("file", "The file is empty")));
    }

    @Test
    void aCustomerSendsAPlaceAndAnswersACertainMessage() {
        OutgoingMessage question = answer("Where are you?");
        world.forward(Duration.ofSeconds(2));
        var place = new MessageContent.Location(25.08, 55.14, "Marina", "");

        assertThat(customers.write(
                        tenant,
                        number.id(),
                        CUSTOMER,
                        "",
                        new Written(
                                "📍 Marina",
                                Optional.empty(),
                                place,
                                Optional.of(question.id().toString()))))
                .isInstanceOf(Played.Done.class);

        assertThat(world.arrivals.fired().getLast().content()).satisfies(content -> {
            assertThat(content.detail()).isEqualTo(place);
            assertThat(content.quoted().orElseThrow().isOurs()).isTrue();
        });
        assertThat(screen().lines().getLast().quoted()).contains("Where are you?");
        assertThat(customers.write(
                        tenant,
                        number.id(),
                        CUSTOMER,
                        "",
                        new Written(
                                "x",
                                Optional.empty(),
                                new MessageContent.Plain(),
                                Optional.of(UUID.randomUUID().toString()))))
                .isInstanceOf(Played.Rejected.class);
    }

    @Test
    void aCustomerEditsDeletesReactsAndTypes() {
        OutgoingMessage ours = answer("Blue or red?");
        world.forward(Duration.ofSeconds(2));
        write("Blu");
        String mine = screen().lines().getLast().id().toString();

        act(new Act.Edit(mine, "Blue"));
        act(new Act.React(ours.id().toString(), "❤️"));
        assertThat(screen().lines())
                .extracting(Line::text, Line::edited, Line::reactions)
                .containsExactly(tuple("Blue or red?", false, List.of("❤️")), tuple("Blue", true, List.<String>of()));
        act(new Act.Delete(mine));
        act(new Act.React(ours.id().toString(), ""));
        assertThat(screen().lines())
                .extracting(Line::deleted, Line::reactions)
                .containsExactly(tuple(false, List.<String>of()), tuple(true, List.<String>of()));
        act(new Act.Type(true));
        assertThat(world.contactTypes.fired())
                .singleElement()
                .satisfies(typed -> assertThat(typed.from()).isEqualTo(CUSTOMER));
        assertThat(world.acts.fired())
                .hasSize(4)
                .allSatisfy(acted -> assertThat(acted.pool()).isEqualTo(number.id()));

        assertThat(acts.act(
                        tenant, number.id(), CUSTOMER, new Act.Edit(ours.id().toString(), "x")))
                .as("people change only what they have written")
                .isInstanceOf(Played.Rejected.class);
        assertThat(acts.act(tenant, number.id(), CUSTOMER, new Act.React(mine, "ok")))
                .isInstanceOf(Played.Rejected.class);
        assertThat(acts.act(stranger, number.id(), CUSTOMER, new Act.Delete(mine)))
                .isEqualTo(new Played.NotFound(number.id()));
    }

    @Test
    void aCustomerSeesWhatTheNumberHasReadAndThatItTypes() {
        write("Hello?");
        assertThat(screen().lines().getLast().read()).isFalse();
        var received = database.read(tx -> new IncomingStore(tx).of(tenant, number.id(), CUSTOMER, 1));

        world.simulator.seen(number.key(), CUSTOMER, List.of(received.getFirst().provider()));
        world.simulator.typing(number.key(), CUSTOMER, Optional.empty(), true);

        assertThat(screen().lines().getLast().read()).isTrue();
        assertThat(screen().typing()).isTrue();
        world.forward(SimulatorDriver.TYPES_FOR);
        assertThat(screen().typing()).isFalse();
    }

    private void act(Act act) {
        assertThat(acts.act(tenant, number.id(), CUSTOMER, act)).isInstanceOf(Played.Done.class);
        world.clock.forward(Duration.ofSeconds(1));
    }

    @Test
    void aMessageToAnotherSimulatedNumberArrivesThere() throws IOException {
        Sender other = world.linked(tenant, "+971500000102");
        Sender foreign = world.linked(stranger, "+971500000103");
        Path place = Files.createDirectories(data.resolve("files/project"));
        Files.write(place.resolve("picture"), PNG);
        var media = new Media("garden.png", "image/png", "project/picture");

        send("+971500000102", "Between us", Optional.of(media));
        send("+971500000103", "To a stranger", Optional.empty());
        world.threads.runAll();

        assertThat(world.arrivals.fired()).singleElement().satisfies(arrived -> {
            assertThat(arrived.sender()).isEqualTo(other.id());
            assertThat(arrived.from()).isEqualTo(number.phone().orElseThrow());
            assertThat(arrived.text()).isEqualTo("Between us");
            assertThat(arrived.media().orElseThrow().path()).isNotEqualTo(media.path());
        });
        assertThat(customers.list(stranger, foreign.id()))
                .as("each tenant has a simulated WhatsApp of its own")
                .isEmpty();
    }

    @Test
    void whatWasOnItsWayWhenTheConnectionWasLostArrivesAfterIt() {
        customers.setMood(tenant, number.id(), CUSTOMER, DeliveryBehavior.OFF);
        OutgoingMessage message = answer("On its way");
        world.forward(Duration.ofSeconds(5));
        world.phones.setMood(tenant, CUSTOMER, DeliveryBehavior.READS); // behaviors are lost in a restart
        world.linking.fault(tenant, number.id(), Fault.DROP);
        assertThat(now(message).state()).isEqualTo(DeliveryState.SENT);

        world.forward(SimulatorDriver.COMES_BACK_AFTER);

        assertThat(now(message).state()).isIn(DeliveryState.DELIVERED, DeliveryState.READ);
    }

    @Test
    void whatIsWrittenToANumberThatIsAwayArrivesWhenItIsBack() {
        world.linking.fault(tenant, number.id(), Fault.DROP);
        write("Hello?");
        assertThat(world.arrivals.fired()).isEmpty();

        world.forward(SimulatorDriver.COMES_BACK_AFTER);

        assertThat(world.arrivals.fired()).hasSize(1);
    }

    @Test
    void whatCannotBePlayedSaysWhy() {
        Sender fresh = world.master(tenant);
        assertThat(customers.write(tenant, fresh.id(), CUSTOMER, "", "Hi", Optional.empty()))
                .isEqualTo(new Played.NotLinked(fresh));
        assertThat(customers.write(stranger, number.id(), CUSTOMER, "", "Hi", Optional.empty()))
                .isEqualTo(new Played.NotFound(number.id()));
        assertThat(customers.write(tenant, number.id(), number.phone().orElseThrow(), "", "Hi", Optional.empty()))
                .isEqualTo(new Played.Rejected(new Invalid("phone", "A number can’t write to itself")));
        assertThat(write(" ")).isEqualTo(new Played.Rejected(new Invalid("text", "Message is required")));
        assertThat(customers.write(tenant, number.id(), CUSTOMER, "x".repeat(101), "Hi", Optional.empty()))
                .isInstanceOf(Played.Rejected.class);
        assertThat(customers.read(stranger, number.id(), CUSTOMER)).isEqualTo(new Played.NotFound(number.id()));
        assertThat(customers.setMood(stranger, number.id(), CUSTOMER, DeliveryBehavior.OFF))
                .isEqualTo(new Played.NotFound(number.id()));
    }

    @Test
    void anInventedCustomerHasAValidFreePhoneAndAName() {
        SimulatedContacts.Customer customer = customers.invent(tenant, customers.list(tenant, number.id()));
        assertThat(customer.phone().e164()).startsWith("+971500000");
        assertThat(Phone.parse(customer.phone().e164())).contains(customer.phone());
        assertThat(customer.name()).isNotBlank();
    }

    private Played write(String text) {
        return customers.write(tenant, number.id(), CUSTOMER, "Layla Farouk", text, Optional.empty());
    }

    private SimulatedContacts.Screen screen() {
        return customers.screen(tenant, number.id(), CUSTOMER);
    }

    private OutgoingMessage answer(String text) {
        return send(CUSTOMER.e164(), text, Optional.empty());
    }

    private OutgoingMessage send(String to, String text, Optional<Media> media) {
        var order = new Outgoing.Order(
                number.id(), new Phone(to), text, media, UUID.randomUUID().toString());
        Outgoing.Ordered ordered = database.write(tx -> world.outgoing.order(tx, tenant, Actor.SERVER, order));
        world.threads.runAll();
        return switch (ordered) {
            case Outgoing.Ordered.Done done -> done.message();
            case Outgoing.Ordered.NoPool _,
                    Outgoing.Ordered.Rejected _,
                    Outgoing.Ordered.Full _,
                    Outgoing.Ordered.Draining _ -> throw new AssertionError(ordered);
        };
    }

    private OutgoingMessage now(OutgoingMessage message) {
        return world.outgoing.find(tenant, message.id()).orElseThrow();
    }
}
