package dev.banyan.whatsapp.drivers.cloud;

import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.done;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.failed;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.notSent;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Template;
import dev.banyan.whatsapp.MessageContent.TemplateButton;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.SendResult.Why;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Templates: listed, filled in, and refused.
class CloudTemplatesTest {

    private final CloudWorld world = new CloudWorld();

    @TempDir
    private Path folder;

    @BeforeEach
    void templates() {
        world.meta
                .templates()
                .add("order_ready", "en", "UTILITY", "", "Hi {{customer}}, order {{order}} is ready.", buttons());
        world.meta.templates().add("sale", "en_US", "MARKETING", "Sale of {{1}}", "{{2}} off, {{1}}!", none());
        world.meta.templates().add("receipt", "en", "UTILITY", "DOCUMENT", "Here is your receipt.", none());
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static ArrayNode none() {
        return GatewayHttp.JSON.createArrayNode();
    }

    private static ArrayNode buttons() {
        ArrayNode buttons = none();
        buttons.addObject().put("type", "URL").put("text", "Track").put("url", "https://shop.example/{{1}}");
        buttons.addObject().put("type", "QUICK_REPLY").put("text", "Stop");
        buttons.addObject().put("type", "COPY_CODE").put("text", "Copy");
        return buttons;
    }

    @Test
    void aListTellsWhatATemplateNeeds() {
        List<MessageTemplate> all = done(world.gateway.templates(world.access()));

        assertThat(all).extracting(MessageTemplate::name).containsExactly("order_ready", "sale", "receipt");
        MessageTemplate order = all.get(0);
        assertThat(order.isNamed()).isTrue();
        assertThat(order.names()).containsExactly("customer", "order");
        assertThat(order.category()).isEqualTo("UTILITY");
        assertThat(order.quality()).isEqualTo("GREEN");
        assertThat(order.footer()).isEqualTo("Marina Sweets");
        assertThat(order.headerKind()).isEqualTo("NONE");
        assertThat(order.isSendable()).isTrue();
        assertThat(order.buttons())
                .extracting(MessageTemplate.Button::takesValue)
                .containsExactly(true, false, true);
        MessageTemplate sale = all.get(1);
        assertThat(sale.isNamed()).isFalse();
        assertThat(sale.names()).as("by number, not by place").containsExactly("1", "2");
        assertThat(sale.header()).isEqualTo("Sale of {{1}}");
        assertThat(sale.headerKind()).isEqualTo("TEXT");
        assertThat(all.get(2).headerKind()).isEqualTo("DOCUMENT");
    }

    @Test
    void allPagesAreRead() {
        for (int i = 0; i < 450; i++) {
            world.meta.templates().add("extra_" + i, "en", "UTILITY", "", "Hello", none());
        }

        assertThat(done(world.gateway.templates(world.access())))
                .hasSize(453)
                .extracting(MessageTemplate::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void thereIsAnEnd() {
        for (int i = 0; i < 2_050; i++) {
            world.meta.templates().add("extra_" + i, "en", "UTILITY", "", "Hello", none());
        }

        assertThat(done(world.gateway.templates(world.access()))).hasSize(2_000);
    }

    @Test
    void withoutAnAccountIdThereAreNone() {
        var access = world.access(world.meta.url().toString(), CloudWorld.HOOK, FakeCloud.TOKEN, Optional.empty());

        Trouble trouble = failed(world.gateway.templates(access));

        assertThat(trouble.kind()).isEqualTo(Trouble.Kind.OPERATOR);
        assertThat(trouble.sentence()).contains("WhatsApp Business Account ID");
    }

    private static Template order(String... values) {
        return new Template(
                "order_ready",
                "en",
                List.of(),
                List.of(values),
                List.of("customer", "order"),
                List.of(
                        new TemplateButton(0, "url", "A-1044"),
                        new TemplateButton(1, "quick_reply", "stop"),
                        new TemplateButton(2, "copy_code", "SWEET10")));
    }

    /// Amal hasn't written: only a template reaches her.
    @Test
    void namedValuesAndButtonsAreFilledIn() {
        assertThat(world.send(order("Amal", "A-1044"), "")).isInstanceOf(SendResult.Sent.class);

        JsonNode template = world.accepted().path("template");
        assertThat(template.path("language").path("code").asText()).isEqualTo("en");
        assertThat(template.path("components").toString())
                .contains("""
                        {"type":"body","parameters":[{"type":"text","parameter_name":"customer","text":"Amal"},\
                        {"type":"text","parameter_name":"order","text":"A-1044"}]}""")
                .contains("""
                        {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"A-1044"}]}""")
                .contains("""
                        {"type":"button","sub_type":"quick_reply","index":"1",\
                        "parameters":[{"type":"payload","payload":"stop"}]}""")
                .contains("""
                        {"type":"button","sub_type":"copy_code","index":"2",\
                        "parameters":[{"type":"coupon_code","coupon_code":"SWEET10"}]}""");
    }

    @Test
    void numberedValuesGoWithoutNames() {
        var sale = new Template("sale", "en_US", List.of("cakes"), List.of("Amal", "10 %"), List.of(), List.of());

        assertThat(world.send(sale, "")).isInstanceOf(SendResult.Sent.class);
        assertThat(world.accepted().toString()).doesNotContain("parameter_name").contains("\"text\":\"cakes\"");
    }

    @Test
    void marketingHasARouteOfItsOwnWhereTheConnectionSaysSo() {
        var sale = new Template("sale", "en_US", List.of("cakes"), List.of("Amal", "10 %"), List.of(), List.of());
        assertThat(world.send(sale, "")).isInstanceOf(SendResult.Sent.class);
        for (Template template : List.of(sale, sale, order("Amal", "A-1044"))) {
            assertThat(world.gateway.send(
                            world.lineWithMarketingApart(),
                            world.message("", template),
                            Optional.empty(),
                            Optional.empty()))
                    .isInstanceOf(SendResult.Sent.class);
        }

        List<String> paths = world.meta.paths().stream()
                .map(path -> path.replaceAll(".*/", "").replaceAll("\\?.*", ""))
                .toList();
        assertThat(paths)
                .filteredOn(path -> path.endsWith("messages"))
                .containsExactly("messages", "marketing_messages", "marketing_messages", "messages");
        assertThat(paths)
                .as("the category of a template is asked for once")
                .containsSequence("marketing_messages", "marketing_messages");
    }

    /// A header's placeholder has a name too, which only Meta knows.
    @Test
    void aNamedHeaderIsLookedUp() {
        world.meta.templates().add("hello", "en", "UTILITY", "Hello {{who}}", "Your order {{order}} is here", none());
        var hello = new Template("hello", "en", List.of("Amal"), List.of("A-1"), List.of("order"), List.of());

        assertThat(world.send(hello, "")).isInstanceOf(SendResult.Sent.class);
        assertThat(world.accepted().toString()).contains("\"parameter_name\":\"who\",\"text\":\"Amal\"");
    }

    @Test
    void aFileGoesIntoTheHeader() {
        var receipt = new Template("receipt", "en", List.of(), List.of(), List.of(), List.of());
        var file = CloudWorld.upload(
                folder, "receipt.pdf", "application/pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII));

        SendResult result =
                world.gateway.send(world.line(), world.message("", receipt), Optional.of(file), Optional.empty());

        assertThat(result).isInstanceOf(SendResult.Sent.class);
        JsonNode header = world.accepted().path("template").path("components").path(0);
        assertThat(header.path("type").asText()).isEqualTo("header");
        assertThat(header.path("parameters")
                        .path(0)
                        .path("document")
                        .path("filename")
                        .asText())
                .isEqualTo("receipt.pdf");
    }

    @Test
    void oneTimePasswordsAreFilledInLikeAddresses() {
        ArrayNode otp = none();
        otp.addObject().put("type", "OTP").put("text", "Copy code");
        world.meta.templates().add("code", "en", "AUTHENTICATION", "", "*{{1}}* is your code.", otp);
        var code = new Template(
                "code", "en", List.of(), List.of("1234"), List.of(), List.of(new TemplateButton(0, "otp", "1234")));

        assertThat(world.send(code, "")).isInstanceOf(SendResult.Sent.class);
    }

    @Test
    void valuesAreOnOneLine() {
        assertThat(world.send(order("Amal\tK", " 12 Creek Road\r\n\u2028Dubai     UAE"), ""))
                .isInstanceOf(SendResult.Sent.class);

        assertThat(new String(world.meta.requests().getLast().body(), StandardCharsets.UTF_8))
                .contains("\"Amal K\"", "\"12 Creek Road Dubai UAE\"");
    }

    @Test
    void whatIsWrongWithATemplateIsSaid() {
        assertThat(notSent(world.send(order("Amal"), "")).why()).isEqualTo(Why.TEMPLATE);
        assertThat(notSent(world.send(order("Amal", " "), "")).why()).isEqualTo(Why.TEMPLATE);
        assertThat(world.meta.requests()).as("nothing of this was sent").isEmpty();

        var unknown = new Template("nothing", "en", List.of(), List.of(), List.of(), List.of());
        assertThat(notSent(world.send(unknown, "")).reason())
                .contains("no approved template")
                .contains("132001");
        var few = new Template("sale", "en_US", List.of("x"), List.of("y"), List.of(), List.of());
        assertThat(notSent(world.send(few, "")).reason()).contains("132000");
    }

    @Test
    void aPausedTemplateOffersAnother() {
        world.meta
                .templates()
                .add("tired", "en", "MARKETING", "", "Hello", none())
                .put("status", "PAUSED");
        var tired = new Template("tired", "en", List.of(), List.of(), List.of(), List.of());

        SendResult.NotSent not = notSent(world.send(tired, ""));

        assertThat(not.why()).isEqualTo(Why.TEMPLATE);
        assertThat(not.reason()).contains("paused").contains("Use another one").contains("132015");
        assertThat(done(world.gateway.templates(world.access())).getLast().isSendable())
                .isFalse();
    }

    @Test
    void contentOtherThanTemplatesNeedsAnOpenWindow() {
        SendResult.NotSent not = notSent(world.send(world.message("Hello", new MessageContent.Plain())));

        assertThat(not.why()).isEqualTo(Why.WINDOW_CLOSED);
        assertThat(not.reason()).contains("24 hours").contains("Use a template");
    }
}
