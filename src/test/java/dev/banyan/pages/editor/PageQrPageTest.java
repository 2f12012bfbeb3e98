package dev.banyan.pages.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.TestClient;
import dev.banyan.TestClient.Answer;
import dev.banyan.pages.Link;
import dev.banyan.pages.PublishedPage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PageQrPageTest {

    @Inject
    PublishedPage published;

    private Answer get(String path) {
        return get(path, "");
    }

    private Answer get(String path, String look) {
        return TestClient.of(published.world().acme())
                .get("/admin/pages/" + published.page() + path + "?as="
                        + published.north().username() + look);
    }

    @Test
    void pageAndLinksHaveCodes() {
        Link link = published.add("Beans", "https://shop.example/beans");
        String page = get("/qr").text();
        assertThat(page)
                .contains(published.home(), link.url(), "linkId=" + link.id(), "Download SVG", "role=\"img\"")
                .as("a code is known by where it leads")
                .doesNotContain("/go/" + link.id());
        Answer svg = get("/qr.svg");
        assertThat(svg.contentType()).isEqualTo("image/svg+xml");
        assertThat(svg.header("Content-Disposition").orElse(""))
                .isEqualTo("attachment; filename=\"" + published.north().username() + "-main.svg\"");
        assertThat(svg.text()).startsWith("<svg xmlns=");
        Answer png = get("/qr.png");
        assertThat(png.bytes()).startsWith(0x89, 'P', 'N', 'G');
        Answer ofLink = TestClient.of(published.world().acme())
                .get("/admin/pages/" + published.page() + "/qr.svg?as="
                        + published.north().username() + "&linkId=" + link.id());
        assertThat(ofLink.status()).isEqualTo(200);
        assertThat(ofLink.text()).isNotEqualTo(svg.text());
        assertThat(TestClient.of(published.world().acme())
                        .get("/admin/pages/" + published.page() + "/qr?as="
                                + published.north().username() + "&linkId=018f0000-0000-7000-8000-000000000000")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aCodeTakesColorsThatScannersRead() {
        String colors = "&color=%230b5d4e&background=%23f4efe6";
        Answer page = get("/qr", colors);
        assertThat(page.text()).contains("fill=\"#0b5d4e\"", "fill=\"#f4efe6\"", "/qr.png?as=", "&amp;color=%230b5d4e");
        assertThat(get("/qr.svg", colors).text()).contains("fill=\"#0b5d4e\"", "fill=\"#f4efe6\"");
        assertThat(get("/qr.png", colors).bytes()).isNotEqualTo(get("/qr.png").bytes());

        String pale = "&color=ffd700&background=ffffff";
        Answer refused = get("/qr", pale);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text())
                .contains("Use a dark color on a light background.")
                .doesNotContain("Download SVG");
        assertThat(get("/qr.png", pale).status()).isEqualTo(422);
        assertThat(get("/qr.svg", "&color=%22%3E%3Cscript%3E").status()).isEqualTo(422);
        assertThat(get("/qr", "&logo=true").text())
                .as("a page without a picture")
                .doesNotContain("<image", "name=\"logo\"");
    }
}
