package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import module java.base;
import org.junit.jupiter.api.Test;

/// What an agency sees when it has more brands than its plan allows.
@BrowserTest
class ReadOnlyBrandsTest {

    private final Stage stage;
    private final Window window;
    private final String agency;
    private final String north;

    ReadOnlyBrandsTest(Stage stage) {
        this.stage = stage;
        window = stage.agency("shrink", 1);
        agency = window.username();
        north = window.createBrand(agency, agency + "-north", "North Bakery");
        window.createBrand(agency, agency + "-south", "South Bakery");
        window.createPage(north, "Main", "main");
    }

    @Test
    void brandsInExcessCanBeLookedAtAndNotChanged() {
        stage.grant(window.accountId(), "pro", "agency-pro", Map.of());
        window.go("/admin/brands?as=" + agency);
        assertThat(window.find("#limit")).containsText("Your plan includes 0 brands, and you have 2.");
        assertThat(window.find("#sub-" + north)).containsText("Read-only until ");
        window.look("users-read-only");
        window.link("North Bakery").click();
        assertThat(window.find("#sub-drawer")).containsText("Your plan has no room for this brand.");
        assertThat(window.button("Save details")).hasCount(0);
        window.look("drawer-read-only");
        window.press("Escape");

        window.button("Switch to North Bakery").click();
        window.assertAt("/admin/dashboard?as=" + north);
        assertThat(window.find("#read-only")).containsText("This brand is read-only until ");
        window.look("read-only");
        window.menu("Pages").click();
        assertThat(window.find("#read-only a")).hasAttribute("href", "/admin/subscription?as=" + agency);
        assertThat(window.find("main a:text-is('Create page')")).hasAttribute("aria-disabled", "true");
        window.go("/admin/pages/new?as=" + north);
        assertThat(window.button("Create page")).isDisabled();
        window.look("create-page-read-only");
        window.find(".switcher").click();
        assertThat(window.find("#context")).containsText("read-only until ");
        window.go("/" + north).assertHeading("North Bakery"); // visitors see no difference

        stage.grant(window.accountId(), 1);
        window.go("/admin/dashboard?as=" + north);
        assertThat(window.find("#read-only")).hasCount(0);
    }

    /// Every page that links lead to.
    @Test
    void nothingOfAReadOnlyBrandCanBePressed() {
        String page = window.createPage(north, "Shop", "shop");
        window.addLink(north, page, "Bread", "https://bread.example");
        window.post(
                "/admin/short-links",
                Map.of(
                        "as",
                        north,
                        "slug",
                        north + "-bread",
                        "leadsTo",
                        "https://bread.example/now",
                        "active",
                        "true"));
        String project = window.createProject(north, "Bakers");
        window.createWorkspace(north, project, "Ovens");
        stage.grant(window.accountId(), "pro", "agency-pro", Map.of());

        var todo = new ArrayDeque<>(List.of("/admin/dashboard?as=" + north));
        var seen = new HashSet<String>();
        var entered = new HashSet<String>();
        while (!todo.isEmpty()) {
            String path = todo.remove();
            if (!seen.add(path)) {
                continue;
            }
            window.go(path);
            if (window.path().startsWith("/s/")) { // a workspace has pages of its own
                entered.add(window.path().replaceFirst("/inbox.*", ""));
                continue;
            }
            assertEquals(1, window.find("#read-only").count(), path);
            assertEquals(List.of(), window.page().evaluate(PRESSABLE), path);
            ((List<?>) window.page().evaluate(LINKS, north)).forEach(link -> todo.add((String) link));
        }
        assertTrue(seen.size() > 20, seen.toString());
        assertEquals(1, entered.size(), seen.toString());
        String home = entered.iterator().next();
        var refused =
                assertThrows(AssertionError.class, () -> window.post(home + "/users", Map.of("username", "omar")));
        assertTrue(refused.toString().contains("answered 403"), refused.toString());
        assertTrue(refused.toString().contains("read-only until"), refused.toString());
    }

    /// Controls of forms that change something and can be pressed.
    private static final String PRESSABLE = """
            () => [...document.querySelectorAll('main button, main input, main select, main textarea')]
              .filter(control => !control.disabled && control.type !== 'hidden')
              .filter(control => control.form ? control.form.method === 'post' : control.matches('[hx-post]'))
              .filter(control => !/^.(theme|logout|admin.context)$/.test(control.form?.getAttribute('action') ?? ''))
              .filter(control => !control.matches('[popovertargetaction=hide], [data-copy]'))
              .map(control => control.outerHTML)""";

    private static final String LINKS = """
            brand => [...document.querySelectorAll('a[href]:not([download])')]
              .map(link => new URL(link.href))
              .filter(url => url.origin === location.origin && url.searchParams.get('as') === brand)
              .filter(url => !/[.](csv|svg|png|zip)$|export$/.test(url.pathname))
              .filter(url => !['days', 'from', 'period', 'sort'].some(key => url.searchParams.has(key)))
              .map(url => url.pathname + url.search)""";

    @Test
    void brandsAreStillThereWhenThePermissionIsGone() {
        stage.grant(window.accountId(), "pro", "none", Map.of());
        window.go("/admin/brands?as=" + agency);
        assertThat(window.find("#limit")).containsText("This account no longer has an agency permission.");
        assertThat(window.find("#limit")).containsText("2 brands are read-only");
        assertThat(window.find("#sub-list li")).hasCount(2);
        assertThat(window.link("Create brand")).hasCount(0);
        window.look("users-permission-gone");
        window.go("/admin/users/sub-accounts/new?as=" + agency);
        assertThat(window.find("main")).containsText("No agency permission.");
        window.look("create-sub-account-no-permission");
    }
}
