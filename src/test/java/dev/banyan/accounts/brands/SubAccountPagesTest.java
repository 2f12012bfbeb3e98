package dev.banyan.accounts.brands;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pages of one sub-account: its form, and what asks before it is suspended or deleted.
@QuarkusTest
class SubAccountPagesTest {

    @Inject
    TestWorld world;

    private TestClient acme = TestClient.anonymous();
    private String path = "";
    private String as = "";

    @BeforeEach
    void acmeSignsIn() {
        acme = TestClient.of(world.acme());
        path = "/admin/users/sub-accounts/" + world.north().username();
        as = world.acme().username();
    }

    private Answer save(String displayName, String type, String notices) {
        return acme.form(
                path,
                "as",
                as,
                "displayName",
                displayName,
                "notes",
                " Calls on <Mondays> ",
                "type",
                type,
                "notices",
                notices,
                "showManagedBy",
                "true");
    }

    @Test
    void theFormShowsWhatItSaved() {
        assertThat(save("North <Mill>", "brand", "both").location()).contains("done=sub-account-saved");
        assertThat(acme.get(path + "?as=" + as).text())
                .contains(
                        "value=\"North &lt;Mill&gt;\"",
                        "name=\"notes\" rows=\"3\">Calls on &lt;Mondays&gt;</textarea>",
                        "<option value=\"brand\" selected>",
                        "<option value=\"both\" selected>",
                        "name=\"showManagedBy\" value=\"true\" checked");
    }

    @Test
    void anotherUsernameIsConfirmedFirst() {
        String old = world.north().username();
        String renamed = world.name("mill");
        String[] form = {"as", as, "displayName", "Mill", "type", "brand", "username", renamed};
        Answer asked = acme.form(path, form);
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.text())
                .contains("/" + renamed + "?</strong>", "/" + old + " leads to the new address until")
                .contains("name=\"confirmedUsername\" value=\"" + renamed + "\"", "Save and change address");
        assertThat(acme.get(path + "?as=" + as).text()).doesNotContain(renamed);

        String[] confirmed = Stream.concat(Stream.of(form), Stream.of("confirmedUsername", renamed))
                .toArray(String[]::new);
        assertThat(acme.form(path, confirmed).location()).endsWith("done=sub-account-saved#sub-" + renamed);
        assertThat(acme.get(path + "?as=" + as).text()).contains("value=\"" + renamed + "\"");

        form[form.length - 1] = world.rival().username();
        assertThat(acme.form(path, form).text())
                .contains("This username is taken. Free: ")
                .doesNotContain("name=\"confirmedUsername\"");
        form[form.length - 1] = "";
        assertThat(acme.form(path, form).text()).contains("Use 3 to 30 letters");
    }

    @Test
    void whatBreaksARuleIsShownAgainAsItWasTyped() {
        Answer refused = save("", "spaceship", "");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("Display name is required", "> Calls on &lt;Mondays&gt; </textarea>")
                .contains("<option value=\"\" selected>Server default");
    }

    @Test
    void deletionAndSuspensionSayWhatTheyMean() {
        assertThat(acme.get(path + "/delete?as=" + as).text())
                .contains(
                        "<h1 id=\"act-h\">Delete “<bdi>",
                        "/" + world.north().username() + "</code> goes offline</li>",
                        "action=\"" + path + "/delete\"",
                        "name=\"as\" value=\"" + as,
                        "href=\"/admin/brands?as=" + as + "\">Keep brand</a>",
                        "btn danger solid");
        assertThat(acme.get(path + "/suspend?as=" + as).text())
                .contains("It still counts toward your limit", "Keep it active")
                .doesNotContain("btn danger solid");
    }
}
