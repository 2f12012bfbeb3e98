package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.drivers.BreakableGateway;
import dev.banyan.whatsapp.drivers.GatewayDriver;
import dev.banyan.whatsapp.drivers.GatewayFaultsContract;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.GatewayTools;
import dev.banyan.whatsapp.drivers.HeldCalls;

class WahaFaultsTest extends GatewayFaultsContract {

    @Override
    protected BreakableGateway gateway(TestClock clock) {
        return new BreakableWaha(clock);
    }

    private record BreakableWaha(FakeWaha waha, TestClock clock) implements BreakableGateway {

        BreakableWaha(TestClock clock) {
            this(new FakeWaha(clock), clock);
        }

        @Override
        public GatewayDriver driver(GatewayTools tools) {
            return new WahaDriver(new WahaGateway(new GatewayHttp(LocalHttp.client()), clock), tools);
        }

        @Override
        public Connection connection() {
            return WahaWorld.connection(waha, waha.facts(), clock.instant());
        }

        @Override
        public Credentials credentials() {
            return new Credentials(new Credentials.ApiKey(FakeWaha.KEY), WahaWorld.SECRET);
        }

        @Override
        public HeldCalls calls() {
            return waha.held;
        }

        @Override
        public void hasLinked(String number, Phone phone) {
            waha.hasLinked(number, phone);
        }

        @Override
        public void timePasses(Duration time) {
            waha.timePasses(time);
        }

        @Override
        public void dies() {
            waha.kill();
        }

        @Override
        public void comesBack() {
            waha.restart();
        }

        @Override
        public void forgets() {
            waha.forgetsMessages();
        }

        @Override
        public void isBanned(String number) {
            waha.whatsAppRefuses(number, 403);
        }

        @Override
        public void isLoggedOut(String number) {
            waha.phoneRemovesTheDevice(number);
        }

        @Override
        public boolean takesRepeats() {
            return true;
        }

        @Override
        public List<Shown> shown() {
            return waha.sessions.keySet().stream()
                    .flatMap(number ->
                            waha.shown(number).stream().map(sent -> new Shown(number, sent.wire(), sent.text())))
                    .toList();
        }

        @Override
        public void close() {
            waha.close();
        }
    }
}
