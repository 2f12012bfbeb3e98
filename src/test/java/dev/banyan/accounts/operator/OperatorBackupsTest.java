package dev.banyan.accounts.operator;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.Eventually;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.backup.Restore;
import dev.banyan.platform.config.DataFolder;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.files.S3Mock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups that an operator plans, starts and downloads on their page.
@QuarkusTest
class OperatorBackupsTest {

    private static final String PAGE = "/operator/backups";
    private static final String SAVED = PAGE + "?done=backup-plan-saved";
    private static final String STARTED = PAGE + "?done=backup-started";

    @Inject
    TestWorld world;

    @Inject
    Settings settings;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private TestClient operator = TestClient.anonymous();

    @BeforeEach
    void signIn() {
        operator = TestClient.withSession(world.operatorToken());
    }

    /// Others find the server as it was: it shows how old its last backup is.
    @AfterEach
    void forget() throws IOException {
        world.sql("DELETE FROM backup_results");
        world.sql("DELETE FROM backup_plan");
        Files.deleteIfExists(settings.data().resolve(DataFolder.LAST_BACKUP));
    }

    /// Off, so that none is written by itself here.
    private static Map<String, String> form(String... more) {
        var form = new HashMap<>(Map.of("every", "sunday", "at", "03:30", "keep", "1", "place", "folder"));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private static Map<String, String> bucket(URI url, String... more) {
        String[] path = url.getPath().substring(1).split("/", 2);
        var form = form(
                "place",
                "bucket",
                "endpoint",
                "http://" + url.getAuthority(),
                "bucket",
                path[0],
                "prefix",
                path[1],
                "accessKey",
                S3Mock.KEY,
                "secret",
                S3Mock.SECRET);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private void save(Map<String, String> form) {
        Answer saved = operator.form(PAGE, form);
        assertThat(saved.location()).as(saved.text()).isEqualTo(SAVED);
    }

    /// Writes one and returns the page after it.
    private String backUp() {
        assertThat(operator.form(PAGE + "/run", Map.of()).location()).isEqualTo(STARTED);
        return Eventually.until(() -> operator.get(PAGE).text(), page -> !page.contains(">Running<"));
    }

    private List<String> written() {
        return world.select("SELECT file_name FROM backup_results WHERE file_size IS NOT NULL ORDER BY started_at, id");
    }

    private Answer download() {
        String id = world.select("SELECT id FROM backup_results WHERE file_size IS NOT NULL ORDER BY started_at, id")
                .getLast();
        return operator.get(PAGE + "/" + id + "/file");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsWrittenNowIsRestoredDownloadedAndKept() throws Exception {
        assertThat(operator.get(PAGE).text()).contains("No backups yet").doesNotContain("Back up now");
        save(form("folder", folder.toString()));
        Files.createFile(folder.resolve("banyan-2026-01-01T000000Z.zip")); // the command's

        assertThat(backUp()).contains("Completed", "By hand", folder.toString());
        String first = written().getFirst();
        assertThat(files()).containsExactly("banyan-2026-01-01T000000Z.zip", first);
        Path target = Files.createDirectory(folder.resolve("restored"));
        assertThat(new Restore(Settings.forTests(target))
                        .from(folder.resolve(first))
                        .rows())
                .isPositive();

        assertThat(backUp()).contains("Completed");
        String second = written().getFirst();
        assertThat(written()).hasSize(1).doesNotContain(first);
        assertThat(files()).containsExactly("banyan-2026-01-01T000000Z.zip", second, "restored");
        Answer file = download();
        assertThat(file.header("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).contains(second));
        assertThat(file.bytes()).isEqualTo(Files.readAllBytes(folder.resolve(second)));
        assertThat(world.select("SELECT action FROM audit_events WHERE action LIKE 'Backup%' ORDER BY id"))
                .endsWith("BackupPlanChanged", "BackupStarted", "BackupStarted", "BackupDownloaded");
    }

    @Test
    void aPlaceThatTakesNothingIsSaid() throws Exception {
        String missing = folder.resolve("missing").toString();
        assertThat(operator.form(PAGE, form("folder", missing)).text()).contains("This folder doesn’t exist");
        assertThat(operator.form(PAGE, form("folder", "backups")).text()).contains("Enter a full path");
        assertThat(operator.form(PAGE, form("folder", settings.data().toAbsolutePath() + "/run"))
                        .status())
                .isEqualTo(422);
        assertThat(operator.form(PAGE, form("keep", "0", "at", "25:00", "zone", "Mars", "every", "x", "place", "x"))
                        .text())
                .contains(
                        "Enter a number from 1",
                        "Enter a time",
                        "Choose a time zone",
                        "Choose how often",
                        "Choose where");
        assertThat(operator.form(PAGE + "/run", Map.of()).status()).isEqualTo(409);

        Path gone = Files.createDirectory(folder.resolve("gone"));
        save(form("folder", gone.toString()));
        Files.delete(gone);
        assertThat(backUp()).contains("Failed", "The folder " + gone + " doesn’t exist on this server");
        assertThat(operator.get("/operator").text()).contains("The last backup failed.");
        assertThat(files()).isEmpty();
    }

    @Test
    void aBucketTakesThemAndItsSecretStaysWhereItBelongs() {
        URI url = URI.create(S3Mock.newUrl());
        Map<String, String> form = bucket(url);
        save(form);
        assertThat(backUp()).contains("Completed");
        String first = written().getFirst();
        assertThat(backUp()).contains("Completed");
        assertThat(written()).hasSize(1).doesNotContain(first);
        assertThat(download().bytes()).startsWith('P', 'K');

        assertThat(operator.get(PAGE).text())
                .contains("Saved. Leave empty to keep it.")
                .doesNotContain(S3Mock.SECRET);
        assertThat(world.count("SELECT count(*) FROM backup_plan WHERE sealed_secret LIKE '%secret%'"))
                .isZero();
        form.remove("secret");
        save(form);
        for (var change :
                Map.of("endpoint", "http://127.0.0.1:9", "accessKey", "other").entrySet()) {
            var elsewhere = new HashMap<>(form);
            elsewhere.put(change.getKey(), change.getValue());
            Answer refused = operator.form(PAGE, elsewhere);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("Enter the secret key again");
        }
        form.put("bucket", "no-such-bucket");
        save(form);
        assertThat(backUp()).contains("Failed", "Can&#39;t write to the bucket", "NoSuchBucket");
        assertThat(world.select("SELECT file_name FROM backup_results WHERE file_size IS NOT NULL"))
                .as("what is in the former bucket")
                .hasSize(1);
        assertThat(download().status()).isEqualTo(404);
    }

    /// With one that was stored before, the old one stayed, and backups failed at night.
    @Test
    void theSecretKeyIsTypedOnceAlsoIfTheFormIsRefused() {
        Map<String, String> form = bucket(URI.create(S3Mock.newUrl()));
        save(bucket(URI.create(S3Mock.newUrl()), "secret", "mistyped"));
        form.put("keep", "0");
        Answer refused = operator.form(PAGE, form);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Entered. Leave empty to use it.").doesNotContain(S3Mock.SECRET);
        form.putAll(Map.of("keep", "1", "secret", "", "typedSecret", refused.hidden("typedSecret")));
        save(form);
        assertThat(backUp()).contains("Completed");
    }

    @Test
    void nobodyElseFindsThePage() {
        TestClient owner = TestClient.of(world.acme());
        assertThat(owner.get(PAGE).status()).isEqualTo(404);
        assertThat(owner.get(PAGE + "/" + UUID.randomUUID() + "/file").status()).isEqualTo(404);
        assertThat(owner.form(PAGE, form()).status()).isEqualTo(404);
        assertThat(owner.form(PAGE + "/run", Map.of()).status()).isEqualTo(404);
        assertThat(operator.get(PAGE + "/" + UUID.randomUUID() + "/file").status())
                .isEqualTo(404);
        assertThat(operator.get(PAGE + "/..%2fbanyan.db/file").status()).isBetween(400, 404);
    }
}
