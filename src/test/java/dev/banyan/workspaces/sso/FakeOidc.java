package dev.banyan.workspaces.sso;

import module java.base;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.banyan.TestClient;
import dev.banyan.platform.Digests;
import dev.banyan.platform.TestCertificate;
import java.security.Signature;

/// An OpenID provider over real HTTP on this machine. It checks what a provider checks: the client’s secret, the exact
/// redirect address, the code and its verifier.
public final class FakeOidc implements AutoCloseable {

    public static final String CLIENT = "banyan";
    public static final String SECRET = "only-the-provider-knows";

    /// How an ID token is signed.
    enum Signing {
        RIGHT,
        NONE,
        FOREIGN_KEY,
        SHARED_SECRET,
        ED25519,
        ED448
    }

    /// A person there.
    public record Someone(String subject, Map<String, Object> claims, boolean isActive) {

        public Someone with(String claim, Object value) {
            var more = new HashMap<>(claims);
            more.put(claim, value);
            return new Someone(subject, more, isActive);
        }
    }

    private record Code(String subject, String redirect, String challenge, String nonce) {}

    private final HttpServer server;
    private final Map<String, Someone> people = new ConcurrentHashMap<>();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, String> accessTokens = new ConcurrentHashMap<>();
    private final AtomicInteger keySetsRead = new AtomicInteger();
    private volatile RSAKey key = newKey();
    private volatile UnaryOperator<JWTClaimsSet> tampering = UnaryOperator.identity();
    private volatile Signing signing = Signing.RIGHT;
    private volatile boolean down;
    private volatile boolean groupsInUserInfoOnly;
    private volatile UnaryOperator<JWTClaimsSet.Builder> accessToken = UnaryOperator.identity();
    private volatile boolean signsAccessTokens;
    private volatile boolean sendsRefreshTokens = true;
    private volatile boolean hasUserInfo = true;
    private final Map<Signing, KeyPair> edwards =
            Map.of(Signing.ED25519, newEdwards("Ed25519"), Signing.ED448, newEdwards("Ed448"));
    private final AtomicInteger userInfosRead = new AtomicInteger();
    private final AtomicInteger renewals = new AtomicInteger();
    private volatile List<Map<String, Object>> otherKeys = List.of();
    private volatile boolean namesKeys = true;
    private volatile boolean namesCertificates;
    private volatile int userInfoStatus = 200;
    private volatile boolean signsUserInfo;
    private volatile Map<String, Object> description = Map.of();
    private volatile Map<String, Object> keyParts = Map.of();
    private volatile Map<String, Object> tokenParts = Map.of();
    private volatile Optional<Refusal> refusal = Optional.empty();

    /// What it answers in place of tokens.
    private record Refusal(int status, String type, String body) {}

    public FakeOidc() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    private static RSAKey newKey() {
        var own = TestCertificate.next();
        return new RSAKey.Builder(own.publicKey())
                .privateKey(own.key())
                .keyID(UUID.randomUUID().toString())
                .build();
    }

    private static KeyPair newEdwards(String curve) {
        try {
            return KeyPairGenerator.getInstance(curve).generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/office";
    }

    /// Adds a person with a verified email, or changes one.
    public Someone person(String subject, String username, String... groups) {
        var someone = new Someone(
                subject,
                Map.of(
                        "email",
                        username + "@office.example",
                        "email_verified",
                        true,
                        "preferred_username",
                        username,
                        "groups",
                        List.of(groups)),
                true);
        return put(someone);
    }

    public Someone put(Someone someone) {
        people.put(someone.subject(), someone);
        return someone;
    }

    public void switchOff(String subject) {
        people.computeIfPresent(subject, (_, one) -> new Someone(subject, one.claims(), false));
    }

    void rotateKey() {
        key = newKey();
    }

    public void tamper(UnaryOperator<JWTClaimsSet> change) {
        tampering = change;
    }

    void sign(Signing how) {
        signing = how;
    }

    void goDown(boolean isDown) {
        down = isDown;
    }

    void groupsInUserInfoOnly() {
        groupsInUserInfoOnly = true;
    }

    /// Makes access tokens of JWTs for this client.
    ///
    /// @param change what else they say
    void signAccessTokens(UnaryOperator<JWTClaimsSet.Builder> change) {
        signsAccessTokens = true;
        accessToken = change;
    }

    public void sendNoRefreshTokens() {
        sendsRefreshTokens = false;
    }

    /// Publishes other keys before its own.
    void publish(List<Map<String, Object>> keys) {
        otherKeys = keys;
    }

    /// Adds to its discovery document.
    void describe(Map<String, Object> more) {
        description = more;
    }

    /// Adds to its own key.
    void addToKey(Map<String, Object> more) {
        keyParts = more;
    }

    /// Adds to what it answers with tokens.
    void addToTokens(Map<String, Object> more) {
        tokenParts = more;
    }

    /// Answers so in place of tokens.
    void refuseTokens(int status, String type, String body) {
        refusal = Optional.of(new Refusal(status, type, body));
    }

    /// Names a key in tokens that it doesn’t publish.
    void nameAnotherKey() {
        keyParts = Map.of("kid", "another");
    }

    void nameNoKeys() {
        namesKeys = false;
    }

    /// Names the certificate of its key in tokens, which it doesn’t publish.
    void nameCertificates() {
        namesCertificates = true;
    }

    void answerUserInfo(int status) {
        userInfoStatus = status;
    }

    void signUserInfo() {
        signsUserInfo = true;
    }

    /// How often it was asked about a person who had signed in.
    int renewals() {
        return renewals.get();
    }

    int userInfosRead() {
        return userInfosRead.get();
    }

    int keySetsRead() {
        return keySetsRead.get();
    }

    /// Signs a person in, as the provider’s page would, and returns where the browser is sent back.
    public URI signIn(URI asked, String subject) {
        Map<String, List<String>> query = URLUtils.parseParameters(asked.getRawQuery());
        if (!asked.toString().startsWith(issuer() + "/auth?")
                || !only(query, "response_type").equals("code")
                || !only(query, "code_challenge_method").equals("S256")
                || !only(query, "client_id").equals(CLIENT)
                || !only(query, "scope").contains("openid")) {
            throw new AssertionError("Not a request that a provider accepts: " + asked);
        }
        String code = Digests.newToken();
        String redirect = only(query, "redirect_uri");
        codes.put(code, new Code(subject, redirect, only(query, "code_challenge"), only(query, "nonce")));
        return URI.create(redirect + "?code=" + code + "&state=" + TestClient.encode(only(query, "state")));
    }

    /// Returns a message that a person has signed out.
    public String logoutToken(String subject) {
        return logoutToken(claims -> claims.subject(subject));
    }

    /// Returns one that names the session alone.
    String logoutTokenOf(String session) {
        return logoutToken(claims -> claims.claim("sid", session));
    }

    private String logoutToken(UnaryOperator<JWTClaimsSet.Builder> who) {
        var claims = who.apply(new JWTClaimsSet.Builder())
                .issuer(issuer())
                .audience(CLIENT)
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                .build();
        return signed(claims, "logout+jwt");
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replace("/realms/office", "");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (down) {
                answer(exchange, 503, Map.of());
                return;
            }
            switch (path) {
                case "/.well-known/openid-configuration" -> answer(exchange, 200, discovery());
                case "/keys" -> {
                    keySetsRead.incrementAndGet();
                    answer(exchange, 200, Map.of("keys", published()));
                }
                case "/token" -> {
                    if (refusal.isEmpty()) {
                        token(exchange, body);
                    } else {
                        Refusal said = refusal.get();
                        answer(exchange, said.status(), said.type(), said.body().getBytes(StandardCharsets.UTF_8));
                    }
                }
                case "/userinfo" -> userInfo(exchange);
                default -> answer(exchange, 404, Map.of());
            }
        }
    }

    private List<Map<String, Object>> published() {
        var all = new ArrayList<>(otherKeys);
        Map<String, Object> own = new HashMap<>(key.toPublicJWK().toJSONObject());
        own.putAll(keyParts);
        if (!namesKeys) {
            own.remove("kid");
        }
        all.add(own);
        KeyPair pair = edwards.get(signing);
        if (pair != null) {
            byte[] encoded = pair.getPublic().getEncoded();
            int length = signing == Signing.ED448 ? 57 : 32;
            byte[] last = Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
            all.add(Map.of(
                    "kty",
                    "OKP",
                    "crv",
                    ((EdECPublicKey) pair.getPublic()).getParams().getName(),
                    "use",
                    "sig",
                    "x",
                    Base64URL.encode(last).toString()));
        }
        return all;
    }

    private Map<String, Object> discovery() {
        var found = new HashMap<String, Object>(Map.of(
                "issuer",
                issuer(),
                "authorization_endpoint",
                issuer() + "/auth",
                "token_endpoint",
                issuer() + "/token",
                "jwks_uri",
                issuer() + "/keys",
                "end_session_endpoint",
                issuer() + "/logout",
                "response_types_supported",
                List.of("code"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("RS256")));
        if (hasUserInfo) {
            found.put("userinfo_endpoint", issuer() + "/userinfo");
        }
        found.putAll(description);
        return found;
    }

    private void token(HttpExchange exchange, String body) throws IOException {
        Map<String, List<String>> form = URLUtils.parseParameters(body);
        String basic = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        String expected =
                "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        if (!basic.equals(expected)) {
            String sent = new String(Base64.getDecoder().decode(basic.replace("Basic ", "")), StandardCharsets.UTF_8);
            answer(
                    exchange,
                    401,
                    Map.of("error", "invalid_client", "error_description", "Not the secret of this client: " + sent));
            return;
        }
        Optional<String> subject;
        String nonce = "";
        if (only(form, "grant_type").equals("authorization_code")) {
            Optional<Code> code = Optional.ofNullable(codes.remove(only(form, "code")));
            boolean isRight = code.filter(found -> found.redirect().equals(only(form, "redirect_uri"))
                            && CodeChallenge.compute(
                                            CodeChallengeMethod.S256, new CodeVerifier(only(form, "code_verifier")))
                                    .getValue()
                                    .equals(found.challenge()))
                    .isPresent();
            subject = code.filter(_ -> isRight).map(Code::subject);
            nonce = code.map(Code::nonce).orElse("");
        } else {
            renewals.incrementAndGet();
            subject = Optional.ofNullable(refreshTokens.remove(only(form, "refresh_token")));
        }
        Optional<Someone> someone = subject.map(people::get).filter(Someone::isActive);
        if (someone.isEmpty()) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        answer(exchange, 200, tokens(someone.get(), nonce));
    }

    private Map<String, Object> tokens(Someone someone, String nonce) {
        String access = signsAccessTokens ? accessToken(someone.subject()) : Digests.newToken();
        accessTokens.put(access, someone.subject());
        var tokens = new HashMap<String, Object>(Map.of(
                "access_token", access, "token_type", "Bearer", "expires_in", 60, "id_token", idToken(someone, nonce)));
        if (sendsRefreshTokens) {
            String refresh = Digests.newToken();
            refreshTokens.put(refresh, someone.subject());
            tokens.put("refresh_token", refresh);
        }
        tokens.putAll(tokenParts);
        return tokens;
    }

    private String accessToken(String subject) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("account")
                .subject(subject)
                .claim("azp", CLIENT)
                .jwtID(UUID.randomUUID().toString());
        return signed(accessToken.apply(claims).build(), "JWT");
    }

    private String idToken(Someone someone, String nonce) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .subject(someone.subject())
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        if (!nonce.isEmpty()) {
            claims.claim("nonce", nonce);
        }
        someone.claims().forEach((name, value) -> {
            if (!groupsInUserInfoOnly || !name.equals("groups")) {
                claims.claim(name, value);
            }
        });
        JWTClaimsSet set = tampering.apply(claims.build());
        return signing == Signing.NONE ? new PlainJWT(set).serialize() : signed(set, "JWT");
    }

    private String signed(JWTClaimsSet claims, String type) {
        var header = new JWSHeader.Builder(
                        switch (signing) {
                            case SHARED_SECRET -> JWSAlgorithm.HS256;
                            case ED25519, ED448 -> JWSAlgorithm.EdDSA;
                            case RIGHT, NONE, FOREIGN_KEY -> JWSAlgorithm.RS256;
                        })
                .type(new JOSEObjectType(type));
        KeyPair pair = edwards.get(signing);
        if (namesKeys && pair == null) {
            header.keyID(key.getKeyID());
        }
        if (namesCertificates) {
            header.x509CertSHA256Thumbprint(Base64URL.encode(new byte[32]));
        }
        var token = new SignedJWT(header.build(), claims);
        try {
            if (pair != null) {
                var signer = Signature.getInstance("EdDSA");
                signer.initSign(pair.getPrivate());
                signer.update(token.getSigningInput());
                String unsigned = new String(token.getSigningInput(), StandardCharsets.US_ASCII);
                return unsigned + "." + Base64URL.encode(signer.sign());
            }
            token.sign(
                    signing == Signing.SHARED_SECRET
                            ? new MACSigner(SECRET.repeat(2))
                            : new RSASSASigner(signing == Signing.FOREIGN_KEY ? newKey() : key));
            return token.serialize();
        } catch (JOSEException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void userInfo(HttpExchange exchange) throws IOException {
        String bearer = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
        Optional<Someone> someone =
                Optional.ofNullable(accessTokens.get(bearer)).map(people::get);
        userInfosRead.incrementAndGet();
        if (someone.isEmpty() || userInfoStatus != 200) {
            answer(exchange, someone.isEmpty() ? 401 : userInfoStatus, Map.of());
            return;
        }
        var claims = new HashMap<>(someone.get().claims());
        claims.putIfAbsent("sub", someone.get().subject());
        if (signsUserInfo) {
            var set = new JWTClaimsSet.Builder().issuer(issuer()).audience(CLIENT);
            claims.forEach(set::claim);
            answer(
                    exchange,
                    200,
                    "application/jwt",
                    signed(tampering.apply(set.build()), "JWT").getBytes(StandardCharsets.US_ASCII));
            return;
        }
        answer(exchange, 200, claims);
    }

    private static void answer(HttpExchange exchange, int status, Object json) throws IOException {
        answer(exchange, status, "application/json", TestClient.JSON.writeValueAsBytes(json));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static String only(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of("")).getFirst();
    }
}
