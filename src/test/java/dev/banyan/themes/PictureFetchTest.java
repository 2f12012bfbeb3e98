package dev.banyan.themes;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.platform.http.Downloads;
import dev.banyan.platform.http.LocalHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PictureFetchTest {

    private final PictureFetch fetch = new PictureFetch(new Downloads(LocalHttp.client()));
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private String address = "";

    PictureFetchTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    }

    @BeforeEach
    void serve() {
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/a.png", exchange -> answer(exchange, 200, new byte[] {1, 2, 3}));
        server.createContext("/large", exchange -> answer(exchange, 200, new byte[101]));
        server.createContext("/gone", exchange -> answer(exchange, 404, new byte[0]));
        server.createContext("/moved", exchange -> to(exchange, "/a.png"));
        server.createContext("/round", exchange -> to(exchange, "/round"));
        server.createContext("/inside", exchange -> to(exchange, "http://10.0.0.1/a.png"));
        server.createContext("/file", exchange -> to(exchange, "file:///etc/passwd"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void to(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        answer(exchange, 302, new byte[0]);
    }

    private String why(String path) {
        return fetch.get(path, 100) instanceof PictureFetch.Fetched.Bad bad ? bad.why() : "";
    }

    @Test
    void whatIsThereIsFetchedOnce() {
        assertThat(fetch.get(address + "/a.png", 100)).isInstanceOf(PictureFetch.Fetched.Good.class);
        assertThat(asked).hasValue(1);
        assertThat(fetch.get(address + "/moved", 100)).isInstanceOf(PictureFetch.Fetched.Good.class);
    }

    @Test
    void whatIsNotIsSaid() {
        assertThat(why(address + "/large")).contains("10 MB or smaller");
        assertThat(why(address + "/gone")).contains("responded with status 404");
        assertThat(why(address + "/round")).contains("Too many redirects");
        assertThat(asked).hasValue(6);
        assertThat(why("http://127.0.0.1:1/a.png")).contains("We can’t reach that server");
        assertThat(why("not an address")).contains("We can’t open this address");
        assertThat(why(address.replace("//", "//amira:secret@") + "/a.png")).contains("We can’t open this address");
    }

    @Test
    void noRedirectLeadsInside() {
        assertThat(why(address + "/inside")).contains("doesn’t call private addresses");
        assertThat(why("http://169.254.169.254/latest")).contains("doesn’t call private addresses");
        assertThat(why(address + "/file")).contains("responded with status 302");
    }
}
