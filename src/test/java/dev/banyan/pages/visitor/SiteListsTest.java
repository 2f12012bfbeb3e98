package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PublishedPage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The files for search engines.
@QuarkusTest
class SiteListsTest {

    private static final TestClient VISITOR = TestClient.anonymous();

    @Inject
    PublishedPage published;

    @Inject
    SiteLists lists;

    private String entry() {
        return published.home() + "</loc>";
    }

    @Test
    void publishedDefaultPagesAreListed() {
        TestClient.of(published.world().acme())
                .post(
                        "/api/admin/CreatePage?UserId=" + published.north().id(),
                        Map.of("slug", "second", "name", "Second"));
        Answer index = VISITOR.get("/sitemap.xml");
        assertThat(index.status()).isEqualTo(200);
        assertThat(index.contentType()).startsWith("application/xml");
        assertThat(index.text()).contains("<sitemapindex", "/sitemap/first.xml</loc>");
        Answer list = VISITOR.get("/sitemap/first.xml");
        assertThat(list.text()).contains("<urlset", entry(), "</urlset>").doesNotContain("/second<");
        published.publish(false);
        assertThat(VISITOR.get("/sitemap/first.xml").text()).doesNotContain(entry());
        published.publish(true);
        published.setStatus("suspended");
        assertThat(VISITOR.get("/sitemap/first.xml").text()).doesNotContain(entry());
        assertThat(VISITOR.get("/sitemap/nonsense.xml").status()).isEqualTo(404);
    }

    @Test
    void listsFollowOneAnotherWithoutGaps() throws IOException {
        published.world().solo();
        List<Optional<PageId>> starts = lists.startsOf(1);
        var all = new ArrayList<String>();
        lists.each(Optional.empty(), page -> all.add(page.username()));
        assertThat(starts).hasSizeGreaterThanOrEqualTo(1).doesNotHaveDuplicates();
        assertThat(starts.getFirst()).isEmpty();
        var rest = new ArrayList<String>();
        lists.each(starts.getLast(), page -> rest.add(page.username()));
        assertThat(rest.size()).isLessThanOrEqualTo(1);
        assertThat(all).contains(published.north().username());
    }

    @Test
    void robotsStayOnPages() {
        Answer robots = VISITOR.get("/robots.txt");
        assertThat(robots.contentType()).startsWith("text/plain");
        assertThat(robots.text())
                .contains("User-agent: *", "Disallow: /go/", "/sitemap.xml")
                .as("chats make previews of short links")
                .doesNotContain("/l/");
    }

    /// Parsed according to RFC 9309.
    @ParameterizedTest
    @CsvSource({
        "/admin,true",
        "/admin/pages,true",
        "/admin?as=north,true",
        "/operator,true",
        "/operator/accounts,true",
        "/projects,true",
        "/projects/p1/x,true",
        "/projects?as=north,true",
        "/api/x,true",
        "/go/x,true",
        "/l/x,false",
        "/s/north,true",
        "/adminton,false",
        "/operator-jane,false",
        "/projects4u,false",
        "/north,false",
        "/,false",
        "/sea,false",
        "/login,false"
    })
    void aRuleHidesNoPageWhoseNameBeginsLikeIt(String path, boolean hidden) {
        boolean refused = VISITOR.get("/robots.txt")
                .text()
                .lines()
                .filter(line -> line.startsWith("Disallow: "))
                .map(line -> line.substring("Disallow: ".length()))
                .anyMatch(rule -> rule.endsWith("$") ? (path + "$").equals(rule) : path.startsWith(rule));
        assertThat(refused).isEqualTo(hidden);
    }
}
