package dev.banyan.platform.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.http.LocalHttp;
import dev.banyan.platform.mail.MailSink.Behavior;
import dev.banyan.platform.mail.WorkspaceMail.Dispatch;
import org.junit.jupiter.api.Test;

/// Which server takes a workspace's mail, over real sockets.
class MailRoutesTest {

    private static final String WORKSPACE = "shop";

    /// A workspace with a mail server of its own, and what it hears of it.
    private record Shop(MailServer server, List<String> heard) implements WorkspaceMail {

        @Override
        public Optional<Dispatch> of(String workspace) {
            return Optional.of(workspace).filter(WORKSPACE::equals).map(_ -> dispatch());
        }

        Dispatch dispatch() {
            return new Dispatch(
                    Optional.of(server), new MailBranding("Shop", "#0b5d4e", "Sh", Optional.empty(), Locale.ENGLISH));
        }

        @Override
        public void worked(String workspace) {
            heard.add("worked");
        }

        @Override
        public void failed(String workspace, String why) {
            heard.add(why);
        }
    }

    private final TestClock clock = new TestClock();

    private static Shop shop(MailSink sink) {
        return new Shop(
                new MailServer(
                        sink.name(), sink.port(), MailSecurity.NONE, "", Optional.empty(), "shop@shop.example", "Shop"),
                new ArrayList<>());
    }

    private MailRoutes routes(Shop shop) {
        return new MailRoutes(List.of(shop), new SmtpClient(LocalHttp.everyNameIsHere(), MailSink::trusting, clock));
    }

    private Mail mail(int attempts) {
        return new Mail(
                new Uuids(clock).next(), "amira@people.example", "Hello", "Text", attempts, Optional.of(WORKSPACE));
    }

    @Test
    void afterTwoTriesThisServersMailServerTakesTheMail() throws Exception {
        try (var sink = new MailSink(Behavior.BROKEN)) {
            Shop shop = shop(sink);
            MailRoutes routes = routes(shop);
            for (int attempts = 0; attempts < 2; attempts++) {
                Mail mail = mail(attempts);
                assertThatThrownBy(() -> routes.send(mail, shop.dispatch(), true))
                        .hasMessageContaining("refused the sender");
            }
            assertThat(routes.send(mail(2), shop.dispatch(), true)).isFalse();
            assertThat(shop.heard()).hasSize(2).doesNotContain("worked");
        }
    }

    @Test
    void withoutAnotherMailServerItsOwnIsTriedAgain() throws Exception {
        try (var sink = new MailSink(Behavior.OPEN)) {
            Shop shop = shop(sink);
            assertThat(routes(shop).send(mail(7), shop.dispatch(), false)).isTrue();
            assertThat(sink.mails()).hasSize(1);
            assertThat(shop.heard()).containsExactly("worked");
        }
    }

    @Test
    void mailsOfNoWorkspaceGoThisServersWay() throws Exception {
        try (var sink = new MailSink(Behavior.OPEN)) {
            MailRoutes routes = routes(shop(sink));
            var mail = new Mail(new Uuids(clock).next(), "amira@people.example", "Hello", "Text", 0, Optional.empty());
            assertThat(routes.of(mail)).isEmpty();
            assertThat(routes.of(mail(0))).isPresent();
        }
    }
}
