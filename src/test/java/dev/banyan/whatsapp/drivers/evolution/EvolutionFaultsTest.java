package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.whatsapp.ConnectionId;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.BreakableGateway;
import dev.banyan.whatsapp.drivers.GatewayDriver;
import dev.banyan.whatsapp.drivers.GatewayFaultsContract;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.GatewayTools;
import dev.banyan.whatsapp.drivers.HeldCalls;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Before 2.4, a message has no id of ours, so what may have been sent can't be repeated.
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Version.class,
        names = {"V2_3_7", "V2_4_0"})
class EvolutionFaultsTest extends GatewayFaultsContract {

    private final Version version;

    EvolutionFaultsTest(Version version) {
        this.version = version;
    }

    @Override
    protected BreakableGateway gateway(TestClock clock) {
        return new BreakableEvolution(new FakeEvolution(version, clock, BreakableEvolution.KEY), clock);
    }

    private record BreakableEvolution(FakeEvolution fake, TestClock clock) implements BreakableGateway {

        private static final String KEY = "GLOBAL-KEY";

        @Override
        public GatewayDriver driver(GatewayTools tools) {
            return new EvolutionDriver(new EvolutionGateway(new GatewayHttp(LocalHttp.client()), clock), tools);
        }

        @Override
        public Connection connection() {
            return new Connection(
                    new ConnectionId(new UUID(7, 2)),
                    new AccountId(new UUID(7, 1)),
                    "Our Evolution",
                    DriverKind.EVOLUTION,
                    Optional.of(fake.url()),
                    Optional.empty(),
                    false,
                    new Connection.Facts(
                            Optional.of(fake.version().text()),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    clock.instant(),
                    clock.instant());
        }

        @Override
        public Credentials credentials() {
            return new Credentials(new Credentials.ApiKey(KEY), "hook-secret-for-tests");
        }

        @Override
        public HeldCalls calls() {
            return fake.held();
        }

        @Override
        public void hasLinked(String number, Phone phone) {
            fake.linkedBefore(number, phone.digits());
        }

        @Override
        public void timePasses(Duration time) {
            fake.timePasses(time);
        }

        @Override
        public void dies() {
            fake.kill();
        }

        @Override
        public void comesBack() {
            fake.revive(true);
        }

        @Override
        public void forgets() {
            fake.forgetsMessages();
        }

        @Override
        public void isBanned(String number) {
            fake.ban(number);
        }

        @Override
        public void isLoggedOut(String number) {
            fake.phoneRemovesTheDevice(number);
        }

        @Override
        public boolean takesRepeats() {
            return fake.version() == Version.V2_4_0;
        }

        @Override
        public List<Shown> shown() {
            return fake.sent().stream()
                    .map(sent -> new Shown(
                            sent.instance(), sent.id(), sent.body().path("text").asText()))
                    .distinct()
                    .toList();
        }

        @Override
        public void close() {
            fake.close();
        }
    }
}
