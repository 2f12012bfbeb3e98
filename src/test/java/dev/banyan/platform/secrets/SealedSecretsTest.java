package dev.banyan.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import module java.base;
import dev.banyan.platform.config.InvalidSetting;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.secrets.SealedSecrets.Opened;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealedSecretsTest {

    private static final String PURPOSE = "assistant acme scl_1 https://models.example";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    private Path file() {
        return data.resolve("credentials.key");
    }

    private SealedSecrets secrets() {
        return new SealedSecrets(Settings.forTests(data));
    }

    @Test
    void whatIsSealedOpensAgainAfterARestart() {
        String sealed = secrets().seal("sk-geheim-🌿", PURPOSE);

        assertThat(secrets().open(sealed, PURPOSE)).isEqualTo(new Opened.Done("sk-geheim-🌿"));
        assertThat(sealed).doesNotContain("geheim").hasSizeLessThan(2_000);
        assertThat(new Opened.Done("sk-geheim").toString()).doesNotContain("geheim");
    }

    @Test
    void theKeyIsMadeWhenItIsNeededAndForItsOwnerOnly() throws IOException {
        SealedSecrets secrets = secrets();
        assertThat(secrets.open("v1.00000000.AAAA.AAAA", PURPOSE)).isEqualTo(new Opened.NoKey("00000000"));
        assertThat(file()).doesNotExist();

        secrets.seal("secret", PURPOSE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Base64.getDecoder().decode(Files.readString(file()).strip())).hasSize(32);
        assertThat(data.toFile().list()).containsExactly("credentials.key");
    }

    @Test
    void theSameSecretIsNeverSealedAlike() {
        assertThat(secrets().seal("secret", PURPOSE)).isNotEqualTo(secrets().seal("secret", PURPOSE));
    }

    @Test
    void itOpensForNothingElse() {
        String sealed = secrets().seal("secret", PURPOSE);

        assertThat(secrets().open(sealed, PURPOSE.replace("scl_1", "scl_2"))).isEqualTo(new Opened.Broken());
    }

    @Test
    void whatWasChangedDoesNotOpen() {
        String sealed = secrets().seal("secret", PURPOSE);
        char last = sealed.charAt(sealed.length() - 2);
        String changed = sealed.substring(0, sealed.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 1);

        assertThat(secrets().open(changed, PURPOSE)).isEqualTo(new Opened.Broken());
        for (String nonsense : new String[] {"", "secret", "v1...", "v1.a.b.c.d", sealed.replace("v1.", "v2.")}) {
            assertThat(secrets().open(nonsense, PURPOSE)).as(nonsense).isNotInstanceOf(Opened.Done.class);
        }
        String keyId = sealed.split("\\.")[1];
        assertThat(secrets().open("v1." + keyId + ".!.!", PURPOSE)).isEqualTo(new Opened.Broken());
        assertThat(secrets().open("v1." + keyId + "..", PURPOSE)).isEqualTo(new Opened.Broken());
    }

    @Test
    void aLostKeyIsNamedAndOneThatIsBroughtBackIsFound() throws IOException {
        SealedSecrets before = secrets();
        String sealed = before.seal("secret", PURPOSE);
        String key = Files.readString(file());
        Files.delete(file());

        SealedSecrets after = secrets();
        assertThat(after.open(sealed, PURPOSE)).isEqualTo(new Opened.NoKey(sealed.split("\\.")[1]));

        Files.writeString(file(), key);
        assertThat(after.open(sealed, PURPOSE)).isEqualTo(new Opened.Done("secret"));
    }

    @Test
    void aNewKeyAboveTheOldOneSealsAndBothOpen() throws IOException {
        String old = secrets().seal("old", PURPOSE);
        String added = Base64.getEncoder().encodeToString(new byte[32]);
        Files.writeString(file(), added + "\n" + Files.readString(file()));

        String sealed = secrets().seal("new", PURPOSE);

        assertThat(sealed.split("\\.")[1]).isNotEqualTo(old.split("\\.")[1]);
        assertThat(secrets().open(old, PURPOSE)).isEqualTo(new Opened.Done("old"));
        assertThat(secrets().open(sealed, PURPOSE)).isEqualTo(new Opened.Done("new"));
    }

    @Test
    void aConfiguredKeyNeedsNoFile() {
        String sealed =
                new SealedSecrets(withKey(Base64.getEncoder().encodeToString(new byte[32]))).seal("secret", PURPOSE);

        assertThat(file()).doesNotExist();
        assertThat(secrets().open(sealed, PURPOSE)).isInstanceOf(Opened.NoKey.class);
    }

    @Test
    void aBadKeyStopsTheStart() {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> withKey("c2hvcnQ="))
                .withMessageContaining("BANYAN_CREDENTIALS_KEY must be 32 bytes in base64")
                .withMessageNotContaining("c2hvcnQ");
    }

    private Settings withKey(String key) {
        var system = new Properties();
        system.setProperty("banyan.data", data.toString());
        return Settings.from(Map.of("BANYAN_CREDENTIALS_KEY", key), system);
    }
}
