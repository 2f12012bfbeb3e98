package dev.banyan.whatsapp.pools;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.PoolsVisitor;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;
import dev.banyan.whatsapp.session.Linking;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Search on the board, and bulk actions on senders.
@QuarkusTest
class BoardPageTest {

    private static final Pattern RUN = Pattern.compile("/admin/pools/bulk/([0-9a-f-]{36})/start");

    @Inject
    TestWorld world;

    @Inject
    Pools pools;

    @Inject
    Linking linking;

    @Inject
    Database database;

    @Inject
    TestClock clock;

    private PoolsVisitor acme;
    private AccountId tenant;
    private String first;
    private String second;
    private String sales;
    private String desk;

    @BeforeEach
    void twoPools() {
        Person person = world.acme();
        acme = PoolsVisitor.of(person);
        tenant = person.account();
        first = acme.addMaster("Amira Nasser", "+971500000101");
        second = acme.addMaster("Omar Haddad", "+971500000105");
        sales = acme.addServant(first, "Sales Team", "+971500000102", "sales");
        desk = acme.addServant(second, "Night Desk", "+971500000106", "support");
    }

    @Test
    void aFilterFindsSendersAndItsAddressCanBeShared() {
        String found = acme.get("/admin/pools?text=desk&purpose=support");

        assertThat(found)
                .contains("1 number found")
                .contains("id=\"sender-" + desk + "\"")
                .contains("<bdi>Omar Haddad</bdi>")
                .doesNotContain("id=\"sender-" + sales + "\"")
                .contains("hx-get=\"/admin/pools?as=" + acme.as() + "&amp;text=desk&amp;purpose=support\"")
                .contains("value=\"desk\"");
        assertThat(acme.get("/admin/pools?master=" + first))
                .contains("id=\"sender-" + first + "\"")
                .contains("id=\"sender-" + sales + "\"")
                .doesNotContain("id=\"sender-" + desk + "\"");
        acme.link(desk);
        assertThat(acme.get("/admin/pools?health=healthy"))
                .contains("id=\"sender-" + desk + "\"")
                .doesNotContain("id=\"sender-" + sales + "\"");
    }

    @Test
    void whoFindsNothingIsToldWhatToDo() {
        assertThat(acme.get("/admin/pools?text=nobody"))
                .contains("No numbers found")
                .contains("Show all");
        assertThat(acme.get("/admin/pools?status=flying"))
                .contains("We can’t search for this")
                .contains("status must be linked, pending, unlinked, or a state such as restricted.");
    }

    @Test
    void aTreeSaysWhatItsPoolDoes() {
        acme.post("/admin/pools/" + second + "/settings/place", "type", "backup", "priority", "3");
        assertThat(acme.get("/admin/pools"))
                .contains("4 numbers in 2 pools")
                .contains(">Round-robin</span>")
                .contains("Backup master: <b><bdi>Omar Haddad</bdi></b>")
                .contains("Sticky contacts: <b>0</b>")
                .contains("data-drag=\"" + sales + "\"");
    }

    @Test
    void aPoolShowsWhatItsNumbersSentInADay() {
        assertThat(acme.get("/admin/pools")).doesNotContain("class=\"pool-trend");
        Instant earlier = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
        var hour = new SenderHours(earlier, 40, 38, 0, 2, 0, Duration.ZERO);
        database.write(tx -> {
            var store = new SenderHoursStore(tx);
            store.add(tenant, new SenderId(first), hour);
            store.add(tenant, new SenderId(sales), hour);
            return hour;
        });

        assertThat(acme.get("/admin/pools"))
                .containsOnlyOnce("class=\"pool-trend")
                .contains("id=\"trend-" + first + "\"", "Sent: <b>80</b>", "Failed: <b>4</b>");
        String page = "/admin/pools/senders/" + first;
        assertThat(acme.get(page)).contains("<dt>Sent</dt><dd>40</dd>");
        assertThat(acme.get(page + "?of=pool")).contains("<dt>Sent</dt><dd>80</dd>");
    }

    @Test
    void manyPoolsComePageByPage() {
        IntStream.range(0, Boards.POOLS).forEach(i -> acme.addMaster("Master " + i, ""));

        String one = acme.get("/admin/pools");
        assertThat(one).contains("id=\"pool-" + first + "\"").contains(">Next</a>");
        assertThat(one.split("class=\"card pool\"", -1)).hasSize(Boards.POOLS + 1);
        String next = one.replaceFirst("(?s).*href=\"(/admin/pools\\?as=[^\"]*after=[^\"]*)\">Next</a>.*", "$1")
                .replace("&amp;", "&");
        Answer rest = acme.client().get(next);
        assertThat(rest.text())
                .contains("Master " + (Boards.POOLS - 1))
                .doesNotContain("id=\"pool-" + first + "\"")
                .contains("First page");
        assertThat(rest.text().split("class=\"card pool\"", -1)).hasSize(2 + 1);
    }

    @Test
    void aPoolOfManyShowsTheFirstOnesAndWhereTheOthersAre() {
        IntStream.range(0, 60).forEach(i -> acme.addServant(first, "Desk " + i, "+9715000002" + (10 + i), "support"));

        assertThat(acme.get("/admin/pools")).contains("Show all 61 servants").contains("61 servants");
        assertThat(acme.get("/admin/pools?master=" + first))
                .contains("More than 50 numbers found")
                .contains(">Next</a>");
    }

    @Test
    void whatIsInTroubleComesFirst() {
        IntStream.range(0, 5).forEach(i -> acme.addMaster("Master " + i, ""));
        List<String> desks = IntStream.range(0, 10)
                .mapToObj(i -> acme.addServant(second, "Desk " + i, "+9715000003" + (10 + i), "support"))
                .toList();
        acme.link(second);
        desks.forEach(acme::link);
        assertThat(acme.get("/admin/pools")).contains("11 of 12<span class=\"sr\"> healthy</span>");

        linking.fault(tenant, new SenderId(desks.getLast()), Fault.UNLINK);

        String board = Eventually.until(
                () -> acme.get("/admin/pools"), page -> page.contains("10 of 12<span class=\"sr\"> healthy</span>"));
        assertThat(board.indexOf("id=\"pool-" + second)).isLessThan(board.indexOf("id=\"pool-" + first));
        assertThat(board.indexOf("id=\"sender-" + desks.getLast()))
                .as("before those that work")
                .isPositive()
                .isLessThan(board.indexOf("id=\"sender-" + desk));
        assertThat(board).as("only a few of those that work").doesNotContain("id=\"sender-" + desks.get(5) + "\"");
        assertThat(board).contains("Show all 11 servants");
    }

    @Test
    void whatIsTickedIsTriedBeforeItIsTagged() {
        assertThat(acme.bulk("/admin/pools/bulk", List.of(sales, desk), "act=tag")
                        .text())
                .contains("<b>2 numbers</b>: Night Desk, Sales Team");

        Answer tried = acme.bulk("/admin/pools/bulk/plan", List.of(sales, desk), "act=tag", "tags=Gold+night-shift");
        assertThat(tried.text()).contains("2 rows ready.").contains("Nothing has changed yet.");
        assertThat(sender(sales).traits().tags()).isEmpty();

        String report = carryOut(tried);
        assertThat(report).contains("2 rows done.");
        assertThat(sender(sales).traits().tags()).containsExactly("gold", "night-shift");
        assertThat(acme.get("/admin/pools?tag=gold"))
                .contains("id=\"sender-" + sales + "\"")
                .contains("id=\"sender-" + desk + "\"");
    }

    @Test
    void ofMastersAndServantsOnlyServantsMove() {
        Answer tried = acme.bulk("/admin/pools/bulk/plan", List.of(sales, first), "act=move", "newMasterId=" + second);
        assertThat(tried.text()).contains("1 row ready, 1 row with errors.").contains("Move 1 number");

        assertThat(carryOut(tried)).contains("1 row done, 1 row failed.");
        assertThat(sender(sales).masterId()).contains(new SenderId(second));
    }

    @Test
    void aMasterWithServantsThatStayIsNotRemoved() {
        Answer tried = acme.bulk("/admin/pools/bulk/plan", List.of(second, desk, first), "act=remove");
        assertThat(tried.text()).contains("2 rows ready, 1 row with errors.");

        carryOut(tried);
        assertThat(pools.overview(tenant).senders().map(sender -> sender.id().value()))
                .containsExactlyInAnyOrder(first, sales);
    }

    @Test
    void aListOfNewServantsIsReadTriedAndAdded() {
        byte[] csv = ("master,phone,name,purpose,tags\n" + first + ",+971500000111,Desk 1,support,gold\n" + first
                        + ",12,Desk 2,support,\n")
                .getBytes(StandardCharsets.UTF_8);

        Answer tried = acme.client()
                .multipart(
                        "/admin/pools/bulk/add",
                        Map.of("as", acme.as(), "csv", new String(csv, StandardCharsets.UTF_8)));
        assertThat(tried.status()).as(tried.text()).isEqualTo(200);
        assertThat(tried.text()).contains("1 row ready, 1 row with errors.");
        carryOut(tried);
        assertThat(pools.overview(tenant).senders().map(Sender::displayName))
                .contains("Desk 1")
                .doesNotContain("Desk 2");

        Answer broken =
                acme.client().multipart("/admin/pools/bulk/add", Map.of("as", acme.as(), "csv", "phone;name\n1;2"));
        assertThat(broken.status()).isEqualTo(422);
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsTried() {
        assertThat(acme.bulk("/admin/pools/bulk/plan", List.of(sales), "act=tag", "tags=%21%21")
                        .text())
                .contains("A tag has 1 to 30 lowercase letters");
        assertThat(acme.bulk("/admin/pools/bulk/plan", List.of(), "act=remove").status())
                .isEqualTo(422);
        assertThat(acme.bulk("/admin/pools/bulk", List.of(sales), "act=dance").status())
                .isEqualTo(422);
    }

    @Test
    void nobodyElseSeesARun() {
        Answer tried = acme.bulk("/admin/pools/bulk/plan", List.of(sales), "act=remove");
        PoolsVisitor rival = PoolsVisitor.of(world.rival());

        assertThat(rival.answer("/admin/pools/bulk/" + run(tried)).status()).isEqualTo(404);
        assertThat(rival.post("/admin/pools/bulk/" + run(tried) + "/start").status())
                .isEqualTo(404);
        assertThat(sender(sales).id().value()).isEqualTo(sales);
    }

    private String carryOut(Answer tried) {
        String run = run(tried);
        assertThat(acme.post("/admin/pools/bulk/" + run + "/start").status()).isEqualTo(303);
        return Eventually.until(() -> acme.get("/admin/pools/bulk/" + run), page -> page.contains("bulk-report"));
    }

    private static String run(Answer tried) {
        var found = RUN.matcher(tried.text());
        assertThat(found.find()).as(tried.text()).isTrue();
        return found.group(1);
    }

    private Sender sender(String id) {
        return pools.sender(tenant, new SenderId(id)).orElseThrow();
    }
}
