package dev.banyan.accounts.settings;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.RemovedFiles;
import dev.banyan.themes.TestPictures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pictures of people, and who sees them.
@QuarkusTest
class PersonPicturesTest {

    @Inject
    TestWorld world;

    @Inject
    RemovedFiles removed;

    @Inject
    FileStore files;

    private TestWorld.Person amira;
    private TestClient owner;
    private TestClient colleague;

    @BeforeEach
    void aColleague() {
        amira = world.person("amira");
        world.sql(
                "INSERT INTO memberships SELECT ?, id, 'manager', 4, 'all', 0, 0 FROM identities WHERE email = ?",
                world.acme().account().toString(),
                amira.email());
        owner = TestClient.of(world.acme());
        colleague = TestClient.of(amira);
    }

    private static byte[] picture() throws IOException {
        var image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        try (var out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        }
    }

    private Answer upload(byte[] bytes) {
        return colleague.multipart(
                "/admin/settings/picture", Map.of("as", amira.username()), "picture", "../me.png", "image/png", bytes);
    }

    private Optional<String> path() {
        return Optional.ofNullable(colleague
                        .get("/api/admin/GetProfile")
                        .json()
                        .path("picture")
                        .textValue())
                .map(address -> URI.create(address).getPath());
    }

    private String members() {
        return owner.get("/admin/users?as=" + world.acme().username()).text();
    }

    @Test
    void membersOfTheSameAccountSeeIt() throws IOException {
        assertThat(path()).isEmpty();
        Answer saved = upload(picture());
        assertThat(saved.status()).as(saved.toString()).isEqualTo(303);
        assertThat(saved.location()).contains("done=picture-saved");

        String path = path().orElseThrow();
        Answer seen = owner.get(path);
        assertThat(seen.status()).as(seen.toString()).isEqualTo(200);
        assertThat(seen.contentType()).isEqualTo("image/jpeg");
        assertThat(seen.header("Cache-Control").orElse("")).startsWith("private");
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(seen.bytes()));
        assertThat(drawn.getWidth()).as("a square").isEqualTo(200);
        assertThat(drawn.getHeight()).isEqualTo(200);
        assertThat(members()).contains("<img class=\"avatar person\" src=\"" + path + "\"");
        assertThat(colleague.get("/admin/dashboard").text())
                .contains("<img class=\"avatar s person\" src=\"" + path + "\"");
        assertThat(colleague.get("/admin/settings").text()).contains("Change picture", "Remove picture");

        assertThat(TestClient.of(world.rival()).get(path).status())
                .as("a stranger")
                .isEqualTo(404);
        assertThat(TestClient.anonymous().get(path).location()).startsWith("/login");
        world.sql(
                "DELETE FROM memberships WHERE tenant_id = ? AND identity_id = ?",
                world.acme().account().toString(),
                amira.identity().toString());
        assertThat(owner.get(path).status()).as("who has left").isEqualTo(404);
        assertThat(colleague.get(path).status()).isEqualTo(200);
    }

    @Test
    void whoUploadsAnAnimationReadsThatItStandsStill() throws IOException {
        assertThat(upload(TestPictures.gif(3)).location()).endsWith("done=picture-saved-still");
        assertThat(upload(TestPictures.gif(1)).location()).endsWith("done=picture-saved");
    }

    @Test
    void itIsReplacedAndRemovedWithItsFile() throws IOException {
        upload(picture());
        String first = path().orElseThrow();
        upload(picture());
        String second = path().orElseThrow();
        assertThat(owner.get(first).status()).isEqualTo(404);
        assertThat(owner.get(second).status()).isEqualTo(200);

        assertThat(colleague
                        .form("/admin/settings/picture/remove", "as", amira.username())
                        .location())
                .contains("done=picture-removed");
        assertThat(path()).isEmpty();
        assertThat(owner.get(second).status()).isEqualTo(404);
        assertThat(members()).contains(amira.email()).doesNotContain(second);
        removed.remove();
        for (String path : List.of(first, second)) {
            assertThat(files.find("people/" + path.replaceFirst(".*/", ""))).isEmpty();
        }
        assertThat(world.select(
                        "SELECT action FROM audit_events WHERE target = ? AND action = 'PersonPictureChanged'",
                        amira.identity().toString()))
                .hasSize(3);
    }

    @Test
    void whatIsNoPictureIsSaidAtTheField() {
        Answer refused = upload("<svg/>".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Use a PNG, JPEG, WebP or GIF picture.");
        assertThat(upload(new byte[0]).text()).contains("Choose a file first.");
        assertThat(path()).isEmpty();
    }
}
