package dev.banyan.accounts.exports;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestServer;
import dev.banyan.TestWorld;
import dev.banyan.platform.Digests;
import dev.banyan.workspaces.Workspace;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Asking for exports, taking and deleting them, and archives that nobody should believe.
@QuarkusTest
class ExportsResourceTest {

    @Inject
    TestWorld world;

    @Inject
    ExportJob job;

    @Inject
    Exports exports;

    @Inject
    TestClock clock;

    private TestClient acme() {
        return TestClient.of(world.acme());
    }

    private String requested(Map<String, ?> body) {
        Answer answer = acme().post("/api/admin/ExportSubAccount", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().at("/export/id").asText();
    }

    private JsonNode state(String id) {
        return acme().get("/api/admin/exports/" + id).json();
    }

    private byte[] archive() {
        String id = requested(Map.of("subAccountId", world.north().id().toString()));
        job.run();
        Answer file = acme().get("/api/admin/exports/" + id + "/file");
        assertThat(file.status()).as(file.text()).isEqualTo(200);
        return file.bytes();
    }

    @Test
    void anExportIsMadeInTheBackgroundMailedAndDeletedWithItsFile() {
        world.north();
        String id = requested(Map.of("subAccountId", world.north().username()));
        assertThat(state(id).path("state").asText()).isEqualTo("waiting");
        assertThat(acme().get("/api/admin/exports/" + id + "/file").status()).isEqualTo(409);

        job.run();

        JsonNode ready = state(id);
        assertThat(ready.path("state").asText()).as(ready.toString()).isEqualTo("ready");
        assertThat(world.select(
                        "SELECT body FROM mails WHERE recipient = ? AND subject LIKE 'Your export of%'",
                        world.acme().email()))
                .anyMatch(body -> body.contains("/admin/export"));
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE tenant_id = ?",
                        world.acme().account().toString()))
                .contains("AccountExportRequested", "AccountExported");
        Answer file = acme().get(ready.path("file").asText());
        assertThat(file.contentType()).startsWith("application/zip");
        assertThat(file.header("Content-Disposition"))
                .hasValueSatisfying(value ->
                        assertThat(value).contains("brand-" + world.north().username() + ".zip"));
        assertThat(acme().get("/api/admin/GetExports").json().path("exports")).hasSize(1);

        Answer deleted = acme().delete("/api/admin/exports/" + id);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(acme().get("/api/admin/exports/" + id).status()).isEqualTo(404);
        assertThat(world.count("SELECT count(*) FROM removed_files WHERE path LIKE ?", "%" + id + "%"))
                .isEqualTo(1);
    }

    @Test
    void afterSevenDaysItIsGone() {
        String id = requested(Map.of());
        job.run();
        clock.forward(Duration.ofDays(7).plusSeconds(1));
        String token = world.newSession(world.acme().email());
        assertThat(TestClient.withSession(token).get("/api/admin/exports/" + id).status())
                .isEqualTo(404);
        exports.forgetExpired();
        assertThat(world.count("SELECT count(*) FROM account_exports WHERE id = ?", id))
                .isZero();
        assertThat(world.count("SELECT count(*) FROM removed_files WHERE path LIKE ?", "%" + id + "%"))
                .isEqualTo(1);
    }

    /// The server was killed: its claim ends, and the next run begins again.
    @Test
    void whatAServerLeftUndoneIsBegunAgain() {
        String id = requested(Map.of());
        world.sql(
                "UPDATE account_exports SET state = 'running', attempts = 1, claimed_until_at = ? WHERE id = ?",
                clock.instant().plusSeconds(60).toEpochMilli(),
                id);
        job.run();
        assertThat(state(id).path("state").asText()).isEqualTo("running");
        clock.forward(Duration.ofSeconds(61));
        job.run();
        assertThat(state(id).path("state").asText()).isEqualTo("ready");
    }

    @Test
    void aServerThatStopsEachTimeEndsIt() {
        String id = requested(Map.of());
        world.sql("UPDATE account_exports SET state = 'running', attempts = 3, claimed_until_at = 1 WHERE id = ?", id);
        job.run();
        assertThat(state(id).path("state").asText()).isEqualTo("failed");
        assertThat(state(id).path("problem").asText()).isNotEmpty();
    }

    @Test
    void othersGetNothing() {
        String id = requested(Map.of());
        assertThat(acme().post(
                                "/api/admin/ExportSubAccount",
                                Map.of("subAccountId", world.east().username()))
                        .status())
                .isEqualTo(404);
        TestClient rival = TestClient.of(world.rival());
        assertThat(rival.get("/api/admin/exports/" + id).status()).isEqualTo(404);
        assertThat(rival.delete("/api/admin/exports/" + id).status()).isEqualTo(404);
        assertThat(TestClient.anonymous()
                        .post("/api/admin/ExportSubAccount", Map.of())
                        .status())
                .isEqualTo(401);
        requested(Map.of());
        requested(Map.of());
        Answer full = acme().post("/api/admin/ExportSubAccount", Map.of());
        assertThat(full.status()).isEqualTo(400);
        assertThat(full.error()).contains("At most 3");
    }

    @Test
    void pagesShowAndImportThem() {
        TestClient pages = acme().onPagesOf(world.acme());
        assertThat(pages.get("/admin/export").text())
                .as("a server without mail")
                .contains("This page shows when it’s ready.")
                .doesNotContain("email you");
        Answer asked = pages.form("/admin/export", "brand", world.north().username());
        assertThat(asked.location()).contains("done=export-requested-here");
        assertThat(asked.status()).as(asked.text()).isEqualTo(303);
        assertThat(pages.get("/admin/export").text()).contains("Waiting").contains("every 3s");
        job.run();
        Answer ready = pages.get("/admin/export");
        assertThat(ready.text()).contains("Download").doesNotContain("every 3s");
        assertThat(pages.form("/admin/export", "brand", "unheard-of").status()).isEqualTo(404);
        assertThat(pages.get("/admin/brands").text()).contains("/admin/export?").contains("/admin/brands/import?");

        byte[] archive = archive();
        Answer tried = pages.upload(
                "/admin/brands/import",
                Map.of("as", world.acme().username(), "value", "try", "username", world.name("again")),
                "a.zip",
                archive);
        assertThat(tried.status()).as(tried.text()).isEqualTo(200);
        assertThat(tried.text()).contains("ready to import");
        Answer taken = pages.upload(
                "/admin/brands/import", Map.of("as", world.acme().username(), "value", "import"), "a.zip", archive);
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.text()).contains("is taken");
        Answer done = pages.upload(
                "/admin/brands/import",
                Map.of("as", world.acme().username(), "value", "import", "username", world.name("again")),
                "a.zip",
                archive);
        assertThat(done.status()).as(done.text()).isEqualTo(303);
        assertThat(done.location()).contains("brand-imported");
    }

    @Test
    void workspacesComeBackWithTheirUsersInNewProjects() {
        world.sales();
        world.support();
        String id = requested(Map.of());
        job.run();
        byte[] archive = acme().get("/api/admin/exports/" + id + "/file").bytes();
        String name = world.name("again");

        Map<String, String> fields = Map.of("account", world.acme().username(), "username", name);
        JsonNode tried = acme().upload("/api/admin/ImportSubAccount", fields, "a.zip", archive)
                .json();
        assertThat(tried.at("/counts/workspaces").asLong()).as(tried.toString()).isGreaterThanOrEqualTo(2);
        assertThat(world.count("SELECT count(*) FROM accounts WHERE username = ?", name))
                .isZero();

        var wish = new HashMap<>(fields);
        wish.put("dryRun", "false");
        JsonNode done = acme().upload("/api/admin/ImportSubAccount", wish, "a.zip", archive)
                .json();

        assertThat(done.at("/counts/workspaces").asLong())
                .as(done.toString())
                .isEqualTo(tried.at("/counts/workspaces").asLong());
        String inBrand =
                " FROM projects p JOIN accounts a ON a.id = p.account_id JOIN sub_clients w ON w.project_id = p.id"
                        + " WHERE a.username = ? AND w.name = ?";
        for (Workspace before : List.of(world.sales(), world.support())) {
            assertThat(world.count("SELECT count(*)" + inBrand, name, before.name()))
                    .as(before.name())
                    .isEqualTo(1);
            assertThat(world.count(
                            "SELECT count(*) FROM sub_client_users u WHERE u.sub_client_id = (SELECT w.id" + inBrand
                                    + ")",
                            name,
                            before.name()))
                    .isEqualTo(world.count(
                            "SELECT count(*) FROM sub_client_users WHERE sub_client_id = ?",
                            before.id().value()));
        }
    }

    @Test
    void aHostileArchiveIsRefusedAndLeavesNothing() throws IOException {
        byte[] archive = archive();
        world.rival();
        long before = world.count("SELECT count(*) FROM accounts");
        String folder = world.north().username();
        assertThat(broken("no zip".getBytes(StandardCharsets.UTF_8))).isEqualTo("It is not a ZIP file");
        assertThat(broken(changed(archive, "manifest.json", text -> text.replace("\"format\" : 1", "\"format\" : 9"))))
                .isEqualTo("Its format is 9, and this server supports 1");
        assertThat(broken(
                        changed(archive, "manifest.json", text -> text.replace("banyan-account", "banyan-workspace"))))
                .isEqualTo("It is not an export of a brand");
        assertThat(broken(changed(archive, "manifest.json", text -> "{"))).isEqualTo("Its manifest is damaged");
        assertThat(broken(changed(archive, folder + "/pages.json", text -> text + " ")))
                .contains("larger than its manifest says");
        assertThat(broken(changed(archive, folder + "/account.json", text -> text.replace("username", "usernam_"))))
                .contains("was changed after the export");
        assertThat(broken(changed(
                        archive, "manifest.json", text -> text.replace(folder + "/pages.json", "../../pages.json"))))
                .isEqualTo("It contains a file with an invalid name");
        assertThat(broken(changed(
                        archive,
                        "manifest.json",
                        text -> text.replaceFirst("\"size\" : \\d+", "\"size\" : 99999999999"))))
                .contains("is too large");
        assertThat(world.count("SELECT count(*) FROM accounts")).isEqualTo(before);
        try (var left = Files.list(TestServer.data().resolve("run/moves"))) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("import")))
                    .isEmpty();
        }
    }

    /// What an archive says is checked by the rules for what people type, even if its digests are right.
    @Test
    void aForgedArchiveGetsNoScriptsIn() throws IOException {
        byte[] archive = archive();
        String folder = world.north().username();
        for (var forged : Map.of(
                        "[{\"id\":\"1\",\"slug\":\"home\",\"name\":\"Home\",\"links\":[{\"id\":\"2\",\"title\":\"x\","
                                + "\"url\":\"javascript:alert(1)\"}]}]",
                        "pages.json",
                        "[{\"id\":\"1\",\"slug\":\"Not A Slug\",\"name\":\"Home\"}]",
                        "pages.json",
                        "[{\"platform\":\"x\",\"url\":\"javascript:alert(1)\",\"position\":0}]",
                        "icons.json",
                        "[{\"id\":\"1\",\"slug\":\"abc\",\"target\":\"javascript:alert(1)\"}]",
                        "short-links.json",
                        "[{\"id\":\"1\",\"slug\":\"abc\",\"target\":\"https://example.com\",\"passwordHash\":\"x\"}]",
                        "short-links.json")
                .entrySet()) {
            Answer answer = imported(forged(archive, folder + "/" + forged.getValue(), forged.getKey()));
            assertThat(answer.status()).as(forged.getKey() + answer.text()).isEqualTo(400);
        }
        // A picture that is none is left out, and said so.
        Answer odd = imported(forged(
                archive,
                folder + "/pictures.json",
                "[{\"id\":\"1\",\"use\":\"avatar\",\"file\":\"../../../etc/passwd\"}]"));
        assertThat(odd.status()).isEqualTo(200);
        assertThat(odd.json().path("notes").toString()).contains("1 picture was left out");
    }

    private Answer imported(byte[] archive) {
        return TestClient.of(world.rival())
                .upload("/api/admin/ImportSubAccount", Map.of("username", world.name("forged")), "a.zip", archive);
    }

    private String broken(byte[] archive) {
        Answer answer = TestClient.of(world.rival())
                .upload(
                        "/api/admin/ImportSubAccount",
                        Map.of("dryRun", "false", "username", world.name("bad")),
                        "a.zip",
                        archive);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        return answer.error();
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zipped(Map<String, byte[]> entries) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return out.toByteArray();
    }

    private static byte[] changed(byte[] archive, String name, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> entries = entries(archive);
        assertThat(entries).containsKey(name);
        entries.computeIfPresent(
                name,
                (_, bytes) ->
                        change.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        return zipped(entries);
    }

    /// Replaces an entry, and corrects the manifest.
    private static byte[] forged(byte[] archive, String name, String content) throws IOException {
        Map<String, byte[]> entries = entries(archive);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        entries.put(name, bytes);
        var manifest = (ObjectNode) TestClient.JSON.readTree(entries.get("manifest.json"));
        for (JsonNode entry : manifest.path("entries")) {
            if (entry.path("name").asText().equals(name)) {
                ((ObjectNode) entry)
                        .put("size", bytes.length)
                        .put("sha256", HexFormat.of().formatHex(Digests.sha256(bytes)));
            }
        }
        entries.put("manifest.json", TestClient.JSON.writeValueAsBytes(manifest));
        return zipped(entries);
    }
}
