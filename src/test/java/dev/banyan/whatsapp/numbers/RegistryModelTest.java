package dev.banyan.whatsapp.numbers;

import static dev.banyan.platform.outcome.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.ConfigSchema;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.RegistryModel;
import dev.banyan.whatsapp.RegistryModel.Number;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.configfile.ConfigExport;
import dev.banyan.whatsapp.configfile.ConfigImport;
import dev.banyan.whatsapp.failover.FailoverDecision;
import dev.banyan.whatsapp.session.Linking;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/// Commands on the registry in any order: after each of them the hierarchy, the counts and `bots-config.json` match
/// [RegistryModel].
class RegistryModelTest {

    private static final Database DATABASE = TestDatabases.SQLITE.newCopy();
    private static final Path DATA = TestSenders.newFolder();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ConfigSchema SCHEMA = new ConfigSchema();

    /// One command. Numbers of senders are taken modulo the number of senders.
    sealed interface Step {

        /// @param phone one of eight; none for a master whose number is learnt
        record AddMaster(Optional<Integer> phone, MasterType type) implements Step {}

        record AddServant(int master, int phone, String purpose) implements Step {}

        record Move(int servant, int master) implements Step {}

        record MoveAll(int from, int to) implements Step {}

        /// Another pool stands in, at an operator's request.
        record FailOver(int master, int to) implements Step {}

        record FailBack(int master) implements Step {}

        record RemoveServant(int servant) implements Step {}

        record RemoveMaster(int master, Optional<Integer> moveTo) implements Step {}

        record Rename(int sender, String name) implements Step {}

        record SetType(int master, MasterType type) implements Step {}

        record Tune(int sender, List<String> tags, int weight, int perDay) implements Step {}

        record TunePool(int master, Strategy strategy) implements Step {}

        record Tag(int one, int other, String tag) implements Step {}

        record Link(int sender) implements Step {}

        record Ban(int sender) implements Step {}

        record Unlink(int sender) implements Step {}

        /// Edits an unknown field by hand, and imports the file.
        record Note(int servant, String text) implements Step {}

        /// Exports the file, removes everything, and imports the file.
        record RoundTrip() implements Step {}

        record Restart() implements Step {}
    }

    @AfterContainer
    static void close() {
        DATABASE.close();
    }

    @Property(tries = 40)
    void theRegistryIsWhatTheModelSays(@ForAll("steps") List<Step> steps) {
        var run = new Run();
        for (int i = 0; i < steps.size(); i++) {
            run.take(steps.get(i));
            run.check("after step " + i + ", " + steps.get(i));
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 11);
        Arbitrary<Integer> phone = Arbitraries.integers().between(0, 7);
        Arbitrary<MasterType> type = Arbitraries.of(MasterType.class);
        Arbitrary<String> word = Arbitraries.of("gold", "night", "sales", "o'brien \"desk\"", "أميرة", "x");
        Arbitrary<String> tag = Arbitraries.of("gold", "night", "vip");
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(3, Combinators.combine(phone.optional(0.7), type).as(Step.AddMaster::new)),
                Tuple.of(6, Combinators.combine(any, phone, word).as(Step.AddServant::new)),
                Tuple.of(3, Combinators.combine(any, any).as(Step.Move::new)),
                Tuple.of(1, Combinators.combine(any, any).as(Step.MoveAll::new)),
                Tuple.of(3, Combinators.combine(any, any).as(Step.FailOver::new)),
                Tuple.of(2, any.map(Step.FailBack::new)),
                Tuple.of(2, any.map(Step.RemoveServant::new)),
                Tuple.of(2, Combinators.combine(any, any.optional(0.6)).as(Step.RemoveMaster::new)),
                Tuple.of(1, Combinators.combine(any, word).as(Step.Rename::new)),
                Tuple.of(1, Combinators.combine(any, type).as(Step.SetType::new)),
                Tuple.of(
                        2,
                        Combinators.combine(
                                        any,
                                        tag.list().uniqueElements().ofMaxSize(3),
                                        Arbitraries.integers().between(1, 100),
                                        Arbitraries.integers().between(0, 500))
                                .as(Step.Tune::new)),
                Tuple.of(
                        1,
                        Combinators.combine(any, Arbitraries.of(Strategy.class)).as(Step.TunePool::new)),
                Tuple.of(1, Combinators.combine(any, any, tag).as(Step.Tag::new)),
                Tuple.of(3, any.map(Step.Link::new)),
                Tuple.of(1, any.map(Step.Ban::new)),
                Tuple.of(1, any.map(Step.Unlink::new)),
                Tuple.of(1, Combinators.combine(any, word).as(Step.Note::new)),
                Tuple.of(1, Arbitraries.create(Step.RoundTrip::new)),
                Tuple.of(1, Arbitraries.create(Step.Restart::new)));
        return step.list().ofMinSize(10).ofMaxSize(30);
    }

    /// One account, real and as a model.
    private static final class Run {

        private final TestSenders world = new TestSenders(DATABASE, DATA);
        private final RegistryModel model = new RegistryModel();
        private final AccountId tenant;
        private final Path file;

        Run() {
            var owner = StoredAccounts.owner(DATABASE, Tier.FREE);
            this.tenant = owner.root().id();
            this.file =
                    DATA.resolve("accounts").resolve(owner.root().username()).resolve("bots-config.json");
        }

        private static String phone(int number) {
            return "+97150000010" + number;
        }

        private interface Act {
            void on(Number number);
        }

        private static void one(List<Number> of, int number, Act act) {
            if (!of.isEmpty()) {
                act.on(of.get(number % of.size()));
            }
        }

        private List<Number> all() {
            return List.copyOf(model.numbers.values());
        }

        private static SenderId id(Number number) {
            return new SenderId(number.id);
        }

        void take(Step step) {
            world.clock.forward(Duration.ofMillis(5)); // senders have an order
            switch (step) {
                case Step.AddMaster add -> addMaster(add);
                case Step.AddServant add -> one(model.masters(), add.master(), master -> addServant(add, master));
                case Step.Move move ->
                    one(
                            model.servants(),
                            move.servant(),
                            servant -> one(model.masters(), move.master(), master -> {
                                assertThat(world.senders.changeMaster(tenant, Actor.SERVER, id(servant), id(master)))
                                        .isInstanceOf(Senders.Moved.Done.class);
                                servant.home =
                                        servant.master.equals(Optional.of(master.id)) ? servant.home : Optional.empty();
                                servant.master = Optional.of(master.id);
                            }));
                case Step.MoveAll move ->
                    one(
                            model.masters(),
                            move.from(),
                            from -> one(model.masters(), move.to(), to -> {
                                var moved = world.senders.moveServants(tenant, Actor.SERVER, id(from), id(to));
                                if (from == to) {
                                    assertThat(moved).isInstanceOf(Outcome.Refused.class);
                                    return;
                                }
                                int servants = model.servantsOf(from.id).size();
                                assertThat(moved).isEqualTo(Outcome.done(new Senders.MovedAll(servants, 0, 0)));
                                moved(from, to);
                            }));
                case Step.FailOver over ->
                    one(
                            model.masters(),
                            over.master(),
                            from -> one(model.masters(), over.to(), to -> failOver(from, to)));
                case Step.FailBack back -> one(model.masters(), back.master(), this::failBack);
                case Step.RemoveServant remove ->
                    one(model.servants(), remove.servant(), servant -> {
                        world.senders.removeServant(tenant, Actor.SERVER, id(servant));
                        model.numbers.remove(servant.id);
                    });
                case Step.RemoveMaster remove ->
                    one(model.masters(), remove.master(), master -> removeMaster(remove, master));
                case Step.Rename rename ->
                    one(all(), rename.sender(), sender -> {
                        world.rename(tenant, id(sender), rename.name());
                        sender.name = rename.name();
                    });
                case Step.SetType set ->
                    one(model.masters(), set.master(), master -> {
                        world.senders.setMasterType(tenant, Actor.SERVER, id(master), set.type());
                        master.type = set.type();
                    });
                case Step.Tune tune -> one(all(), tune.sender(), sender -> tune(tune, sender));
                case Step.TunePool tune ->
                    one(model.masters(), tune.master(), master -> {
                        PoolSettings before = world.pools.settings(tenant, id(master));
                        world.tuning.tunePool(
                                tenant,
                                Actor.SERVER,
                                id(master),
                                new PoolSettings(
                                        tune.strategy(),
                                        before.uncertain(),
                                        before.pace(),
                                        before.pair(),
                                        before.quiet(),
                                        before.zone(),
                                        before.mostWaiting()));
                        master.strategy = tune.strategy();
                    });
                case Step.Tag tag -> tag(tag);
                case Step.Link link -> one(all(), link.sender(), this::link);
                case Step.Ban ban ->
                    one(all(), ban.sender(), sender -> {
                        Linking.Simulated banned = world.linking.fault(tenant, id(sender), Fault.BAN);
                        assertThat(banned instanceof Linking.Simulated.Done).isEqualTo(sender.status.equals("linked"));
                        sender.status = sender.status.equals("linked") ? "unlinked" : sender.status;
                    });
                case Step.Unlink unlink ->
                    one(all(), unlink.sender(), sender -> {
                        world.linking.unlink(tenant, Actor.SERVER, id(sender));
                        sender.status = world.pools
                                .sender(tenant, id(sender))
                                .orElseThrow()
                                .state()
                                .fileWord;
                    });
                case Step.Note note -> one(model.servants(), note.servant(), servant -> note(servant, note.text()));
                case Step.RoundTrip _ -> roundTrip();
                case Step.Restart _ -> new TestSenders(DATABASE, DATA).mirrors.reconcile();
            }
        }

        private void addMaster(Step.AddMaster add) {
            Optional<String> phone = add.phone().map(Run::phone);
            String id = "master-of-model-" + NUMBER.incrementAndGet();
            Senders.Added added = world.senders.addMaster(
                    tenant, Actor.SERVER, new Senders.NewMaster(Optional.of(id), "Master", phone, add.type()));
            if (phone.filter(model::isUsed).isPresent()) {
                assertThat(added).isInstanceOf(Senders.Added.PhoneInUse.class);
                return;
            }
            var master = new Number(TestSenders.done(added).id().value(), true);
            master.type = add.type();
            master.name = "Master";
            master.phone = phone;
            model.numbers.put(master.id, master);
        }

        private void addServant(Step.AddServant add, Number master) {
            String phone = phone(add.phone());
            Senders.Added added = world.senders.addServant(
                    tenant,
                    Actor.SERVER,
                    new Senders.NewServant(id(master), phone, "Desk", Optional.of(add.purpose())));
            if (model.isUsed(phone)) {
                assertThat(added).isInstanceOf(Senders.Added.PhoneInUse.class);
                return;
            }
            var servant = new Number(TestSenders.done(added).id().value(), false);
            servant.master = Optional.of(master.id);
            servant.name = "Desk";
            servant.phone = Optional.of(phone);
            servant.purpose = add.purpose();
            model.numbers.put(servant.id, servant);
        }

        private void moved(Number from, Number to) {
            if (from == to) {
                return;
            }
            model.servants().stream()
                    .filter(servant -> servant.master.equals(Optional.of(from.id)))
                    .forEach(servant -> {
                        servant.master = Optional.of(to.id);
                        servant.home = Optional.empty();
                    });
        }

        private void failOver(Number from, Number to) {
            Outcome<FailoverDecision> acted =
                    world.failovers.start(tenant, Actor.SERVER, id(from), Optional.of(id(to)));
            boolean isAble = Stream.concat(Stream.of(to), model.servants().stream())
                    .filter(number -> number == to || number.master.equals(Optional.of(to.id)))
                    .anyMatch(number -> number.status.equals("linked"));
            if (from == to || from.standIn.isPresent() || to.standIn.isPresent() || !isAble) {
                assertThat(refusal(acted)).isInstanceOf(Refusal.Conflict.class);
                return;
            }
            assertThat(acted).isInstanceOf(Outcome.Done.class);
            from.standIn = Optional.of(to.id);
            model.servants().stream()
                    .filter(servant -> servant.master.equals(Optional.of(from.id)))
                    .forEach(servant -> {
                        servant.home = servant.home.or(() -> servant.master);
                        servant.master = Optional.of(to.id);
                    });
        }

        private void failBack(Number master) {
            Outcome<FailoverDecision> acted = world.failovers.back(tenant, Actor.SERVER, id(master));
            if (master.standIn.isEmpty()) {
                assertThat(refusal(acted)).isInstanceOf(Refusal.Conflict.class);
                return;
            }
            assertThat(acted).isInstanceOf(Outcome.Done.class);
            worksForItself(master);
        }

        private void worksForItself(Number master) {
            master.standIn = Optional.empty();
            model.servants().stream()
                    .filter(servant -> servant.home.equals(Optional.of(master.id)))
                    .forEach(servant -> {
                        servant.master = Optional.of(master.id);
                        servant.home = Optional.empty();
                    });
        }

        private void removeMaster(Step.RemoveMaster remove, Number master) {
            Optional<Number> to = remove.moveTo()
                    .map(number -> model.masters().get(number % model.masters().size()));
            Senders.Removed removed = world.senders.removeMaster(tenant, Actor.SERVER, id(master), to.map(Run::id));
            int servants = model.servantsOf(master.id).size();
            if (to.isEmpty() && servants > 0) {
                assertThat(removed).isInstanceOf(Senders.Removed.HasServants.class);
            } else if (to.filter(one -> one == master).isPresent()) {
                assertThat(removed).isInstanceOf(Senders.Removed.MasterNotFound.class);
            } else {
                assertThat(removed)
                        .isInstanceOfSatisfying(
                                Senders.Removed.Done.class,
                                done -> assertThat(done.moved()).isEqualTo(servants));
                to.ifPresent(one -> moved(master, one));
                model.numbers.remove(master.id);
                model.masters().stream()
                        .filter(one -> one.standIn.equals(Optional.of(master.id)))
                        .forEach(this::worksForItself);
            }
        }

        private void tune(Step.Tune tune, Number sender) {
            var wish = new TuningRequest(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(tune.tags()),
                    Optional.empty(),
                    Optional.of(tune.weight()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(tune.perDay()),
                    Optional.empty());
            assertThat(world.tuning.tune(tenant, Actor.SERVER, id(sender), wish))
                    .isInstanceOf(Outcome.Done.class);
            sender.tags = tune.tags().stream().sorted().toList();
            sender.weight = tune.weight();
            sender.perDay = Optional.of(tune.perDay()).filter(number -> number > 0);
        }

        private void tag(Step.Tag tag) {
            if (model.numbers.isEmpty()) {
                return;
            }
            List<Number> two = Stream.of(tag.one(), tag.other())
                    .map(number -> all().get(number % model.numbers.size()))
                    .distinct()
                    .toList();
            var bulk = new BulkSenders.Bulk.Tag(two.stream().map(Run::id).toList(), List.of(tag.tag()), List.of("vip"));
            assertThat(world.bulk
                            .run(tenant, Actor.SERVER, bulk, false, _ -> {})
                            .failed())
                    .isZero();
            two.forEach(number -> number.tags = Stream.concat(
                            number.tags.stream().filter(one -> !one.equals("vip")), Stream.of(tag.tag()))
                    .distinct()
                    .sorted()
                    .toList());
        }

        private void link(Number sender) {
            world.linking.link(tenant, Actor.SERVER, id(sender));
            world.linking.scan(tenant, id(sender), Optional.empty());
            Sender now = world.pools.sender(tenant, id(sender)).orElseThrow();
            assertThat(now.state()).isEqualTo(SenderState.LINKED);
            sender.phone = now.phone().map(Phone::e164);
            sender.status = "linked";
        }

        private void note(Number servant, String text) {
            try {
                world.forward(Duration.ofSeconds(1));
                JsonNode root = JSON.readTree(Files.readString(file));
                ((ObjectNode) root.path("secondaryAccounts").path(servant.id)).put("note", text);
                Files.writeString(file, root.toPrettyString());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            assertThat(world.configImport.importEdited(tenant, Actor.SERVER).orElseThrow())
                    .isInstanceOf(ConfigImport.Imported.Done.class);
            assertThat(world.mirrors.edited(tenant)).isEmpty();
            servant.note = Optional.of(text);
        }

        private void roundTrip() {
            model.masters().stream()
                    .filter(master -> master.standIn.isPresent())
                    .forEach(this::failBack);
            String before = text();
            var everything =
                    new BulkSenders.Bulk.Remove(all().stream().map(Run::id).toList());
            assertThat(world.bulk
                            .run(tenant, Actor.SERVER, everything, false, _ -> {})
                            .failed())
                    .isZero();
            assertThat(world.pools.overview(tenant).total()).isZero();

            ConfigImport.Imported imported = world.configImport.importFile(
                    tenant, Actor.SERVER, before.getBytes(StandardCharsets.UTF_8), Map.of());

            if (model.numbers.isEmpty()) {
                return;
            }
            assertThat(imported)
                    .isInstanceOfSatisfying(
                            ConfigImport.Imported.Done.class,
                            done -> assertThat(done.added()).isEqualTo(model.numbers.size()));
            // The state "linked" is only a claim until it is proved.
            model.numbers.values().forEach(number -> number.home = Optional.empty());
            model.numbers
                    .values()
                    .forEach(number -> number.status = number.status.equals("linked") ? "pending" : number.status);
            assertThat(world.configImport.importFile(
                            tenant, Actor.SERVER, text().getBytes(StandardCharsets.UTF_8), Map.of()))
                    .as("a second time nothing is left to do")
                    .isEqualTo(new ConfigImport.Imported.Done(0, 0, model.numbers.size(), Optional.empty()));
        }

        private String text() {
            return new ConfigExport(DATABASE).text(tenant);
        }

        void check(String when) {
            world.forward(Duration.ofSeconds(1)); // changes without an operator are written together
            Pools.Overview overview = world.pools.overview(tenant);
            assertThat(overview.pools()).as(when).hasSameSizeAs(model.masters());
            assertThat(overview.servants()).as(when).isEqualTo(model.servants().size());
            assertThat(overview.active()).as(when).isEqualTo((int) model.count("linked"));
            assertThat(overview.pending()).as(when).isEqualTo((int) model.count("pending"));
            assertThat(overview.total())
                    .as(when)
                    .isEqualTo(overview.active() + overview.pending() + overview.unlinked());
            model.masters()
                    .forEach(master -> assertThat(world.failovers
                                    .state(tenant, id(master))
                                    .standIn()
                                    .map(SenderId::value))
                            .as("%s: stands in for %s", when, master.id)
                            .isEqualTo(master.standIn));
            overview.pools().forEach(pool -> {
                String master = pool.master().id().value();
                assertThat(pool.servants())
                        .as("%s: servants of %s", when, master)
                        .extracting(servant -> servant.id().value())
                        .containsExactlyInAnyOrderElementsOf(model.servantsOf(master));
                assertThat(pool.master().servants())
                        .as("%s: counted servants of %s", when, master)
                        .isEqualTo(pool.servants().size());
            });
            if (Files.exists(file)) {
                checkFile(when);
            } else {
                assertThat(model.numbers).as(when).isEmpty();
            }
        }

        private void checkFile(String when) {
            try {
                String text = Files.readString(file);
                assertThat(text).as(when).isEqualTo(text());
                JsonNode root = JSON.readTree(text);
                assertThat(SCHEMA.broken(root)).as("%s: by the schema", when).isEmpty();
                assertThat(root.path("metadata").path("totalBots").asInt())
                        .as(when)
                        .isEqualTo(model.numbers.size());
                assertThat(names(root.path("masterAccounts")))
                        .as(when)
                        .containsExactlyInAnyOrderElementsOf(model.masters().stream()
                                .map(master -> master.id)
                                .toList());
                assertThat(names(root.path("secondaryAccounts")))
                        .as(when)
                        .containsExactlyInAnyOrderElementsOf(model.servants().stream()
                                .map(servant -> servant.id)
                                .toList());
                model.masters().forEach(master -> checkMaster(when, root, master));
                model.servants().forEach(servant -> checkServant(when, root, servant));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static List<String> names(JsonNode node) {
            var names = new ArrayList<String>();
            node.fieldNames().forEachRemaining(names::add);
            return names;
        }

        private void checkMaster(String when, JsonNode root, Number master) {
            JsonNode entry = root.path("masterAccounts").path(master.id);
            assertThat(entry.path("type").asText()).as(when).isEqualTo(master.type.key());
            assertThat(entry.path("displayName").asText()).as(when).isEqualTo(master.name);
            assertThat(entry.path("servants").size())
                    .as(when)
                    .isEqualTo(model.servantsOf(master.id).size());
            assertThat(entry.path("pool").path("strategy").asText("round-robin"))
                    .as(when)
                    .isEqualTo(master.strategy.key());
            JsonNode bot = root.path("whatsappBots").path(master.id);
            assertThat(Optional.ofNullable(bot.path("phoneNumber").textValue()))
                    .as(when)
                    .isEqualTo(master.phone);
            assertThat(bot.path("status").asText()).as(when).isEqualTo(master.status);
            checkTuning(when, entry, master);
        }

        private static void checkServant(String when, JsonNode root, Number servant) {
            JsonNode entry = root.path("secondaryAccounts").path(servant.id);
            assertThat(Optional.of(entry.path("masterAccountId").asText()))
                    .as(when)
                    .isEqualTo(servant.master);
            assertThat(entry.path("displayName").asText()).as(when).isEqualTo(servant.name);
            assertThat(Optional.of(entry.path("phoneNumber").asText())).as(when).isEqualTo(servant.phone);
            assertThat(entry.path("purpose").asText()).as(when).isEqualTo(servant.purpose);
            assertThat(entry.path("status").asText()).as(when).isEqualTo(servant.status);
            assertThat(Optional.ofNullable(entry.path("note").textValue()))
                    .as(when)
                    .isEqualTo(servant.note);
            checkTuning(when, entry, servant);
        }

        private static void checkTuning(String when, JsonNode entry, Number number) {
            JsonNode tuning = entry.path("tuning");
            var tags = new ArrayList<String>();
            tuning.path("tags").forEach(tag -> tags.add(tag.asText()));
            assertThat(tags).as(when).isEqualTo(number.tags);
            assertThat(tuning.path("weight").asInt(1)).as(when).isEqualTo(number.weight);
            assertThat(Optional.of(tuning.path("perDay").asInt()).filter(limit -> limit > 0))
                    .as(when)
                    .isEqualTo(number.perDay);
        }
    }
}
