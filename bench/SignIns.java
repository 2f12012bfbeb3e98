import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What a sign-in to a workspace costs the server’s own processors: over OpenID Connect, and with a password less the
/// hash, which costs more than everything else and is wanted. The provider is in this process, so that its share and
/// that of the browser aren’t counted.
final class SignIns {

    private static final int WARM_UP = 1_500;
    private static final int PER_ROUND = 400;
    private static final int ROUNDS = 5;
    private static final String CLIENT = "banyan";
    private static final String PASSWORD = "correct horse battery";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, String> nonces = new ConcurrentHashMap<>();
    private final RSAKey key;
    private final HttpServer provider;
    private final BanyanServer banyan;
    private final String shortPath;

    private SignIns() throws IOException, InterruptedException, JOSEException {
        key = new RSAKeyGenerator(2_048).keyID("bench").algorithm(JWSAlgorithm.RS256).generate();
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", this::serve);
        provider.start();
        banyan = BanyanServer.start("sign-ins", Map.of("BANYAN_OUTBOUND_ALLOW", "127.0.0.1"));
        String token = banyan.token();
        String project = post(token, "/api/projects", Map.of("name", "Sign-ins", "sub_clients_enabled", true))
                .at("/data/project/id")
                .asText();
        JsonNode workspace = post(token, "/api/projects/" + project + "/sub-clients", Map.of("name", "Office"))
                .at("/data/subClient");
        shortPath = workspace.path("short_id").asText() + "-" + workspace.path("pathname").asText();
        var settings = Map.of(
                "kind", "oidc",
                "issuer", issuer(),
                "clientId", CLIENT,
                "clientSecret", "secret",
                "roles", Map.of("sellers", "agent"));
        send(token, "PUT", "/api/projects/" + project + "/sub-clients/" + workspace.path("id").asText() + "/sso", settings);
        post(
                "",
                "/api/sub-client/register",
                Map.of(
                        "shortPath", shortPath,
                        "email", "nour@guests.example",
                        "username", "nour",
                        "password", PASSWORD));
    }

    static List<Row> rows() throws Exception {
        var all = new SignIns();
        var row = new Row("CPU of a sign-in over OpenID Connect", "ms", Optional.of("at most 1.5"));
        List<Double> less = row.theirs("with a password, less Argon2id");
        var hash = new Row("CPU of Argon2id, which isn’t counted", "ms", Optional.empty());
        for (int i = 0; i < WARM_UP; i++) {
            all.overOidc();
        }
        for (int i = 0; i < WARM_UP / 5; i++) {
            all.withPassword();
        }
        for (int round = 0; round < ROUNDS; round++) {
            Machine.awaitQuiet();
            double oidc = all.cost(all::overOidc);
            double password = all.cost(all::withPassword);
            double argon2 = argon2();
            row.ours().add(oidc);
            less.add(password - argon2);
            hash.ours().add(argon2);
        }
        all.provider.stop(0);
        all.banyan.stop();
        return List.of(row, hash);
    }

    private interface Act {
        void run() throws IOException, InterruptedException;
    }

    /// Returns milliseconds of the server’s processors for one.
    private double cost(Act act) throws IOException, InterruptedException {
        Duration before = banyan.processorTime();
        for (int i = 0; i < PER_ROUND; i++) {
            act.run();
        }
        return banyan.processorTime().minus(before).toNanos() / 1e6 / PER_ROUND;
    }

    /// Returns milliseconds of this thread for one check of a password, with the parameters of [BareArgon2].
    private static double argon2() {
        byte[] password = PASSWORD.getBytes(StandardCharsets.UTF_8);
        Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id);
        String hash = argon2.hash(2, 19 * 1_024, 1, password);
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < PER_ROUND; i++) {
            argon2.verify(hash, password);
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1e6 / PER_ROUND;
    }

    private void withPassword() throws IOException, InterruptedException {
        JsonNode answer = post(
                "",
                "/api/sub-client/login",
                Map.of("shortPath", shortPath, "usernameOrEmail", "nour", "password", PASSWORD));
        if (!answer.path("success").asBoolean()) {
            throw new IllegalStateException(answer.toString());
        }
    }

    private void overOidc() throws IOException, InterruptedException {
        HttpResponse<String> begun = get("/s/" + shortPath + "/sso", "");
        String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        Map<String, String> asked =
                fields(URI.create(begun.headers().firstValue("Location").orElseThrow()).getRawQuery());
        String state = asked.getOrDefault("state", "");
        nonces.put(state, asked.getOrDefault("nonce", ""));
        HttpResponse<String> ended =
                get("/s/" + shortPath + "/sso/callback?state=" + state + "&code=" + state, cookie);
        if (ended.statusCode() != 303 || !ended.headers().firstValue("Location").orElse("").endsWith("/chat")) {
            throw new IllegalStateException(ended + ": " + ended.body());
        }
    }

    private static Map<String, String> fields(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(banyan.url(path)));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode post(String token, String path, Object body) throws IOException, InterruptedException {
        return send(token, "POST", path, body);
    }

    private JsonNode send(String token, String method, String path, Object body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(banyan.url(path)))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private String issuer() {
        return "http://127.0.0.1:" + provider.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Object answer = switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" ->
                Map.of(
                        "issuer", issuer(),
                        "authorization_endpoint", issuer() + "/in",
                        "token_endpoint", issuer() + "/token",
                        "jwks_uri", issuer() + "/keys",
                        "response_types_supported", List.of("code"),
                        "subject_types_supported", List.of("public"),
                        "id_token_signing_alg_values_supported", List.of("RS256"));
            case "/keys" -> new JWKSet(key.toPublicJWK()).toJSONObject();
            default -> tokens(fields(body).getOrDefault("code", ""));
        };
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /// No refresh token: nothing is asked again while others are measured.
    private Map<String, Object> tokens(String code) throws IOException {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .subject("1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", Optional.ofNullable(nonces.remove(code)).orElse(""))
                .claim("email", "amira@office.example")
                .claim("email_verified", true)
                .claim("preferred_username", "amira")
                .claim("groups", List.of("sellers"))
                .build();
        try {
            var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("bench").build(), claims);
            token.sign(new RSASSASigner(key));
            var answer = new HashMap<String, Object>();
            answer.put("access_token", code);
            answer.put("token_type", "Bearer");
            answer.put("expires_in", 300);
            answer.put("id_token", token.serialize());
            return answer;
        } catch (JOSEException failure) {
            throw new IOException(failure);
        }
    }
}
