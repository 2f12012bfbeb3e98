package dev.banyan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.Eventually;
import dev.banyan.TestClock;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.cloud.FakeCloud;
import dev.banyan.whatsapp.drivers.cloud.FakeNumber;
import dev.banyan.whatsapp.drivers.waha.FakeWaha;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Numbers at the fakes of gateways: the templates of a Cloud API connection, and the passkey step of a WAHA number.
@BrowserTest
class GatewayNumbersTest {

    private static final String CREDENTIAL = "{\"id\":\"c\",\"rawId\":\"c\",\"response\":{\"signature\":\"s\"}}";
    private static final Duration TICK = Duration.ofMillis(200);

    private final Stage stage;
    private Window window;
    private String account;

    GatewayNumbersTest(Stage stage) {
        this.stage = stage;
    }

    @BeforeEach
    void operatorIsIn() {
        window = stage.agency("gateways", 0);
        account = window.username();
    }

    private String made(String what, Map<String, ?> body) {
        return json(window.postJson("/api/whatsapp/" + what, body))
                .at("/data/id")
                .asText();
    }

    private static JsonNode json(String text) {
        try {
            return GatewayHttp.JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(text, failure);
        }
    }

    @Test
    void templatesAreSyncedPreviewedAndTested() {
        try (var meta = new FakeCloud(Clock.systemUTC())) {
            FakeNumber number = meta.number("300000000000901", "971500000901", "Marina Sweets");
            String connection = made(
                    "connections",
                    Map.of(
                            "name",
                            "Marina WABA",
                            "driver",
                            "cloud",
                            "url",
                            meta.url() + "/v26.0",
                            "credentials",
                            FakeCloud.CREDENTIALS));
            meta.subscribe();
            window.go("/admin/pools/connections/" + connection + "?as=" + account);
            window.link("Show templates").click();
            window.assertHeading("Templates");
            assertThat(window.find("main")).containsText("No templates yet");
            window.look("templates-empty");

            meta.templates()
                    .add(
                            "order_ready",
                            "en",
                            "UTILITY",
                            "Your order",
                            "Hi {{customer}}, order {{order}} is ready.",
                            GatewayHttp.JSON.createArrayNode());
            window.button("Sync templates").click();
            window.assertSaid("Templates synchronized");
            assertThat(window.find("tbody tr")).hasCount(1);
            assertThat(window.find("tbody tr")).containsText("Utility");
            window.look("templates");

            window.link("order_ready").click();
            window.assertHeading("order_ready");
            assertThat(window.find("#preview .msg > div")).hasCount(1);
            assertThat(window.find("#preview .msg > div")).containsText("Your order");
            assertThat(window.find("#preview .msg > div")).containsText("is ready.");
            assertThat(window.find("main")).containsText("Add a number of this connection first.");
            String template = window.path();
            made("masters", Map.of("connection", connection, "remote", number.id()));
            window.go("/admin/pools?as=" + account);
            assertThat(window.find(".sender .state").first()).containsText("Linked");

            window.go(template);
            window.look("template");
            window.type("#t-to", "abc");
            window.find("#test input[name=value]").nth(0).fill("Amal");
            window.find("#test input[name=value]").nth(1).fill("A-1044");
            window.button("Send test message").click();
            assertThat(window.find("#t-to-e")).isVisible();
            assertThat(window.find("#t-to")).hasAttribute("aria-invalid", "true");
            window.look("template-refused");
            window.type("#t-to", "+971 50 000 0902");
            window.button("Send test message").click();
            window.assertSaid("Test message queued");
            Eventually.until(() -> meta.sending().sent(), sent -> sent.size() == 1);
            assertThat(meta.sending().sent().getFirst().body().toString()).contains("A-1044");
        }
    }

    @Test
    void aNumberIsLinkedThroughThePasskey() {
        var clock = new TestClock();
        clock.forward(Duration.between(clock.instant(), Clock.systemUTC().instant()));
        try (var waha = new FakeWaha(clock).with("GOWS", "2026.8.1");
                var time = Executors.newSingleThreadScheduledExecutor()) {
            var ticking =
                    time.scheduleAtFixedRate(() -> waha.timePasses(TICK), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
            String connection = made(
                    "connections",
                    Map.of(
                            "name",
                            "Our WAHA",
                            "driver",
                            "waha",
                            "url",
                            waha.url().toString(),
                            "credentials",
                            Map.of("apiKey", FakeWaha.KEY)));
            String master = made("masters", Map.of("displayName", "Marina Sweets", "connection", connection));
            window.go("/admin/pools/" + master + "/link?as=" + account);
            window.button("Show QR code").click();
            assertThat(window.find("#linking")).containsText("Code 1 of 6");
            assertThat(window.find(".qr svg")).isVisible();

            String session = json(window.page()
                            .request()
                            .get("/api/whatsapp/senders/" + master)
                            .text())
                    .at("/data/remote")
                    .asText();
            waha.wantsPasskey(session, true);
            waha.phoneScans(session, new Phone("+971500000903"));
            assertThat(window.find("#linking")).containsText("This number asks for a passkey.");
            assertThat(window.find("#passkey-script")).hasValue(Pattern.compile("navigator.credentials"));
            window.look("passkey-challenge");
            window.type("#passkey-credential", "nothing");
            window.button("Continue").click();
            assertThat(window.find("#passkey-credential")).hasValue("nothing");
            window.look("passkey-refused");
            assertThat(window.find("#live-state")).hasText("Live");
            assertThat(window.find("main")).containsText("The passkey step didn’t succeed.");

            window.type("#passkey-credential", "'" + CREDENTIAL + "'");
            window.button("Continue").click();
            assertThat(window.find("#passkey-code")).containsText("1234");
            window.look("passkey-code");
            window.button("Confirm code").click();
            assertThat(window.find("#linking")).containsText("Linked: +971500000903");
            window.look("passkey-linked");
            ticking.cancel(false);
        }
    }
}
