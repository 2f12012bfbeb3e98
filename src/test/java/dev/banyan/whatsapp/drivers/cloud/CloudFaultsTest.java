package dev.banyan.whatsapp.drivers.cloud;

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

/// Meta can't be asked for a message, and takes none twice. It sends at most thirty at a time, so that some of those
/// that were handed over wait for their turn.
class CloudFaultsTest extends GatewayFaultsContract {

    @Override
    protected BreakableGateway gateway(TestClock clock) {
        var cloud = new FakeCloud(clock);
        cloud.windows(false);
        return new BreakableCloud(cloud, clock, new HashMap<>());
    }

    private record BreakableCloud(FakeCloud cloud, TestClock clock, Map<String, FakeNumber> numbers)
            implements BreakableGateway {

        @Override
        public GatewayDriver driver(GatewayTools tools) {
            return new CloudDriver(new CloudGateway(new GatewayHttp(LocalHttp.client()), clock), tools);
        }

        @Override
        public Connection connection() {
            return new Connection(
                    new ConnectionId(new UUID(7, 2)),
                    new AccountId(new UUID(7, 1)),
                    "Our WABA",
                    DriverKind.CLOUD,
                    Optional.of(cloud.url()),
                    Optional.empty(),
                    false,
                    new Connection.Facts(
                            Optional.of("v26.0"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    clock.instant(),
                    clock.instant());
        }

        @Override
        public Credentials credentials() {
            return new Credentials(
                    new Credentials.Cloud(
                            FakeCloud.TOKEN, FakeCloud.APP_SECRET, FakeCloud.VERIFY_TOKEN, Optional.of(FakeCloud.WABA)),
                    "hook-secret-for-tests");
        }

        @Override
        public boolean restartsNumbers() {
            return false;
        }

        @Override
        public HeldCalls calls() {
            return cloud.held();
        }

        @Override
        public void hasLinked(String number, Phone phone) {
            numbers.put(number, cloud.number(number, phone.digits(), "Marina Sweets"));
        }

        @Override
        public void timePasses(Duration time) {
            clock.forward(time);
        }

        @Override
        public void dies() {
            cloud.refuse();
        }

        @Override
        public void comesBack() {
            cloud.restart();
        }

        @Override
        public void forgets() {
            // It tells of no message anyway.
        }

        @Override
        public void isBanned(String number) {
            cloud.bans(number(number));
        }

        /// There is no device; but the number may be removed from the account.
        @Override
        public void isLoggedOut(String number) {
            number(number).set("status", "DELETED");
        }

        private FakeNumber number(String id) {
            return Optional.ofNullable(numbers.get(id)).orElseThrow();
        }

        @Override
        public boolean takesRepeats() {
            return false;
        }

        @Override
        public List<Shown> shown() {
            return cloud.sending().sent().stream()
                    .map(sent -> new Shown(
                            sent.number().id(),
                            sent.wamid(),
                            sent.body().path("text").path("body").asText()))
                    .toList();
        }

        @Override
        public void close() {
            cloud.close();
        }
    }
}
