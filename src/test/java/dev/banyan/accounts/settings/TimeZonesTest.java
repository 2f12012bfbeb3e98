package dev.banyan.accounts.settings;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import dev.banyan.TestWorld.Person;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The time zones of people: where they come from, and that each sees the same moment in their own.
@QuarkusTest
class TimeZonesTest {

    private static final String DUBAI = "Asia/Dubai";
    private static final String BERLIN = "Europe/Berlin";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    private static TestClient in(String zone, String session) {
        return TestClient.anonymous().with("Cookie", session + "; banyan_zone=" + zone);
    }

    private static String sessionOf(Person person) {
        return "banyan_session=" + person.token();
    }

    private Optional<String> stored(Person person) {
        return world
                .select(
                        "SELECT COALESCE(time_zone, '') FROM identities WHERE id = ?",
                        person.identity().toString())
                .stream()
                .filter(zone -> !zone.isEmpty())
                .findFirst();
    }

    /// Returns the words for a moment in a zone, as the page's tooltip has them.
    private static String exact(Instant at, String zone) {
        return DateTimeFormatter.ofPattern("MMM d, yyyy, HH:mm:ss", Locale.ENGLISH)
                        .format(at.atZone(ZoneId.of(zone))) + " " + zone;
    }

    private static Optional<String> zoneCookie(Answer answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("banyan_zone="))
                .findFirst();
    }

    @Test
    void twoPeopleSeeTheSameMomentInTheirOwnZones() {
        Person owner = world.agency("zoned");
        Person other = world.person("elsewhere");
        world.confirm(owner);
        world.confirm(other);
        TestClient.of(owner)
                .form(
                        "/admin/users/people",
                        Map.of("as", owner.username(), "email", other.email(), "role", "owner", "scope", "all"));
        TestClient.of(other).form("/admin/invitations/" + owner.account() + "/accept", Map.of());
        String log = "/admin/audit?as=" + owner.username();

        Answer there = in(DUBAI, sessionOf(owner)).get(log);
        Answer here = in(BERLIN, sessionOf(other)).get(log);
        assertThat(there.status()).isEqualTo(200);
        assertThat(here.status()).isEqualTo(200);
        Matcher moment = Pattern.compile("<time datetime=\"([^\"]+)\"").matcher(there.text());
        assertThat(moment.find()).isTrue();
        Instant at = Instant.parse(moment.group(1));
        assertThat(there.text())
                .contains("title=\"" + exact(at, DUBAI) + "\"", "times in <span data-zone>" + DUBAI)
                .doesNotContain(" UTC");
        assertThat(here.text())
                .contains(
                        "<time datetime=\"" + at + "\" title=\"" + exact(at, BERLIN) + "\"",
                        "times in <span data-zone>" + BERLIN)
                .doesNotContain(" UTC");
    }

    @Test
    void theFirstBrowserOfAPersonGivesTheirZoneAndTheirSettingsChangeIt() {
        Person person = world.person("traveller");
        String page = "/admin/settings?as=" + person.username();
        String unknown = TestClient.of(person).get(page).text();
        assertThat(unknown).contains("value=\"UTC\"", " UTC</time>");
        assertThat(stored(person)).as("nothing has told a zone yet").isEmpty();

        Answer first = in("Asia/Kathmandu", sessionOf(person)).get(page);
        assertThat(first.text()).contains("value=\"Asia/Kathmandu\"").doesNotContain(" UTC</time>");
        assertThat(zoneCookie(first)).as("the browser has it already").isEmpty();
        assertThat(stored(person)).contains("Asia/Kathmandu");

        Answer second = in(BERLIN, sessionOf(person)).get(page);
        assertThat(second.text()).contains("value=\"Asia/Kathmandu\"");
        assertThat(zoneCookie(second))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .startsWith("banyan_zone=Asia/Kathmandu; Path=/;")
                        .doesNotContain("HttpOnly"));

        var form = Map.of("as", person.username(), "name", "Rana", "timeZone", DUBAI);
        assertThat(TestClient.of(person).form("/admin/settings/name", form).location())
                .contains("done=name-saved");
        assertThat(TestClient.of(person).get(page).text()).contains("value=\"" + DUBAI + "\"");
        assertThat(TestClient.of(person)
                        .form("/admin/settings/name", Map.of("as", person.username(), "name", "Rana"))
                        .location())
                .contains("done=name-saved");
        assertThat(stored(person))
                .as("a form without the field changes no zone")
                .contains(DUBAI);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mars/Olympus",
                "../../etc/passwd",
                "%3Cscript%3E",
                "+04:00",
                "Asia/Dubai\u0001",
                "UTC+99",
                "asia/dubai"
            })
    void whatNamesNoZoneIsNoZone(String zone) {
        Person person = world.person("hostile");
        String page = "/admin/settings?as=" + person.username();
        if (zone.chars().noneMatch(Character::isISOControl)) {
            Answer shown = in(zone, sessionOf(person)).get(page);
            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.text()).doesNotContain(zone + "\"").contains(" UTC</time>");
        }
        Answer refused = TestClient.of(person)
                .form("/admin/settings/name", Map.of("as", person.username(), "name", "", "timeZone", zone));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("Choose a time zone from the list, such as Asia/Dubai.");
        assertThat(stored(person)).isEmpty();
    }

    @Test
    void aLinkStartsAtTheMomentThatWasTypedInTheZoneOfItsAuthor() {
        Person author = world.agency("author");
        TestClient dubai = in(DUBAI, sessionOf(author));
        String form =
                dubai.get("/admin/short-links/new?as=" + author.username()).text();
        assertThat(form).contains("<option selected>" + DUBAI + "</option>");
        var typed = new LinkedHashMap<String, String>();
        typed.put("as", author.username());
        typed.put("active", "true");
        typed.put("leadsTo", "https://example.com/");
        typed.put("startsAt", "2027-01-01T09:00");
        typed.put("timezone", DUBAI);
        Answer saved = dubai.form("/admin/short-links", typed);
        assertThat(saved.status()).as(saved.text()).isEqualTo(303);
        assertThat(world.select(
                        "SELECT starts_at FROM short_links WHERE tenant_id = ?",
                        author.account().toString()))
                .containsExactly(
                        Long.toString(Instant.parse("2027-01-01T05:00:00Z").toEpochMilli()));
    }

    @Test
    void usersOfAWorkspaceHaveAZoneOfTheirOwn() {
        var agent = world.salesAgent();
        String profile = "/s/" + agent.workspace().shortPath() + "/profile";
        assertThat(in("Asia/Kathmandu", agent.cookie()).get(profile).text()).contains("value=\"Asia/Kathmandu\"");
        TestClient client = TestClient.of(agent);
        var form = Map.of("username", agent.username(), "email", agent.email(), "timeZone", BERLIN);
        assertThat(client.form(profile, form).location()).contains("done=profile-saved");
        assertThat(client.get(profile).text()).contains("value=\"" + BERLIN + "\"");
        Answer refused = client.form(
                profile, Map.of("username", agent.username(), "email", agent.email(), "timeZone", "Mars/Olympus"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(world.select("SELECT COALESCE(time_zone, '') FROM sub_client_users WHERE id = " + agent.id()))
                .containsExactly(BERLIN);
    }

    @Test
    void theDaysOfAnAccountAreThoseOfItsZone() {
        String east = "Pacific/Kiritimati"; // 14 hours ahead
        Person owner = world.agency("days");
        TestClient client = TestClient.of(owner);
        var profile = new LinkedHashMap<String, String>();
        profile.put("as", owner.username());
        profile.put("displayName", "Days");
        profile.put("accountZone", "Mars/Olympus");
        assertThat(client.form("/admin/settings/profile", profile).status()).isEqualTo(422);
        profile.put("accountZone", east);
        assertThat(client.form("/admin/settings/profile", profile).location()).contains("done=profile-saved");

        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of(east));
        assertThat(client.get("/admin/analytics?as=" + owner.username()).text())
                .contains("Time zone of the account: " + east + ".", "max=\"" + today + "\"");
        assertThat(client.get("/api/admin/ExportAnalytics").text()).contains("account,date,", ",time_zone");
        assertThat(client.get("/admin/settings?as=" + owner.username()).text())
                .contains("name=\"accountZone\" value=\"" + east + "\"");
    }

    @Test
    void aKeyEndsWhenTheDayBeginsForThePersonWhoTypedIt() {
        Person owner = world.agency("keyholder");
        Answer made = in(DUBAI, sessionOf(owner))
                .form(
                        "/admin/api-keys",
                        Map.of(
                                "as",
                                owner.username(),
                                "name",
                                "Until a day in Dubai",
                                "permissions",
                                "pages:read",
                                "expiresAt",
                                "2100-01-31"));

        assertThat(made.text()).contains("Until Jan 31, 2100");
        assertThat(world.select("SELECT expires_at FROM api_keys WHERE name = ?", "Until a day in Dubai"))
                .containsExactly(
                        Long.toString(Instant.parse("2100-01-30T20:00:00Z").toEpochMilli()));
    }
}
