package dev.banyan.accounts.context;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.TestWorld;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Members of every role and scope follow every link that they are shown, and none of them answers that they may not,
/// or that it isn't there.
@QuarkusTest
class NoDeadEndsTest {

    /// Addresses of our own pages, in links, in what htmx fetches and in buttons that lead on.
    private static final Pattern LINK =
            Pattern.compile("(?:href|hx-get)=\"(/(?:admin|projects|help|operator|docs|s)\\b[^\"#]*)");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|scl_[0-9]+_[0-9a-z]+");
    private static final int ENOUGH = 250;

    @Inject
    TestWorld world;

    @BeforeEach
    void theAgencyHasSomethingToShow() {
        world.confirm(world.acme());
        world.sales();
        TestClient acme = TestClient.of(world.acme());
        for (String account : List.of(world.acme().username(), world.north().username())) {
            acme.form("/admin/pages", "as", account, "name", "Home", "slug", world.name("home"));
        }
    }

    /// Invites somebody new, who accepts with the link.
    private TestClient member(String role, boolean workspaces, String... brands) {
        String email = world.name("member") + "@people.example";
        var form = new HashMap<>(Map.of(
                "as",
                world.acme().username(),
                "email",
                email,
                "role",
                role,
                "scope",
                brands.length == 0 ? "all" : "listed"));
        if (workspaces) {
            form.put("workspaces", "true");
        }
        if (brands.length > 0) {
            form.put("subAccounts", brands[0]);
        }
        Answer invited = TestClient.of(world.acme()).form("/admin/users/people", form);
        assertThat(invited.status()).as(invited.text()).isEqualTo(303);
        String token = world.select("SELECT body FROM mails WHERE recipient = ? ORDER BY id DESC", email)
                .getFirst()
                .replaceFirst("(?s).*/invitation\\?token=(\\S+).*", "$1");
        Answer joined = TestClient.anonymous()
                .form("/invitation", "token", token, "name", "A Member", "password", TestWorld.PASSWORD);
        assertThat(joined.location()).startsWith("/admin/dashboard?as=");
        return TestClient.withSession(joined.sessionToken());
    }

    private void assertNoDeadEnds(TestClient client, String... starts) {
        var open = new ArrayDeque<String>(List.of(starts));
        Set<String> seen = new HashSet<>(List.of(starts));
        var dead = new ArrayList<String>();
        Map<String, String> from = new HashMap<>();
        for (int pages = 0; pages < ENOUGH && !open.isEmpty(); pages++) {
            String path = open.poll();
            Answer answer = client.get(path);
            if (answer.status() >= 400) {
                dead.add(answer.status() + " " + path + " from " + from.getOrDefault(path, "the start"));
            }
            Matcher links = LINK.matcher(answer.text());
            while (links.find()) {
                String link = links.group(1).replace("&amp;", "&");
                // One page of a kind is enough, for each account.
                if (seen.add(ID.matcher(link).replaceAll("id"))) {
                    from.put(link, path);
                    open.add(link);
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(seen).hasSizeGreaterThan(5);
    }

    @Test
    void anOwner() {
        String as = "?as=" + world.acme().username();
        assertNoDeadEnds(TestClient.of(world.acme()), "/admin/dashboard" + as, "/projects" + as);
    }

    @Test
    void anOwnerActingForABrand() {
        assertNoDeadEnds(
                TestClient.of(world.acme()),
                "/admin/dashboard?as=" + world.north().username());
    }

    @Test
    void anInvitedOwner() {
        assertNoDeadEnds(member("owner", true), "/admin/dashboard");
    }

    @Test
    void aManagerOfEverything() {
        TestClient manager = member("manager", false);
        assertNoDeadEnds(
                manager,
                "/admin/dashboard",
                "/admin/dashboard?as=" + world.north().username(),
                "/admin/context");
        assertThat(manager.get("/admin/dashboard").text()).doesNotContain("Manage Sub-Accounts", "/admin/users");
    }

    @Test
    void aManagerOfEverythingWithWorkspaces() {
        assertNoDeadEnds(
                member("manager", true),
                "/admin/dashboard",
                "/projects?as=" + world.acme().username(),
                "/admin/pools");
    }

    @Test
    void aManagerOfOneBrand() {
        assertNoDeadEnds(member("manager", false, world.north().username()), "/admin/dashboard", "/admin/invitations");
    }

    @Test
    void aManagerOfOneBrandWithWorkspaces() {
        assertNoDeadEnds(
                member("manager", true, world.north().username()),
                "/admin/dashboard",
                "/projects?as=" + world.north().username());
    }
}
