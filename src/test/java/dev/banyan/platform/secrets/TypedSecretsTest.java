package dev.banyan.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestFolders;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.config.Settings;
import org.junit.jupiter.api.Test;

class TypedSecretsTest {

    private final TypedSecrets secrets =
            new TypedSecrets(new SealedSecrets(Settings.forTests(TestFolders.newFolder("typed"))));

    @Test
    void aSecretOpensForTheOneWhoTypedItAndNowhereElse() {
        var amira = IdentityId.of(new UUID(1, 1).toString());
        String mine = TypedSecrets.owner(amira, "shop");
        String sealed = secrets.seal("of the provider", "", mine);

        assertThat(sealed).doesNotContain("provider");
        assertThat(secrets.open(sealed, mine)).isEqualTo("of the provider");
        assertThat(secrets.seal("", sealed, mine)).as("sent again").isEqualTo(sealed);
        var another = IdentityId.of(new UUID(1, 2).toString());
        assertThat(secrets.open(sealed, TypedSecrets.owner(another, "shop"))).isEmpty();
        assertThat(secrets.open(sealed, TypedSecrets.owner(amira, "bakery"))).isEmpty();
        assertThat(secrets.open("v1.made-up", mine)).isEmpty();
    }
}
