package dev.banyan.whatsapp.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.whatsapp.Pace;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderOverrides;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.numbers.BulkSenders.Bulk;
import dev.banyan.whatsapp.numbers.BulkSenders.Line;
import dev.banyan.whatsapp.numbers.BulkSenders.Progress;
import dev.banyan.whatsapp.numbers.BulkSenders.Report;
import dev.banyan.whatsapp.numbers.BulkSenders.Row;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class BulkSendersTest {

    private final TestSenders world;
    private final AccountId tenant;
    private final Path file;
    private final Sender amira;
    private final Sender omar;
    private final List<Progress> progress = new ArrayList<>();

    BulkSendersTest(Database database) {
        Path data = TestSenders.newFolder();
        this.world = new TestSenders(database, data);
        var owner = StoredAccounts.owner(database, Tier.FREE);
        this.tenant = owner.root().id();
        this.file = data.resolve("accounts").resolve(owner.root().username()).resolve("bots-config.json");
        this.amira = world.master(tenant, Optional.of("+971500000101"));
        this.omar = world.master(tenant);
    }

    @Test
    void goodRowsAreAddedAndBadOnesToldEach() {
        Report report = run(new Bulk.Add(rows("""
                        phone,master,name,tags,weight,purpose,region,priority
                        +971500000102,%1$s,Sales Team,gold night,3,sales,ae,2
                        +971500000101,%1$s,Twin,,,,,
                        12,%1$s,,,,,,
                        +971500000103,nobody,Desk,,,,,
                        +971500000104,%1$s,Heavy,,900,,,
                        +971500000105,%1$s,"Desk, two",,x,,XX,
                        00971 50 000 0106,%1$s,Support Desk
                        """.formatted(amira.id()))), false);

        Sender sales = found("+971500000102");
        Sender desk = found("+971500000106");
        assertThat(report.lines())
                .containsExactly(
                        new Line(2, "+971500000102", Optional.of(sales.id()), "added as " + sales.id(), true),
                        refused(3, "+971500000101", "Phone number already in use by Amira Nasser"),
                        refused(4, "12", "Name is required; " + Phone.INVALID.apiMessage()),
                        refused(5, "+971500000103", "Master account nobody not found"),
                        refused(6, "+971500000104", "weight must be between 1 and 100"),
                        refused(
                                7,
                                "+971500000105",
                                "weight must be a number; Region must be a country code such as AE"),
                        new Line(8, "00971 50 000 0106", Optional.of(desk.id()), "added as " + desk.id(), true));
        assertThat(report.done()).isEqualTo(2);
        assertThat(report.failed()).isEqualTo(5);
        assertThat(sales.traits())
                .isEqualTo(new SenderOverrides(List.of("gold", "night"), Optional.of("AE"), 3, 2, Pace.AS_POOL));
        assertThat(sales.purpose()).contains("sales");
        assertThat(desk.traits()).isEqualTo(SenderOverrides.NONE);
        assertThat(desk.purpose()).contains("custom");
        assertThat(world.now(amira).servants()).isEqualTo(2);
        assertThat(world.auditOf(sales)).contains("ServantAdded", "SenderTuned");
        assertThat(progress).containsExactly(new Progress(7, 7));
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        var twice = new Bulk.Add(rows("""
                master,phone,name
                %1$s,+971500000102,One
                %1$s,+971500000102,Two
                """.formatted(amira.id())));

        Report dry = run(twice, true);

        assertThat(dry.dryRun()).isTrue();
        assertThat(dry.lines())
                .containsExactly(
                        new Line(2, "+971500000102", Optional.empty(), "can be added", true),
                        refused(3, "+971500000102", "Phone number already in use by One"));
        assertThat(world.pools.overview(tenant).servants()).isZero();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
        assertThat(temporary()).isEmpty();
        assertThat(run(twice, false).lines()).extracting(Line::ok).containsExactly(true, false);
    }

    @Test
    void servantsAreMovedAndMastersAreNot() {
        Sender sales = world.servant(amira, "+971500000102");
        Sender support = world.servant(amira, "+971500000103");

        Report report =
                run(new Bulk.Move(List.of(support.id(), amira.id(), sales.id(), support.id()), omar.id()), false);

        assertThat(report.lines())
                .containsExactly(
                        done(1, support, "moved to " + omar.id()),
                        refused(2, amira.id().value(), "Servant account " + amira.id() + " not found"),
                        done(3, sales, "moved to " + omar.id()));
        assertThat(world.now(amira).servants()).isZero();
        assertThat(world.now(omar).servants()).isEqualTo(2);
        assertThat(run(new Bulk.Move(List.of(sales.id()), new SenderId("nobody")), false)
                        .lines())
                .containsExactly(refused(1, sales.id().value(), "Master account nobody not found"));
    }

    @Test
    void tagsComeAndGoAndOthersStay() {
        Sender sales = world.servant(amira, "+971500000102");
        run(new Bulk.Tag(List.of(sales.id(), omar.id()), List.of("night", "gold"), List.of()), false);

        Report report =
                run(new Bulk.Tag(List.of(sales.id(), new SenderId("nobody")), List.of("day"), List.of("night")), false);

        assertThat(report.lines())
                .containsExactly(done(1, sales, "tags: day gold"), refused(2, "nobody", "Account nobody not found"));
        assertThat(world.now(omar).traits().tags()).containsExactly("gold", "night");
        assertThat(run(new Bulk.Tag(List.of(sales.id()), List.of("No Tag"), List.of()), false)
                        .failed())
                .isEqualTo(1);
        assertThat(run(new Bulk.Tag(List.of(sales.id()), List.of(), List.of("day", "gold")), false)
                        .lines())
                .containsExactly(done(1, sales, "has no tags"));
    }

    @Test
    void aMasterGoesOnlyWithAllItsServantsWhateverTheOrder() {
        Sender sales = world.servant(amira, "+971500000102");
        Sender other = world.servant(omar, "+971500000103");
        world.linking.link(tenant, Actor.SERVER, sales.id());

        Report report = run(new Bulk.Remove(List.of(amira.id(), omar.id(), sales.id())), false);

        assertThat(report.lines())
                .containsExactly(
                        done(1, amira, "removed"),
                        refused(2, omar.id().value(), "has 1 servants; move or remove them first"),
                        done(3, sales, "removed"));
        assertThat(world.pools.overview(tenant).senders()).containsExactly(world.now(omar), other);
        assertThat(world.linking.code(tenant, sales.id()))
                .as("its code is gone")
                .isEmpty();
    }

    @Test
    void aThousandAreDoneInPortionsAndMoreAreRefused() {
        List<Row> rows = IntStream.range(0, BulkSenders.MOST)
                .mapToObj(i -> row(i + 1, "+9715010%05d".formatted(i)))
                .toList();

        Report report = run(new Bulk.Add(rows), false);

        assertThat(report.failed()).isZero();
        assertThat(progress).hasSize(10).last().isEqualTo(new Progress(1_000, 1_000));
        assertThat(world.now(amira).servants()).isEqualTo(1_000);
        var tooMany = new ArrayList<>(rows);
        tooMany.add(row(1_001, "+971500000102"));
        assertThat(run(new Bulk.Add(tooMany), false).lines())
                .containsExactly(refused(0, "", "You can change up to 1,000 rows at a time (now 1001)"));
        assertThat(world.bulk.select(tenant, query("master", amira.id().value())))
                .as("with the master itself")
                .isEmpty();
    }

    @Test
    void aSelectionIsWhatAQueryFinds() {
        Sender sales = world.servant(amira, "+971500000102");
        world.servant(omar, "+971500000103");

        assertThat(world.bulk.select(tenant, query("text", "0102"))).contains(List.of(sales.id()));
        assertThat(world.bulk.select(tenant, query("text", "nothing"))).contains(List.of());
    }

    @Test
    void filesThatCannotBeReadAreToldWhy() {
        String names = "The first line must name each column once: master, phone, name, purpose, tags, region,"
                + " weight, priority";
        assertThat(read("")).isEqualTo(broken("The list is empty"));
        assertThat(read("master,phone\n")).isEqualTo(broken(names));
        assertThat(read("master,phone,name,colour\n")).isEqualTo(broken(names + "; “colour” is not a column"));
        assertThat(read("master,phone,name,name\n")).isEqualTo(broken(names));
        assertThat(read("master,phone,name\na,b,c,d\n"))
                .isEqualTo(broken("Line 2 has more fields than the first line. Put values with commas in quotes"));
        assertThat(BulkSenders.read(new byte[] {'a', 0, 'b'}))
                .isEqualTo(broken("This is not a CSV file or an Excel workbook."
                        + " Save the list as .xlsx or as CSV in UTF-8 and try again"));
        assertThat(BulkSenders.read(new byte[BulkSenders.LARGEST_LIST + 1]))
                .isEqualTo(broken("The list is larger than 1 MB"));
        assertThat(read("master,phone,name\n" + "a,b,c\n".repeat(1_001)))
                .isEqualTo(broken("The list has more than 1,000 rows"));
        assertThat(read("\uFEFFMaster; PHONE;name\nm;p;n\n"))
                .isEqualTo(Outcome.done(List.of(new Row(2, "m", "p", "n", "", "", "", "", ""))));
    }

    private Report run(Bulk bulk, boolean dryRun) {
        progress.clear();
        return world.bulk.run(tenant, Actor.SERVER, bulk, dryRun, progress::add);
    }

    private Row row(int number, String phone) {
        return new Row(number, amira.id().value(), phone, "Desk " + number, "", "", "", "", "");
    }

    private static List<Row> rows(String csv) {
        return Outcomes.value(read(csv));
    }

    private static Outcome<List<Row>> broken(String why) {
        return Outcome.rejected(new Invalid("csv", why, why + "."));
    }

    private static Outcome<List<Row>> read(String csv) {
        return BulkSenders.read(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static SenderQuery query(String field, String value) {
        return Outcomes.value(SenderQuery.parse(Map.of(field, value)));
    }

    private Sender found(String phone) {
        return world.pools
                .search(tenant, query("text", phone), Optional.empty(), 1)
                .senders()
                .getFirst();
    }

    private static Line done(int row, Sender sender, String text) {
        return new Line(row, sender.id().value(), Optional.of(sender.id()), text, true);
    }

    private static Line refused(int row, String subject, String text) {
        return new Line(row, subject, Optional.empty(), text, false);
    }

    private List<String> temporary() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".tmp"))
                    .toList();
        }
    }
}
