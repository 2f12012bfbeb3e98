package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A person without an account of their own who works for one: they can manage their own data, but not how others sign
/// in.
@QuarkusTest
class WithoutAccountTest {

    private static final String NEW_PASSWORD = "a new one, and long";

    @Inject
    TestWorld world;

    private TestClient staff = TestClient.anonymous();
    private String as = "";

    /// Makes Acme's founder a manager without an account: Acme adds Solo as an owner, who changes the founder's role.
    @BeforeEach
    void theFounderIsAManager() {
        for (TestWorld.Person person : List.of(world.acme(), world.solo())) {
            world.sql("UPDATE identities SET email_confirmed_at = 1 WHERE email = ?", person.email());
        }
        as = world.acme().username();
        staff = TestClient.of(world.acme());
        TestClient owner = TestClient.of(world.solo());
        staff.form(
                "/admin/users/people",
                Map.of("as", as, "email", world.solo().email(), "role", "owner", "scope", "all"));
        owner.form("/admin/invitations/" + world.acme().account() + "/accept", Map.of());
        Answer changed = owner.form(
                "/admin/users/people/" + world.acme().identity(), Map.of("as", as, "role", "manager", "scope", "all"));
        assertThat(changed.location()).as(changed.text()).contains("done=role-saved");
        assertThat(world.select(
                        "SELECT home_account_id FROM identities WHERE id = ?",
                        world.acme().identity().toString()))
                .containsOnlyNulls();
    }

    private String subjects() {
        return String.join(
                "|",
                world.select(
                        "SELECT subject FROM mails WHERE recipient = ?",
                        world.acme().email()));
    }

    @Test
    void theSettingsShowTheSignInAndNoProfile() {
        for (String path : List.of("/admin/settings", "/admin/settings?as=" + as)) {
            Answer page = staff.get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.text())
                    .contains(world.acme().email(), "Change email", "Change password", "Sessions")
                    .contains("/admin/settings/second-factor?as=" + as)
                    .doesNotContain("Display name");
        }
        assertThat(staff.form("/admin/settings/profile", "as", as, "displayName", "Mine now")
                        .status())
                .as("the profile is the account's")
                .isEqualTo(403);
        assertThat(staff.get("/admin/settings?as=" + world.rival().username()).status())
                .isEqualTo(404);
    }

    @Test
    void thePasswordIsChangedOnThePage() {
        Answer wrong = staff.form(
                "/admin/settings/password", Map.of("as", as, "currentPassword", "no", "newPassword", NEW_PASSWORD));
        assertThat(wrong.status()).isEqualTo(422);
        Answer changed = staff.form(
                "/admin/settings/password",
                Map.of("as", as, "currentPassword", TestWorld.PASSWORD, "newPassword", NEW_PASSWORD));
        assertThat(changed.location()).isEqualTo("/admin/settings?as=" + as + "&done=password-saved");
        assertThat(TestClient.anonymous()
                        .post("/api/login", Map.of("email", world.acme().email(), "password", NEW_PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(subjects()).contains("Your Banyan password was changed");
    }

    @Test
    void emailPhoneAndSessionsAreChangedOnThePage() {
        String email = world.name("elsewhere") + "@people.example";
        assertThat(staff.form(
                                "/admin/settings/email",
                                Map.of("as", as, "newEmail", email, "password", TestWorld.PASSWORD))
                        .location())
                .contains("done=email-saved");
        assertThat(staff.form("/admin/settings/phone", "as", as, "phoneNumber", "+971500000101")
                        .location())
                .contains("done=phone-saved");
        assertThat(staff.get("/admin/settings").text()).contains(email, "+971500000101");
        world.newSession(world.acme().email());
        assertThat(staff.form("/admin/settings/sessions/end-others", "as", as).location())
                .contains("done=sessions-ended");
        assertThat(world.count(
                        "SELECT count(*) FROM sessions WHERE identity_id = ?",
                        world.acme().identity().toString()))
                .isEqualTo(1);
        assertThat(staff.form("/admin/settings/device-mails", "as", as, "on", "false")
                        .location())
                .contains("done=device-mails-off");
    }

    @Test
    void theLinkThatConfirmsTheEmailIsSentAgain() {
        assertThat(staff.get("/admin/settings").text())
                .contains("It’s confirmed")
                .doesNotContain("Resend link");
        String before = subjects();
        staff.form("/admin/settings/email/link", "as", as);
        assertThat(subjects()).as("nothing is to be confirmed").isEqualTo(before);

        world.sql(
                "UPDATE identities SET email_confirmed_at = NULL WHERE email = ?",
                world.acme().email());
        assertThat(staff.get("/admin/settings").text()).contains("this server can’t send email");
        assertThat(staff.form("/admin/settings/email/link", "as", as).location())
                .contains("done=link-mailed");
        assertThat(subjects()).isNotEqualTo(before).contains("Confirm your email for Banyan");
        String body = world.select(
                        "SELECT body FROM mails WHERE recipient = ? AND subject LIKE 'Confirm%' ORDER BY created_at DESC",
                        world.acme().email())
                .getFirst();
        String link = body.replaceFirst("(?s).*https?://[^/]+(/\\S+).*", "$1");
        assertThat(TestClient.anonymous().get(link).status()).isEqualTo(200);
        assertThat(staff.get("/admin/settings").text()).contains("It’s confirmed");
    }

    @Test
    void programsChangeTheSameThings() {
        assertThat(staff.put("/api/admin/UpdatePhone", Map.of("phoneNumber", "+971500000102"))
                        .status())
                .isEqualTo(200);
        assertThat(staff.post("/api/admin/2fatokensetup?action=setup", Map.of("type", "totp"))
                        .status())
                .isEqualTo(200);
        assertThat(staff.put(
                                "/api/admin/UpdatePassword",
                                Map.of("currentPassword", TestWorld.PASSWORD, "newPassword", NEW_PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(staff.put(
                                "/api/admin/UpdateEmail",
                                Map.of("newEmail", world.solo().email(), "password", NEW_PASSWORD))
                        .status())
                .isEqualTo(409);
    }

    /// "My Account" in the LinkToMe client is the person, who has no pages.
    @Test
    void programsActForNoAccountUntilTheyNameOne() {
        String self = world.acme().identity().toString();
        String acme = world.acme().account().toString();
        world.sql("UPDATE identities SET name = 'Sara Lind' WHERE id = ?", self);
        for (String path : List.of("/api/admin/GetProfile", "/api/admin/GetProfile?UserId=" + self)) {
            Answer profile = staff.get(path);
            assertThat(profile.status()).as(path).isEqualTo(200);
            assertThat(profile.json().path("UserId").asText()).isEqualTo(self);
            assertThat(profile.json().path("email").asText())
                    .isEqualTo(world.acme().email());
            assertThat(profile.json().path("displayName").asText()).isEqualTo("Sara Lind");
        }
        world.sql("UPDATE identities SET name = NULL WHERE id = ?", self);
        for (String named : List.of("", "?UserId=" + self)) {
            for (String path :
                    List.of("GetPages", "GetLinks", "GetActiveContext", "GetSubAccounts", "UserManagerList")) {
                assertThat(staff.get("/api/admin/" + path + named).status())
                        .as(path + named)
                        .isEqualTo(403);
            }
            assertThat(staff.put("/api/admin/UpdateLinks" + named, Map.of("links", List.of()))
                            .status())
                    .isEqualTo(403);
            assertThat(staff.put("/api/admin/UpdatePhone" + named, Map.of("phoneNumber", "+971500000102"))
                            .status())
                    .as("their own")
                    .isEqualTo(200);
        }
        assertThat(staff.get("/api/projects").status()).isEqualTo(403);
        assertThat(staff.get("/api/admin/GetPages?UserId=" + acme).status()).isEqualTo(200);
        assertThat(staff.get("/api/admin/GetPages").status())
                .as("naming is no switching")
                .isEqualTo(403);
        assertThat(staff.get("/api/admin/GetPages?UserId=" + world.rival().account())
                        .status())
                .isEqualTo(404);
        assertThat(staff.post("/api/admin/SwitchToSubAccount", Map.of("subAccountId", acme))
                        .status())
                .isEqualTo(200);
        assertThat(staff.get("/api/admin/GetPages").status()).isEqualTo(200);
        staff.post("/api/admin/SwitchToParentAccount", "");
        assertThat(staff.get("/api/admin/GetPages").status()).isEqualTo(403);
    }

    @Test
    void theUserMayDoWhatNeedsNoAccount() {
        var user = staff.get("/api/me").json().at("/data/user");
        assertThat(user.path("UserId").asText())
                .isEqualTo(world.acme().identity().toString());
        assertThat(user.path("permissions"))
                .extracting(permission -> permission.asText())
                .containsExactly(
                        "read:dashboard",
                        "read:profile",
                        "write:profile",
                        "write:2fauth",
                        "write:password",
                        "write:email",
                        "write:phone",
                        "read:usersettings");
        assertThat(user.at("/userManagements/0/UserId").asText())
                .isEqualTo(world.acme().account().toString());
    }

    @Test
    void theAccountsOwnBusinessStaysClosed() {
        for (String page : List.of("/admin/users", "/admin/subscription", "/admin/audit", "/admin/api-keys")) {
            assertThat(staff.get(page + "?as=" + as).status()).as(page).isEqualTo(403);
        }
        assertThat(staff.get("/admin/pages?as=" + as).status()).isEqualTo(200);
    }

    @Test
    void whoWorksForNobodyReachesThemToo() {
        staff.form("/admin/invitations/" + world.acme().account() + "/leave", Map.of());
        assertThat(staff.get("/admin/settings").text()).contains(world.acme().email(), "Change password");
        assertThat(staff.form("/admin/settings/phone", "as", "", "phoneNumber", "+971500000103")
                        .location())
                .isEqualTo("/admin/settings?done=phone-saved");
        assertThat(staff.get("/admin/settings?as=" + as).status()).isNotEqualTo(200);
    }
}
