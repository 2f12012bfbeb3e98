package dev.banyan.accounts.audit;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.AuditChain;
import dev.banyan.platform.db.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// The audit log as pages and as files, through HTTP.
@QuarkusTest
class AuditPagesTest {

    private static final Pattern ROW = Pattern.compile("<p class=\"what\"><bdi>(.*?)</bdi></p>");

    @Inject
    TestWorld world;

    @Inject
    Audit audit;

    @Inject
    AuditChain chain;

    @Inject
    Database database;

    @Test
    void theOwnerSeesWhatWasDoneAndInWhichAccount() {
        world.north();
        chain.seal();

        String page = page(world.acme(), "");

        assertThat(rows(page))
                .containsExactly(
                        "Created the brand “" + world.north().username() + "”",
                        "Changed the plan to pro",
                        "Registered the account “" + world.acme().username() + "”");
        assertThat(page)
                .contains("@" + world.north().username(), world.acme().email(), "Sealed", "The server")
                .doesNotContain("Not sealed yet")
                .contains(
                        "<code>SubAccountCreated</code>",
                        "<code>" + world.north().id() + "</code>",
                        "1 in the chain");
    }

    @Test
    void strangersAndSubAccountsSeeNothing() {
        world.north();
        world.east();

        assertThat(page(world.rival(), ""))
                .doesNotContain(
                        world.north().username(),
                        world.acme().username(),
                        world.acme().email());
        // Filters with accounts, people and ids of others find nothing.
        for (String filter : List.of(
                "account=" + world.north().username(),
                "account=" + world.acme().username(),
                "person=" + world.acme().email(),
                "q=" + world.north().id(),
                "scope=server")) {
            assertThat(rows(page(world.rival(), filter)))
                    .as(filter)
                    .doesNotContain("Created the brand “" + world.north().username() + "”")
                    .noneMatch(row -> row.startsWith("Was denied"));
            assertThat(csv(world.rival(), filter))
                    .as(filter)
                    .noneMatch(row -> row.toString().contains(world.north().username()));
        }
        for (String path : List.of("/admin/audit", "/admin/audit.csv")) {
            Answer stranger = TestClient.of(world.rival())
                    .get(path + "?as=" + world.north().username());
            assertThat(stranger.status()).isEqualTo(404);
            Answer managed = TestClient.of(world.acme())
                    .get(path + "?as=" + world.north().username());
            assertThat(managed.status()).as(path).isEqualTo(path.endsWith(".csv") ? 403 : 200);
            assertThat(managed.text())
                    .contains("This is a sub-account managed by " + world.acme().username())
                    .doesNotContain("SubAccountCreated");
        }
        for (String path : List.of("/operator/audit", "/operator/audit.csv")) {
            assertThat(TestClient.of(world.acme()).get(path).status()).isEqualTo(404);
            assertThat(TestClient.anonymous().get(path).status()).isEqualTo(303);
        }
    }

    @Test
    void theOperatorsNameAndAddressStayTheirs() {
        Person acme = world.acme();
        world.operatorToken();
        String operator = world.select("SELECT identity_id FROM operators").getFirst();
        world.changeAudit(
                acme.account(),
                "UPDATE audit_events SET identity_id = ?, ip = '192.0.2.77' WHERE tenant_id = ? AND action = 'PlanChanged'",
                operator,
                acme.account().toString());

        assertThat(page(acme, "action=PlanChanged"))
                .contains("Server operator")
                .doesNotContain("operator@banyan", "192.0.2.77");
        assertThat(TestClient.of(acme).get("/admin/audit.csv").text())
                .contains("Server operator")
                .doesNotContain("192.0.2.77");
    }

    @Test
    void filtersNarrowAndGoTogether() {
        Person acme = world.acme();
        String north = world.north().username();
        world.south();

        assertThat(rows(page(acme, "action=SubAccountCreated"))).hasSize(2);
        assertThat(rows(page(acme, "account=" + north))).containsExactly("Created the brand “" + north + "”");
        assertThat(rows(page(acme, "account=@" + north.toUpperCase(Locale.ROOT))))
                .hasSize(1);
        assertThat(rows(page(acme, "account=" + acme.username()))).hasSize(2);
        assertThat(rows(page(acme, "account=nobody-has-this"))).isEmpty();
        assertThat(rows(page(acme, "person=" + acme.email())))
                .containsExactly("Registered the account “" + acme.username() + "”");
        assertThat(rows(page(acme, "person=server")))
                .containsExactly(
                        "Created the brand “" + world.south().username() + "”",
                        "Created the brand “" + north + "”",
                        "Changed the plan to pro");
        assertThat(rows(page(acme, "person=nobody@people.example"))).isEmpty();
        assertThat(rows(page(acme, "q=brand"))).hasSize(2);
        assertThat(rows(page(acme, "q=" + world.north().id().toString().substring(0, 20))))
                .isNotEmpty();
        assertThat(rows(page(acme, "q=%25"))).isEmpty();
        assertThat(rows(page(acme, "q=sub&account=" + north + "&action=SubAccountCreated")))
                .hasSize(1);
        assertThat(rows(page(acme, "q=sub&account=" + north + "&action=PlanChanged")))
                .isEmpty();
    }

    @Test
    void daysAreWholeDaysOfUtc() {
        Person acme = world.acme();
        AccountId id = acme.account();
        world.sql("DELETE FROM audit_events WHERE tenant_id = ?", id.toString());
        insert(id, "019cab00-0000-7000-8000-" + tail(id), "2026-03-01T23:59:59.999Z");
        insert(id, "019cab00-0001-7000-8000-" + tail(id), "2026-03-02T00:00:00Z");
        insert(id, "019cab00-0002-7000-8000-" + tail(id), "2026-03-02T23:59:59.999Z");
        insert(id, "019cab00-0003-7000-8000-" + tail(id), "2026-03-03T00:00:00Z");
        assertThat(times(page(acme, "from=2026-03-02&to=2026-03-02"))).containsExactly("23:59:59", "00:00:00");
        assertThat(times(page(acme, "from=2026-03-03"))).containsExactly("00:00:00");
        assertThat(times(page(acme, "to=2026-03-01"))).containsExactly("23:59:59");
        assertThat(times(page(acme, "from=2026-03-04"))).isEmpty();
    }

    @Test
    void whatCannotBeAFilterIsSaid() {
        assertThat(page(world.acme(), "from=yesterday")).contains("Enter dates like 2026-11-20.");
        assertThat(page(world.acme(), "from=2026-03-02&to=2026-03-01")).contains("must be the same day as");
        assertThat(page(world.acme(), "action=Nothing")).contains("Choose an action from the list.");
        Answer file = TestClient.of(world.acme()).get("/admin/audit.csv?from=yesterday");
        assertThat(file.status()).isEqualTo(400);
        assertThat(file.text()).contains("Enter dates like 2026-11-20.");
    }

    @Test
    void aLongListGoesOnWhereItEnded() {
        Person acme = world.acme();
        note(acme, 120, i -> "target-" + i);

        String first = page(acme, "action=PageCreated");
        String second = page(acme, "action=PageCreated&after=" + next(first).orElseThrow());
        String third = page(acme, "action=PageCreated&after=" + next(second).orElseThrow());

        assertThat(rows(first)).hasSize(50).startsWith("Created the page “p119”");
        assertThat(rows(second)).hasSize(50).startsWith("Created the page “p69”");
        assertThat(rows(third)).hasSize(20).endsWith("Created the page “p0”");
        assertThat(next(third)).isEmpty();
    }

    @Test
    void erasedDetailsAreSaidToBeErased() {
        Person acme = world.acme();
        world.north();
        world.changeAudit(
                acme.account(),
                "UPDATE audit_events SET details = NULL, details_salt = NULL WHERE tenant_id = ? AND action = 'SubAccountCreated'",
                acme.account().toString());

        String page = page(acme, "action=SubAccountCreated");

        assertThat(rows(page)).containsExactly("Created the brand");
        assertThat(page).contains("<dd>Erased</dd>");
    }

    @Test
    void theFileHoldsWhatThePageShows() {
        String brand = world.name("harbour");
        assertThat(TestClient.of(world.acme())
                        .post("/api/admin/CreateSubAccount", Map.of("username", brand, "displayName", "Harbour"))
                        .status())
                .isEqualTo(200);
        chain.seal();

        Answer answer = TestClient.of(world.acme()).get("/admin/audit.csv?action=SubAccountCreated");
        assertThat(answer.contentType()).isEqualTo("text/csv; charset=utf-8");
        assertThat(answer.header("Content-Disposition").orElseThrow())
                .matches("attachment; filename=\"audit-20..-..-..\\.csv\"");
        List<CsvRecord> rows = parse(answer);
        assertThat(rows.getFirst().getFields())
                .containsExactly(
                        "time",
                        "who",
                        "action",
                        "what",
                        "account",
                        "target",
                        "details",
                        "ip",
                        "sequence",
                        "chain_hash");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).getField(0)).matches("20..-..-..T..:..:..(\\.\\d+)?Z");
        assertThat(rows.get(1).getFields())
                .contains(
                        world.acme().email(),
                        "SubAccountCreated",
                        "Created the brand “" + brand + "”",
                        brand,
                        "127.0.0.1");
        assertThat(rows.get(1).getField(9)).hasSize(64);
    }

    @Test
    void noCellIsAFormula() {
        Person acme = world.acme();
        List<String> dangerous =
                List.of("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=HYPERLINK(\"https://a.example\")");
        note(acme, dangerous.size(), dangerous::get);

        assertThat(csv(acme, "action=PageCreated"))
                .hasSize(dangerous.size())
                .allSatisfy(row -> assertThat(row.getField(5)).startsWith("'"))
                .allSatisfy(row -> assertThat(row.getFields()).noneMatch(cell -> cell.matches("(?s)[=+\\-@\t\r].*")))
                .extracting(row -> row.getField(5).substring(1))
                .containsExactlyElementsOf(dangerous.reversed());
    }

    /// Ten thousand rows are read in many parts; none is missing, duplicated, or out of order.
    @Test
    void aLongFileIsWhole() {
        Person acme = world.acme();
        note(acme, 10_000, i -> "target-" + i);

        List<CsvRecord> rows = csv(acme, "action=PageCreated");

        assertThat(rows).hasSize(10_000);
        assertThat(rows.getFirst().getField(5)).isEqualTo("target-9999");
        assertThat(rows.getLast().getField(5)).isEqualTo("target-0");
        assertThat(rows.stream().map(row -> row.getField(5)).distinct()).hasSize(10_000);
    }

    @Test
    void operatorsSeeEverybodyAndTheServerItself() {
        world.north();
        world.east();
        String operator = world.operatorToken();
        TestClient.of(world.rival())
                .get("/api/admin/GetPages?subAccountId=" + world.north().id());
        world.writeDenials();

        String all = operator(operator, "q=brand");
        assertThat(rows(all))
                .contains(
                        "Created the brand “" + world.north().username() + "”",
                        "Created the brand “" + world.east().username() + "”");
        assertThat(operator(operator, "action=AccountRegistered"))
                .contains(world.acme().email(), world.rival().email());
        assertThat(rows(operator(operator, "account=" + world.north().username())))
                .containsExactly("Created the brand “" + world.north().username() + "”");
        String refused =
                operator(operator, "scope=server&person=" + world.rival().email());
        assertThat(rows(refused)).containsExactly("Was denied access, 1 times in a minute");
        assertThat(refused).contains("<code>GET /api/admin/GetPages</code>");
        assertThat(parse(TestClient.withSession(operator)
                        .get("/operator/audit.csv?scope=server&person="
                                + world.rival().email())))
                .hasSize(2);
    }

    private String operator(String token, String filter) {
        Answer answer = TestClient.withSession(token).get("/operator/audit?" + filter);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    private static String page(Person person, String filter) {
        Answer answer = TestClient.of(person).get("/admin/audit?" + filter);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    private static List<CsvRecord> csv(Person person, String filter) {
        List<CsvRecord> rows = parse(TestClient.of(person).get("/admin/audit.csv?" + filter));
        return rows.subList(1, rows.size());
    }

    private static List<CsvRecord> parse(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).as("Excel reads it as UTF-8").startsWith("\uFEFF");
        return CsvReader.builder().ofCsvRecord(answer.text().substring(1)).stream()
                .toList();
    }

    private static List<String> rows(String page) {
        return ROW.matcher(page).results().map(row -> row.group(1)).toList();
    }

    private static List<String> times(String page) {
        return Pattern.compile("<span class=\"faint lines\">([0-9:]+)</span>")
                .matcher(page)
                .results()
                .map(time -> time.group(1))
                .toList();
    }

    private static Optional<String> next(String page) {
        return Pattern.compile("name=\"after\" value=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    private void note(Person person, int times, IntFunction<String> target) {
        var owner = new Owner(person.account(), person.account());
        database.write(tx -> {
            for (int i = 0; i < times; i++) {
                audit.note(tx, Actor.SERVER, owner, "PageCreated", target.apply(i), Map.of("slug", "p" + i));
            }
            return owner;
        });
    }

    private void insert(AccountId tenant, String id, String at) {
        world.sql(
                "INSERT INTO audit_events (id, tenant_id, account_id, occurred_at, action, target, details_digest, details,"
                        + " ip) VALUES (?, ?, ?, ?, 'PageCreated', 't', 'd', '{}', 'server')",
                id,
                tenant.toString(),
                tenant.toString(),
                Instant.parse(at).toEpochMilli());
    }

    private static String tail(AccountId id) {
        return id.toString().substring(24);
    }
}
