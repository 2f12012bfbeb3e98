package dev.banyan.whatsapp.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderState;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The board and its forms, as used by a browser without scripts.
@QuarkusTest
class NumbersPageResourceTest {

    @Inject
    TestWorld world;

    @Inject
    Pools pools;

    private TestClient acme;
    private AccountId tenant;
    private String as;

    @BeforeEach
    void acmeIsIn() {
        Person person = world.acme();
        acme = TestClient.of(person);
        tenant = person.account();
        as = person.username();
    }

    @Test
    void anEmptyBoardSaysWhatToDo() {
        assertThat(get("/admin/pools"))
                .contains("No numbers yet")
                .contains("Add master")
                .contains("Numbers without a connection are simulated.");
    }

    @Test
    void aMasterAndItsServantsAreAddedAndShown() {
        String master = addMaster("Amira <Nasser>", "+971 50 000 0101");
        String servant = addServant(master, "Sales Team", "+971500000102", "sales");
        String desk = addServant(master, "Support Desk", "+971500000103", "");

        String board = get("/admin/pools");

        assertThat(board)
                .contains("Amira &lt;Nasser&gt;")
                .contains("+971500000101")
                .contains("id=\"sender-" + servant + "\"")
                .contains("id=\"sender-" + desk + "\"")
                .contains("<bdi>sales</bdi>")
                .contains("<bdi>custom</bdi>")
                .contains("2 servants")
                .contains("Never linked.")
                .containsPattern("<dt>Healthy numbers</dt><dd>0 <small>of 3</small></dd>");
        assertThat(sender(servant).masterId()).contains(new SenderId(master));
    }

    @Test
    void aNumberWithoutANameIsCalledByItsPhoneNumber() {
        String master = addMaster("300000000000001", "+971500000101");
        String servant = addServant(master, "servant-1795605899814", "+971500000102", "");

        for (String path : List.of("", "/senders/" + servant, "/" + master + "/messages", "/" + master + "/failover")) {
            assertThat(get("/admin/pools" + path))
                    .as(path)
                    .contains("<bdi>+971 50 000 0101</bdi>")
                    .doesNotContain("<bdi>300000000000001", "<bdi>servant-");
        }
        assertThat(get("/admin/pools")).contains("<bdi>+971 50 000 0102</bdi>");
        assertThat(get("/admin/pools/" + master + "/messages"))
                .contains("<title>+971 50 000 0101 – Messages – Numbers – Banyan</title>");
        assertThat(get("/admin/pools/senders/" + servant))
                .as("what its name is, and its id")
                .contains("value=\"servant-1795605899814\"", "<code id=\"sender-id\" class=\"faint\">" + servant);
        assertThat(Sender.shownName(Optional.empty(), new SenderId("servant-1795605899814")))
                .isEqualTo("Removed number");
        assertThat(Sender.shownName(Optional.empty(), new SenderId("amira-nasser")))
                .isEqualTo("amira-nasser");
    }

    @Test
    void whatIsNotInTheSidebarIsTwoClicksAway() {
        String master = addMaster("First", "");
        Map.of(
                        "/admin/pools/campaigns",
                        "/admin/pools",
                        "/admin/pools/" + master + "/messages",
                        "/admin/pools",
                        "/admin/integrations",
                        "/admin/api-keys",
                        "/admin/custom-domains",
                        "/admin/pages",
                        "/admin/export",
                        "/admin/brands")
                .forEach((page, section) -> {
                    assertThat(get("/admin/dashboard")).contains("href=\"" + section + "?as=");
                    assertThat(get(section)).contains("href=\"" + page + "?as=");
                });
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndKept() {
        String master = addMaster("Amira Nasser", "+971500000101");

        Answer refused = post("/admin/pools/" + master + "/servants", "displayName", "", "phone", "0501234567");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("Name is required")
                .contains("Invalid phone number format. Use the international form, such as +971500000101")
                .contains("value=\"0501234567\"");

        Answer twin = post("/admin/pools/masters", "displayName", "Twin", "phone", "971500000101");
        assertThat(twin.status()).isEqualTo(422);
        assertThat(twin.text()).contains("Phone number already in use by “Amira Nasser”");
        assertThat(pools.overview(tenant).total()).isEqualTo(1);
    }

    @Test
    void aFormThatIsSentTwiceAddsOnce() {
        String[] fields = {"displayName", "Amira", "phone", "", "idempotencyKey", "key-1"};
        Answer first = post("/admin/pools/masters", fields);
        Answer second = post("/admin/pools/masters", fields);

        assertThat(second.location()).isEqualTo(first.location());
        assertThat(pools.overview(tenant).total()).isEqualTo(1);
    }

    @Test
    void aServantMovesToAnotherMaster() {
        String first = addMaster("First", "");
        String second = addMaster("Second", "");
        String servant = addServant(first, "Sales Team", "+971500000102", "");

        assertThat(get("/admin/pools/" + servant + "/move"))
                .contains("Second")
                .doesNotContain("value=\"" + first + "\"");
        Answer moved = post("/admin/pools/" + servant + "/move", "newMasterId", second);

        assertThat(moved.status()).isEqualTo(303);
        assertThat(moved.location()).endsWith("&done=servant-moved#sender-" + servant);
        assertThat(sender(servant).masterId()).contains(new SenderId(second));
        assertThat(post("/admin/pools/" + servant + "/move", "newMasterId", "nobody")
                        .status())
                .isEqualTo(422);
        assertThat(acme.get("/admin/pools/" + first + "/move?as=" + as).status())
                .as("a master does not move")
                .isEqualTo(404);
    }

    @Test
    void aServantIsRemovedAndAMasterOnlyWithoutServants() {
        String first = addMaster("First", "");
        String servant = addServant(first, "Sales Team", "+971500000102", "");

        assertThat(get("/admin/pools/" + first + "/remove")).contains("can’t be removed yet");
        assertThat(post("/admin/pools/" + first + "/remove").status()).isEqualTo(422);

        String second = addMaster("Second", "");
        assertThat(get("/admin/pools/" + first + "/remove")).contains("1 servant goes to the master");
        assertThat(post("/admin/pools/" + first + "/remove", "newMasterId", second)
                        .status())
                .isEqualTo(303);
        assertThat(sender(servant).masterId()).contains(new SenderId(second));

        assertThat(post("/admin/pools/" + servant + "/remove").location()).contains("done=servant-removed");
        assertThat(post("/admin/pools/" + second + "/remove").location()).contains("done=master-removed");
        assertThat(pools.overview(tenant).total()).isZero();
        assertThat(post("/admin/pools/" + second + "/remove").status()).isEqualTo(404);
    }

    @Test
    void aSenderIsLinkedByScanningItsCode() {
        String master = addMaster("Amira Nasser", "");
        String page = "/admin/pools/" + master + "/link";
        assertThat(get(page)).contains("Show QR code").contains("This is a simulation.");

        assertThat(post(page).status()).isEqualTo(303);
        assertThat(get(page))
                .contains("Code 1 of 6")
                .contains("<span data-seconds>60</span>")
                .containsPattern("<svg viewBox=\"0 0 41 41\" role=\"img\" aria-label=\"QR code to link WhatsApp\"")
                .contains("Scan with simulated phone");
        assertThat(get("/admin/pools")).contains("Scan the code with the phone.");

        assertThat(post(page + "/scan").status()).isEqualTo(303);
        Sender linked = sender(master);
        assertThat(linked.state()).isEqualTo(SenderState.LINKED);
        assertThat(get(page))
                .contains("Linked: " + linked.phone().orElseThrow())
                .contains("“Simulated phone”");
        assertThat(get("/admin/pools")).contains("<dd>1 <small>of 1</small></dd>");
    }

    @Test
    void aPasskeyIsConfirmedWithTheSimulatedPhone() {
        String master = addMaster("Amira Nasser", "");
        acme.form("/admin/pools/senders/" + master + "/simulate", "as", as, "fault", "passkey");
        String page = "/admin/pools/" + master + "/link";
        post(page);
        post(page + "/scan");
        assertThat(sender(master).state()).isEqualTo(SenderState.PASSKEY_REQUIRED);
        assertThat(get(page)).contains("This number asks for a passkey.", "Confirm with simulated phone");

        post(page + "/scan");
        assertThat(sender(master).state()).isEqualTo(SenderState.LINKED);
    }

    @Test
    void aMessageIsDecidedAboutInItsOwnPoolOnly() {
        String master = addMaster("Amira Nasser", "");
        String other = addMaster("Omar Haddad", "");
        String id = acme.post(
                        "/api/whatsapp/messages",
                        Map.of("master", master, "to", "+971500000900", "text", "Hello", "key", "own-pool-only"))
                .json()
                .path("data")
                .path("id")
                .asText();

        for (String act : List.of("resend", "give-up")) {
            assertThat(post("/admin/pools/" + other + "/messages/" + id + "/" + act)
                            .status())
                    .isEqualTo(404);
            assertThat(post("/admin/pools/" + master + "/messages/" + id + "/" + act)
                            .status())
                    .isEqualTo(303);
        }
    }

    @Test
    void aLinkingIsStopped() {
        String master = addMaster("Amira Nasser", "");
        String page = "/admin/pools/" + master + "/link";
        post(page);

        assertThat(post(page + "/cancel").status()).isEqualTo(303);

        assertThat(get(page)).contains("Show QR code").doesNotContain("Code 1 of 6");
        assertThat(sender(master).state()).isEqualTo(SenderState.PENDING);
        assertThat(post(page + "/scan").status()).as("too late, and no harm").isEqualTo(303);
        assertThat(sender(master).state()).isEqualTo(SenderState.PENDING);
    }

    @Test
    void aDialogIsAFragment() {
        String master = addMaster("Amira Nasser", "");

        for (String path : List.of(
                "/admin/pools/masters/new",
                "/admin/pools/" + master + "/servants/new",
                "/admin/pools/" + master + "/remove")) {
            assertThat(acme.with("HX-Request", "true").get(path + "?as=" + as).text())
                    .as(path)
                    .startsWith("<dialog")
                    .doesNotContain("<html");
        }
    }

    @Test
    void aSubAccountHasNoNumbersOfItsOwn() {
        String master = addMaster("Amira Nasser", "");
        String north = world.north().username();

        Answer board = acme.get("/admin/pools?as=" + north);
        assertThat(board.status()).isEqualTo(200);
        assertThat(board.text())
                .contains("This is a sub-account managed by " + as)
                .doesNotContain("Amira Nasser");
        assertThat(acme.form("/admin/pools/masters", "as", north, "displayName", "X", "phone", "")
                        .status())
                .isEqualTo(403);
        assertThat(acme.get("/admin/pools/" + master + "/link?as=" + north).status())
                .isEqualTo(403);
    }

    private String addMaster(String name, String phone) {
        return id(post("/admin/pools/masters", "displayName", name, "phone", phone));
    }

    private String addServant(String master, String name, String phone, String purpose) {
        return id(
                post("/admin/pools/" + master + "/servants", "displayName", name, "phone", phone, "purpose", purpose));
    }

    /// Returns the id from the redirect to the page that links the new sender.
    private static String id(Answer added) {
        assertThat(added.status()).as(added.text()).isEqualTo(303);
        return added.location().replaceFirst("^/admin/pools/([^/]+)/link.*", "$1");
    }

    private String get(String path) {
        Answer answer = acme.get(path + "?as=" + as);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text();
    }

    private Answer post(String path, String... fields) {
        var all = new java.util.LinkedHashMap<String, String>();
        all.put("as", as);
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return acme.form(path, all);
    }

    private Sender sender(String id) {
        return pools.sender(tenant, new SenderId(id)).orElseThrow();
    }
}
