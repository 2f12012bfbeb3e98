package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import module java.base;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;

/// Schedules use their own time zone, whatever the date on the server or in its owner's browser. The packaged server
/// uses the clock of this machine, so the zones are chosen accordingly: one always has a different date than UTC.
@BrowserTest
class ScheduleTest {

    private static final ZoneId AHEAD = ZoneId.of("Pacific/Kiritimati"); // UTC+14
    private static final ZoneId BEHIND = ZoneId.of("Pacific/Pago_Pago"); // UTC-11

    private final Stage stage;
    private final Clock clock = Clock.systemUTC();

    ScheduleTest(Stage stage) {
        this.stage = stage;
    }

    /// Returns a zone with a different date than UTC. Neither has midnight within the next hour.
    private ZoneId anotherDay() {
        return clock.instant().atZone(ZoneOffset.UTC).getHour() >= 10 ? AHEAD : BEHIND;
    }

    /// Returns a zone in which midnight was within the last hour.
    private ZoneId justAfterMidnight() {
        Instant now = clock.instant();
        return ZoneId.getAvailableZoneIds().stream()
                .filter(name -> name.matches("(Africa|America|Asia|Atlantic|Europe|Pacific)/[A-Z][A-Za-z_]+"))
                .sorted(Comparator.naturalOrder())
                .map(ZoneId::of)
                .filter(zone -> now.atZone(zone).getHour() == 0 && isSteady(zone.getRules(), now))
                .findFirst()
                .orElseThrow();
    }

    /// Returns whether the zone has no clock change these days.
    private static boolean isSteady(ZoneRules rules, Instant now) {
        Duration days = Duration.ofDays(3);
        ZoneOffsetTransition next = rules.nextTransition(now.minus(days));
        return next == null || next.getInstant().isAfter(now.plus(days));
    }

    @Test
    void aDayBeginsAndEndsAtMidnightOfItsZone() {
        ZoneId zone = anotherDay();
        Window window = stage.agencyIn(zone.equals(AHEAD) ? BEHIND : AHEAD, "schedule");
        String account = window.username();
        String pageId = window.createPage(account, "Main", "main");
        String editor = "/admin/pages/" + pageId + "?as=" + account;
        for (String title : new String[] {"From today", "From tomorrow", "Until today", "Until tomorrow"}) {
            window.addLink(account, pageId, title, "https://example.com/x");
        }
        window.go(editor);
        LocalDateTime today = LocalDate.now(clock.withZone(zone)).atStartOfDay();
        LocalDateTime tomorrow = today.plusDays(1);

        schedule(window, "From today", Optional.of(today), Optional.empty(), zone);
        schedule(window, "From tomorrow", Optional.of(tomorrow), Optional.empty(), zone);
        schedule(window, "Until today", Optional.empty(), Optional.of(today), zone);
        schedule(window, "Until tomorrow", Optional.empty(), Optional.of(tomorrow), zone);

        window.go("/" + account);
        assertThat(window.find(".links b")).hasText(new String[] {"From today", "Until tomorrow"});
        assertThat(window.find("main")).not().containsText(zone.getId());

        window.go(editor);
        assertThat(item(window, "From today")).containsText("From " + words(today) + ", " + zone);
        assertThat(item(window, "Until tomorrow")).containsText("Until " + words(tomorrow) + ", " + zone);
        edit(window, "From tomorrow");
        assertThat(window.find("#edit-start")).hasValue(tomorrow.toString());
        assertThat(window.find("#edit-end")).hasValue("");
        assertThat(window.find("#edit-zone")).hasValue(zone.getId());
        window.look("editor-link-schedule");

        // and what happened is told in the zone of the browser
        window.go("/admin/audit?as=" + account);
        assertThat(window.find(".page-head"))
                .containsText("times in " + (zone.equals(AHEAD) ? BEHIND : AHEAD).getId() + ".");
        assertThat(window.find("td time").first())
                .hasAttribute("title", java.util.regex.Pattern.compile(".* Pacific/\\w+"));
    }

    @Test
    void aNightIsOneNightOverMidnight() {
        ZoneId zone = justAfterMidnight();
        ZoneId own = zone.getRules().getOffset(clock.instant()).getTotalSeconds() > 0 ? BEHIND : AHEAD;
        Window window = stage.agencyIn(own, "night");
        String account = window.username();
        String pageId = window.createPage(account, "Main", "main");
        for (String title : new String[] {"This night", "Yesterday evening", "Next night"}) {
            window.addLink(account, pageId, title, "https://example.com/x");
        }
        window.go("/admin/pages/" + pageId + "?as=" + account);
        LocalDateTime midnight = LocalDate.now(clock.withZone(zone)).atStartOfDay();

        edit(window, "This night");
        window.find("#part-schedule summary").click();
        assertThat(window.find("#edit-zone")).hasValue(own.getId()); // proposed by the browser
        LocalDate today = LocalDate.now(clock.withZone(own));
        window.button("Choose time: From").click();
        window.button("Tomorrow 9:00").click();
        assertThat(window.find("#edit-start")).hasValue(today.plusDays(1) + "T09:00");
        window.button("Choose time: Until").click();
        assertThat(window.find("#edit-end-days [aria-current=date]")).isFocused();
        window.press("ArrowDown");
        window.press("PageDown");
        window.press("Enter");
        assertThat(window.find("#edit-end")).hasValue(today.plusWeeks(1).plusMonths(1) + "T09:00");
        window.press("Escape");
        assertThat(window.find("#edit-end-days")).isHidden();
        window.link("Cancel").click();
        assertThat(window.find("#edit-title")).hasCount(0); // a press while a request is on its way is left aside
        schedule(window, "This night", hours(midnight, -2), hours(midnight, 2), zone);
        schedule(window, "Yesterday evening", hours(midnight, -2), hours(midnight, 0), zone);
        schedule(window, "Next night", hours(midnight, 22), hours(midnight, 26), zone);

        window.go("/" + account);
        assertThat(window.find(".links b")).hasText(new String[] {"This night"});
    }

    private static Optional<LocalDateTime> hours(LocalDateTime midnight, int hours) {
        return Optional.of(midnight.plusHours(hours));
    }

    private static void schedule(
            Window window, String title, Optional<LocalDateTime> from, Optional<LocalDateTime> until, ZoneId zone) {
        edit(window, title);
        window.find("#part-schedule summary").click();
        from.ifPresent(time -> window.page().fill("#edit-start", time.toString()));
        until.ifPresent(time -> window.page().fill("#edit-end", time.toString()));
        window.page().selectOption("#edit-zone", zone.getId());
        window.button("Save link").click();
        assertThat(window.find("#edit-title")).hasCount(0);
        assertThat(item(window, title)).containsText(", " + zone);
    }

    private static void edit(Window window, String title) {
        String id = item(window, title).getAttribute("id").substring("link-".length());
        window.find("#edit-" + id).click();
        assertThat(window.find("#edit-title")).hasValue(title);
    }

    private static Locator item(Window window, String title) {
        return window.find(".link-item:has(.what bdi:text-is('" + title + "'))");
    }

    private static String words(LocalDateTime time) {
        return time.toString().replace('T', ' ');
    }
}
