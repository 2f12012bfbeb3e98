package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClock;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// The dashboard's numbers are those of the visits that happened, for an agency with all its brands and for one brand.
@QuarkusTest
class DashboardFiguresTest {

    private static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

    @Inject
    TestWorld world;

    @Inject
    TestClock clock;

    @Inject
    Events events;

    @Inject
    Recorder recorder;

    @Test
    void anAgencySeesAllItsBrandsTogetherAndABrandItself() {
        TestWorld.Person owner = world.agency("dash");
        TestWorld.Brand busy = world.brand(owner, "busy", "Busy Bakery");
        TestWorld.Brand calm = world.brand(owner, "calm", "Calm Cafe");
        TestClient agency = TestClient.of(owner);
        String empty = agency.get("/admin/dashboard").text();
        assertThat(empty).contains("No pages yet").doesNotContain("Views per day");

        views(owner, busy, 3);
        views(owner, calm, 1);
        recorder.write();

        String page = agency.get("/admin/dashboard").text();
        assertThat(page).contains("<dt>Page views</dt><dd>4</dd>", "<dt>Link clicks</dt><dd>3</dd>");
        assertThat(page).contains("Brands by views", "75% of all views", "25% of all views", "Compare brands");
        assertThat(page.indexOf("Busy Bakery</bdi></strong>")).isLessThan(page.indexOf("Calm Cafe</bdi></strong>"));
        String ofBrand = agency.get("/admin/dashboard?as=" + busy.username()).text();
        assertThat(ofBrand).contains("<dt>Page views</dt><dd>3</dd>", "<bdi>Busy Bakery</bdi></h1>");
        assertThat(ofBrand).doesNotContain("Calm Cafe</bdi></strong>");

        clock.forward(Duration.ofDays(4));
        assertThat(agency.get("/api/me").status()).isEqualTo(200); // a session lives for seven days after its last use
        clock.forward(Duration.ofDays(4));
        String week = agency.get("/admin/dashboard?days=7").text();
        assertThat(week).contains("<dt>Page views</dt><dd>0</dd>");
        assertThat(agency.get("/admin/dashboard?days=30").text()).contains("<dt>Page views</dt><dd>4</dd>");
        assertThat(agency.get("/admin/dashboard?days=bogus").status()).isEqualTo(200);
        assertThat(TestClient.of(world.rival()).get("/admin/dashboard").text()).doesNotContain("Busy Bakery");
    }

    /// Where it is tomorrow already, today's views are those of tomorrow's day.
    @Test
    void theListOfBrandsHasTheDaysOfTheAccount() {
        TestWorld.Person owner = world.agency("ahead");
        TestWorld.Brand brand = world.brand(owner, "early", "Early Birds");
        world.sql(
                "UPDATE accounts SET time_zone = 'Etc/GMT-14' WHERE id = ?",
                owner.account().toString());
        Duration left =
                Duration.between(clock.instant().atOffset(ZoneOffset.UTC).toLocalTime(), LocalTime.of(23, 0));
        clock.forward(left.isNegative() ? left.plusDays(1) : left);
        views(owner, brand, 3);
        recorder.write();

        assertThat(TestClient.of(owner).get("/admin/brands").text()).contains("3 views");
    }

    @Test
    void whatWasDoneLatelyStandsThereForOwners() {
        TestWorld.Person owner = world.agency("acts");
        TestClient agency = TestClient.of(owner);
        agency.post("/api/admin/CreatePage", Map.of("slug", "menu", "name", "Menu"));

        assertThat(agency.get("/admin/dashboard").text()).contains("Created the page “menu”", "Open audit log");
    }

    @Test
    void suspendedBrandsNeedAttention() {
        TestWorld.Person owner = world.agency("asks");
        TestWorld.Brand brand = world.brand(owner, "quiet", "Quiet");
        TestClient agency = TestClient.of(owner);
        assertThat(agency.get("/admin/dashboard").text()).doesNotContain("Needs your attention");

        world.sql(
                "UPDATE accounts SET status = 'suspended' WHERE id = ?",
                brand.id().toString());

        assertThat(agency.get("/admin/dashboard").text())
                .contains("Needs your attention", "1 brand is suspended.", "View suspended brands");
    }

    private void views(TestWorld.Person owner, TestWorld.Brand brand, int number) {
        TestClient client = TestClient.of(owner);
        String page = client.post(
                        "/api/admin/CreatePage?as=" + brand.username(), Map.of("slug", "main", "name", "Main"))
                .json()
                .at("/page/id")
                .asText();
        var of = world.context(owner, brand.username()).owner();
        for (int i = 0; i < number; i++) {
            events.happened(new Event.PageView(of, page), new Visit("192.0.2." + (i + 1), PHONE, "", "en"));
        }
        for (int i = 1; i < number + (number == 1 ? 1 : 0); i++) {
            events.happened(new Event.LinkClick(of, page, "no-link"), new Visit("192.0.2.1", PHONE, "", "en"));
        }
    }
}
