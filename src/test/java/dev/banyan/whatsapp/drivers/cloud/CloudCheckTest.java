package dev.banyan.whatsapp.drivers.cloud;

import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.done;
import static dev.banyan.whatsapp.drivers.cloud.CloudWorld.failed;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.connections.RemoteNumber;
import dev.banyan.whatsapp.drivers.Gateway.Checked;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.cloud.FakeFaults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// "Check connection": what is there, and what is missing.
class CloudCheckTest {

    private final CloudWorld world = new CloudWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Checked check() {
        return done(world.gateway.check(world.access()));
    }

    @Test
    void nothingIsMissingOnceNumbersAndWebhooksAreThere() {
        world.meta.greetsAt(world.doorAddress());
        done(world.gateway.prepare(world.line()));

        Checked checked = check();

        assertThat(checked.version()).contains("Graph API v26.0");
        assertThat(checked.engine()).isEmpty();
        assertThat(checked.numbers())
                .extracting(RemoteNumber::remote)
                .containsExactly(world.sweets.id(), world.cakes.id());
        assertThat(checked.numbers())
                .extracting(number -> number.status().device())
                .containsExactly("Marina Sweets", "Marina Cakes");
        assertThat(checked.missing()).isEmpty();
        assertThat(checked.hookRegistered()).isTrue();
    }

    @Test
    void lookingChangesNothing() {
        check();

        assertThat(world.meta.isSubscribed()).isFalse();
        assertThat(world.meta.requests()).extracting(FakeRequest::method).containsOnly("GET");
    }

    @Test
    void aMissingSubscriptionSaysWhatToEnterWhere() {
        Checked checked = check();

        assertThat(checked.hookRegistered()).isFalse();
        assertThat(checked.missing())
                .anySatisfy(sentence -> assertThat(sentence).contains("No app gets the webhooks"))
                .anySatisfy(sentence -> assertThat(sentence)
                        .contains("callback URL " + CloudWorld.HOOK)
                        .contains("verify token")
                        .doesNotContain(FakeCloud.VERIFY_TOKEN));
    }

    @Test
    void anAddressInTheDashboardCounts() {
        world.meta.subscribe();
        world.sweets.hook("application", CloudWorld.HOOK.toString());
        world.cakes.hook("application", CloudWorld.HOOK.toString());

        assertThat(check().hookRegistered()).isTrue();
        assertThat(check().missing()).isEmpty();
    }

    @Test
    void withoutAnAccountIdNumbersCantBeListed() {
        var access = world.access(world.meta.url().toString(), CloudWorld.HOOK, FakeCloud.TOKEN, Optional.empty());

        Checked checked = done(world.gateway.check(access));

        assertThat(checked.numbers()).isEmpty();
        assertThat(checked.missing())
                .anySatisfy(sentence -> assertThat(sentence).startsWith("Enter the WhatsApp Business Account ID"));
    }

    @Test
    void aWrongTokenFailsWithAndWithoutAnAccountId() {
        String url = world.meta.url().toString();
        var with = world.access(url, CloudWorld.HOOK, "old", Optional.of(FakeCloud.WABA));
        var without = world.access(url, CloudWorld.HOOK, "old", Optional.empty());
        var none = world.access(url, CloudWorld.HOOK, " ", Optional.of(FakeCloud.WABA));

        assertThat(failed(world.gateway.check(with)).kind()).isEqualTo(Trouble.Kind.CREDENTIALS);
        assertThat(failed(world.gateway.check(without)).kind()).isEqualTo(Trouble.Kind.CREDENTIALS);
        assertThat(failed(world.gateway.check(none)).kind()).isEqualTo(Trouble.Kind.CREDENTIALS);
    }

    @Test
    void aTokenWithoutARightIsNamed() {
        world.meta.rights("whatsapp_business_messaging");

        assertThat(check().missing())
                .anySatisfy(sentence -> assertThat(sentence).contains("can’t be listed"))
                .anySatisfy(sentence -> assertThat(sentence).contains("lacks the right whatsapp_business_management"));

        world.meta.rights("whatsapp_business_management");
        assertThat(check().missing())
                .anySatisfy(sentence -> assertThat(sentence).contains("lacks the right whatsapp_business_messaging"));
    }

    @Test
    void missingSecretsAreNamed() {
        var access = world.access(
                world.meta.url().toString(),
                CloudWorld.HOOK,
                new Credentials.Cloud(FakeCloud.TOKEN, "", "", Optional.of(FakeCloud.WABA)));

        assertThat(done(world.gateway.check(access)).missing())
                .anySatisfy(sentence -> assertThat(sentence).startsWith("Enter the app secret"))
                .anySatisfy(sentence -> assertThat(sentence).startsWith("Enter a verify token"));
    }

    @Test
    void anOpenAddressIsNamed() {
        var access = world.access(
                world.meta.url().toString(),
                URI.create("http://127.0.0.1:8080/hooks"),
                FakeCloud.TOKEN,
                Optional.of(FakeCloud.WABA));

        assertThat(done(world.gateway.check(access)).missing())
                .anySatisfy(sentence -> assertThat(sentence).contains("https://"));
    }

    @Test
    void aServerThatIsDownFails() {
        world.meta.faults().next("phone_numbers", new Fault.Bare(503));
        assertThat(failed(world.gateway.check(world.access())).kind()).isEqualTo(Trouble.Kind.LATER);

        world.meta.kill();
        assertThat(failed(world.gateway.check(world.access())).kind()).isEqualTo(Trouble.Kind.UNREACHABLE);
    }
}
