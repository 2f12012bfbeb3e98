package dev.banyan.whatsapp.drivers.cloud;

import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.AMAL;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.AMALS;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.greeting;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.Gateway.Genuine;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The door: who may knock, what counts as a repeat, and what is no webhook at all.
class CloudWebhooksTest {

    private final CloudWorld world = new CloudWorld();

    @BeforeEach
    void open() {
        world.opensDoor();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void metaIsGreetedWhenItKnowsTheToken() {
        var access = world.access();

        assertThat(world.gateway.greeting(access, greeting("subscribe", FakeCloud.VERIFY_TOKEN, "1158201444")))
                .contains("1158201444");
        assertThat(world.gateway.greeting(access, greeting("subscribe", "guess", "1158201444")))
                .isEmpty();
        assertThat(world.gateway.greeting(access, greeting("unsubscribe", FakeCloud.VERIFY_TOKEN, "1")))
                .isEmpty();
        assertThat(world.gateway.greeting(access, Map.of())).isEmpty();
    }

    @Test
    void anEmptyTokenGreetsNobody() {
        var access = world.access(
                world.meta.url().toString(),
                CloudWorld.HOOK,
                new Credentials.Cloud(FakeCloud.TOKEN, FakeCloud.APP_SECRET, "", Optional.empty()));

        assertThat(world.gateway.greeting(access, greeting("subscribe", "", "1")))
                .isEmpty();
    }

    @Test
    void theSignatureIsOfTheRawBytes() {
        world.meta.contacts().writes(world.sweets, AMAL, "صباح الخير / 👋");

        HookRequest knock = world.knocks().getFirst();
        assertThat(new String(knock.body(), StandardCharsets.UTF_8))
                .as("Meta escapes what isn't ASCII, and slashes")
                .contains("\\u0635")
                .contains("\\/");
        assertThat(world.gateway.isGenuine(world.access(), knock)).isEqualTo(Genuine.YES);
        assertThat(world.told()).hasSize(1);
    }

    @Test
    void aForgedWebhookIsRefused() {
        world.meta.contacts().writes(world.sweets, AMAL, "Hello");
        HookRequest knock = world.knocks().getFirst();
        byte[] other = knock.body().clone();
        other[other.length - 2] ^= 1;
        var noSecret = world.access(
                world.meta.url().toString(),
                CloudWorld.HOOK,
                new Credentials.Cloud(FakeCloud.TOKEN, "", FakeCloud.VERIFY_TOKEN, Optional.empty()));

        assertThat(world.gateway.isGenuine(world.access(), new HookRequest(knock.headers(), other)))
                .isEqualTo(Genuine.NO);
        assertThat(world.gateway.isGenuine(world.access(), new HookRequest(Map.of(), knock.body())))
                .isEqualTo(Genuine.UNSIGNED);
        assertThat(world.gateway.isGenuine(
                        world.access(), new HookRequest(Map.of("x-hub-signature-256", "sha256=00"), knock.body())))
                .isEqualTo(Genuine.NO);
        assertThat(world.gateway.isGenuine(noSecret, knock)).isEqualTo(Genuine.NO);
    }

    @Test
    void aRepeatHasTheSameKey() {
        world.meta.contacts().writes(world.sweets, AMAL, "Hello");
        world.meta.hooks().repeat();
        world.meta.contacts().writes(world.sweets, AMAL, "Hello");

        assertThat(world.knocks()).extracting(world.gateway::repeatKey).satisfies(keys -> {
            assertThat(keys.get(0)).hasSize(64).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
        });
    }

    @Test
    void whatWasNotAcceptedComesAgainInAnotherOrder() {
        world.doorSays(503);
        String first = world.meta.contacts().writes(world.sweets, AMAL, "One");
        String second = world.meta.contacts().writes(world.sweets, AMAL, "Two");
        assertThat(world.meta.hooks().unaccepted()).isEqualTo(2);

        world.doorSays(200);
        world.meta.hooks().retry();

        assertThat(world.meta.hooks().unaccepted()).isZero();
        assertThat(world.told(HookEvent.Message.class))
                .extracting(message -> message.provider())
                .containsExactly(first, second, second, first);
    }

    @Test
    void severalNumbersAndMessagesComeInOneWebhook() {
        var noura = new FakeContacts.Contact("971500000102", "Noura");
        world.meta.hooks().together(() -> {
            world.meta.contacts().writes(world.sweets, AMAL, "One");
            world.meta.contacts().writes(world.sweets, noura, "Two");
            world.meta.contacts().writes(world.cakes, AMAL, "Three");
            world.meta.contacts().echoes(world.cakes, AMAL, "From the app");
            world.meta.contacts().writes(world.cakes, noura, "Four");
        });

        assertThat(world.knocks()).hasSize(1);
        assertThat(world.told(HookEvent.Message.class))
                .extracting(message -> message.remote() + " " + message.name() + ": " + message.text())
                .containsExactly(
                        world.sweets.id() + " Amal K: One",
                        world.sweets.id() + " Noura: Two",
                        world.cakes.id() + " Amal K: Three",
                        world.cakes.id() + " Noura: Four");
        assertThat(world.told(HookEvent.Message.class))
                .extracting(message -> message.chat().phone().orElseThrow().toString())
                .containsExactly("+971500000101", "+971500000102", "+971500000101", "+971500000102");
        assertThat(AMALS.digits()).isEqualTo(AMAL.digits());
    }

    @Test
    void whatCantBeReadIsNothing() {
        for (String body : new String[] {
            "",
            "null",
            "[]",
            "{",
            "\u0000",
            "\"entry\"",
            "{\"object\":\"page\",\"entry\":[{\"changes\":[{\"field\":\"messages\"}]}]}",
            "{\"object\":\"whatsapp_business_account\",\"entry\":{\"changes\":7}}",
            "{\"object\":\"whatsapp_business_account\",\"entry\":[null,{\"changes\":[null,{\"value\":null}]}]}",
            "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"messages\":[{\"id\":\"wamid.1\"}]}}]}]}"
        }) {
            assertThat(world.read(body)).as(body).isEmpty();
        }
        assertThat(world.gateway.read(world.access(), new byte[] {(byte) 0xFF, (byte) 0xFE, 0}))
                .isEmpty();
        assertThat(world.read("[".repeat(100_000))).isEmpty();
    }

    /// Meta sends what it tells of all business accounts of an app to one address.
    @Test
    void whatIsToldOfAnotherBusinessAccountIsNotToldHere() {
        byte[] ban = """
                {"object":"whatsapp_business_account","entry":[{"id":"200","time":1795606000,"changes":[
                  {"field":"account_update","value":{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE"}}},
                  {"field":"message_template_status_update","value":{"event":"PAUSED","message_template_name":"hello"}}
                ]}]}""".getBytes(StandardCharsets.UTF_8);

        assertThat(CloudWebhooks.read(ban, Optional.of("100"), world.clock.instant()))
                .isEmpty();
        assertThat(CloudWebhooks.read(ban, Optional.of("200"), world.clock.instant()))
                .hasSize(3)
                .first()
                .isInstanceOf(HookEvent.Notice.class);
        assertThat(CloudWebhooks.read(ban, Optional.empty(), world.clock.instant()))
                .as("no account is named at the connection")
                .hasSize(3);
    }

    /// People can write it, and no database keeps it.
    @Test
    void nulInOneMessageCostsNoOther() {
        world.meta.contacts().writes(world.sweets, AMAL, "be\0fore");
        world.meta.contacts().writes(world.sweets, AMAL, "innocent");

        assertThat(world.told(HookEvent.Message.class))
                .extracting(HookEvent.Message::text)
                .containsExactly("before", "innocent");
    }
}
