package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoSuccessResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenClaimsVerifier;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import dev.banyan.platform.sso.ProviderTrouble.Kind;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One OpenID provider with one client of ours: what is sent to it, and the checks of what it answers.
public final class OidcProvider {

    private static final String TOKENS = "The provider’s token answer";
    private static final int SKEW_SECONDS = 60;
    private static final int LONGEST_SUBJECT = 255;
    private static final String NO_LONGER = "The provider no longer accepts this sign-in.";
    private static final String BAD_GRANT = "invalid_grant";
    private static final int UNAUTHORIZED = 401;
    private static final Set<String> TOKEN_NAMES = Set.of("access_token", "id_token", "refresh_token");
    /// RFC 9068.
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private static final String USER_INFO = "The provider’s user info";
    private static final Logger LOG = Logger.getLogger(OidcProvider.class);

    /// What the browser brings back, and by what it is known.
    public record Answer(String code, Optional<String> issuer) {}

    /// The secrets of one sign-in, which the browser doesn’t see.
    public record Secrets(String nonce, String verifier) {

        public static Secrets fresh() {
            return new Secrets(new Nonce().getValue(), new CodeVerifier().getValue());
        }
    }

    /// Whom the provider named.
    ///
    /// @param refreshToken by which it is asked again
    /// @param unsaid why the user info wasn’t read, as a sentence; empty if it wasn’t needed
    public record SignedIn(SsoPerson person, String idToken, Optional<String> refreshToken, Optional<String> unsaid) {}

    private record Named(SsoPerson person, Optional<String> unsaid) {}

    private final OidcDocuments documents;
    private final ProviderHttp http;
    private final SsoProvider.Oidc settings;
    private final Optional<String> secret;

    public OidcProvider(
            OidcDocuments documents, ProviderHttp http, SsoProvider.Oidc settings, Optional<String> secret) {
        this.documents = documents;
        this.http = http;
        this.settings = settings;
        this.secret = secret;
    }

    private ClientID client() {
        return new ClientID(settings.clientId());
    }

    private OIDCProviderMetadata metadata() throws ProviderTrouble {
        return documents.metadata(settings.issuer());
    }

    /// Returns where the browser is sent.
    public URI signInAddress(URI redirect, String state, Secrets secrets) throws ProviderTrouble {
        return new AuthenticationRequest.Builder(
                        new ResponseType("code"), Scope.parse(settings.scopes()), client(), redirect)
                .endpointURI(metadata().getAuthorizationEndpointURI())
                .state(new State(state))
                .nonce(new Nonce(secrets.nonce()))
                .codeChallenge(new CodeVerifier(secrets.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /// Exchanges the code, and checks whom the provider names.
    public SignedIn signIn(Answer answer, URI redirect, Secrets secrets) throws ProviderTrouble {
        if (answer.issuer().filter(issuer -> !issuer.equals(settings.issuer())).isPresent()) {
            throw refused("The answer is of another provider.");
        }
        Tokens tokens = tokens(new AuthorizationCodeGrant(
                new AuthorizationCode(answer.code()), redirect, new CodeVerifier(secrets.verifier())));
        JWT idToken =
                idToken(tokens).orElseThrow(() -> new ProviderTrouble(Kind.SETUP, TOKENS + " holds no ID token."));
        ClaimsSet claims = checked(idToken, Optional.of(secrets.nonce()));
        Named named = person(claims, tokens.getAccessToken());
        return new SignedIn(named.person(), idToken.getParsedString(), refreshToken(tokens), named.unsaid());
    }

    /// Asks whether the person may still be in, and in which groups.
    ///
    /// @param before the ID token until now
    public SignedIn renew(String refreshToken, String subject, String before) throws ProviderTrouble {
        Tokens tokens = tokens(new RefreshTokenGrant(new RefreshToken(refreshToken)));
        Optional<JWT> idToken = idToken(tokens);
        // Providers need not send an ID token again; then the person is asked for.
        ClaimsSet claims =
                idToken.isPresent() ? checked(idToken.get(), Optional.empty()) : userInfo(tokens.getAccessToken());
        Named named = person(claims, tokens.getAccessToken());
        if (!named.person().subject().equals(subject)) {
            throw refused("The provider answered about another person.");
        }
        String now = idToken.map(JWT::getParsedString).orElse(before);
        return new SignedIn(named.person(), now, refreshToken(tokens), named.unsaid());
    }

    /// Returns where the browser is sent to sign out there; empty if the provider has no such address.
    public Optional<URI> signOutAddress(String idToken, URI back) throws ProviderTrouble {
        Optional<URI> end = Optional.ofNullable(metadata().getEndSessionEndpointURI());
        if (end.isEmpty()) {
            return Optional.empty();
        }
        try {
            JWT hint = com.nimbusds.jwt.JWTParser.parse(idToken);
            return Optional.of(new LogoutRequest(end.get(), hint, "", client(), back, null, null).toURI());
        } catch (java.text.ParseException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Checks the provider’s message that somebody has signed out there.
    public LogoutTokenClaimsSet signedOut(JWT logoutToken) throws ProviderTrouble {
        String what = "logout token";
        var rules = new LogoutTokenClaimsVerifier(issuer(), client());
        JWTClaimsSet claims =
                signed(what, logoutToken, types(JOSEObjectType.JWT, LogoutTokenValidator.TYPE), rules::verify);
        try {
            return new LogoutTokenClaimsSet(claims);
        } catch (ParseException failure) {
            throw refused("The provider’s " + what + " isn’t valid: " + failure.getMessage());
        }
    }

    private Issuer issuer() {
        return new Issuer(settings.issuer());
    }

    private ClaimsSet checked(JWT idToken, Optional<String> nonce) throws ProviderTrouble {
        String what = "ID token";
        var rules = new IDTokenClaimsVerifier(
                issuer(), client(), nonce.map(Nonce::new).orElse(null), SKEW_SECONDS);
        JWTClaimsSet claims = signed(what, idToken, types(JOSEObjectType.JWT), rules::verify);
        try {
            return new IDTokenClaimsSet(claims);
        } catch (ParseException failure) {
            throw refused("The provider’s " + what + " isn’t valid: " + failure.getMessage());
        }
    }

    private JWTClaimsSet signed(
            String what,
            JWT token,
            JOSEObjectTypeVerifier<SecurityContext> types,
            JWTClaimsSetVerifier<SecurityContext> claims)
            throws ProviderTrouble {
        return new SignedTokens(documents, metadata()).checked(what, token, types, claims);
    }

    /// Takes tokens of these types, and those that name none.
    private static JOSEObjectTypeVerifier<SecurityContext> types(JOSEObjectType... known) {
        return (type, _) -> {
            if (type != null && !List.of(known).contains(type)) {
                throw new BadJOSEException("It is of the type " + type);
            }
        };
    }

    private Tokens tokens(AuthorizationGrant grant) throws ProviderTrouble {
        TokenResponse answer = answer(grant);
        if (answer.indicatesSuccess()) {
            return answer.toSuccessResponse().getTokens();
        }
        ErrorObject error = answer.toErrorResponse().getErrorObject();
        throw code(error).equals(BAD_GRANT)
                ? new ProviderTrouble(Kind.REFUSED, NO_LONGER, words(error))
                : new ProviderTrouble(
                        Kind.SETUP,
                        isOfClient(error)
                                ? "The provider doesn’t accept the client id or its secret."
                                : "The provider answered “" + code(error) + "” when asked for tokens.",
                        words(error));
    }

    private TokenResponse answer(AuthorizationGrant grant) throws ProviderTrouble {
        OIDCProviderMetadata provider = metadata();
        URI address = provider.getTokenEndpointURI();
        TokenRequest request = authentication(provider)
                .map(known -> new TokenRequest.Builder(address, known, grant))
                .orElseGet(() -> new TokenRequest.Builder(address, client(), grant))
                .build();
        HTTPResponse answer = http.send(request.toHTTPRequest(), TOKENS);
        int status = answer.getStatusCode();
        var missing = new ProviderTrouble(kind(status), TOKENS + " is missing: it answered " + status + ".");
        if (missing.kind() == Kind.UNAVAILABLE) {
            throw missing;
        }
        try {
            TokenResponse parsed = OIDCTokenResponseParser.parse(status == 200 ? tokens(answer) : answer);
            if (parsed instanceof TokenErrorResponse failed && !isError(failed.getErrorObject())) {
                throw missing;
            }
            return parsed;
        } catch (ParseException | java.text.ParseException failure) {
            throw ProviderHttp.malformed(TOKENS, failure);
        }
    }

    /// Returns the same answer without what isn’t needed of it.
    private static HTTPResponse tokens(HTTPResponse answer) throws java.text.ParseException {
        var tokens = new HTTPResponse(answer.getStatusCode());
        tokens.setHeader("Content-Type", "application/json");
        Map<String, Object> needed = OidcDocuments.texts(JSONObjectUtils.parse(answer.getBody()), TOKEN_NAMES);
        needed.put("token_type", "Bearer"); // some name none, and we show it nowhere but at the user info
        tokens.setBody(JSONObjectUtils.toJSONString(needed));
        return tokens;
    }

    /// Returns what a status means that isn’t expected.
    private static Kind kind(int status) {
        return status >= 500 || status == 429 ? Kind.UNAVAILABLE : Kind.SETUP;
    }

    /// Whether it is an error of OAuth, and not the page of something that doesn’t speak it.
    private static boolean isError(@Nullable ErrorObject error) {
        return error != null && (error.getCode() != null || error.getHTTPStatusCode() == UNAUTHORIZED);
    }

    /// Asks for tokens with a code that it never gave, to see whether it knows the client.
    ///
    /// @return what was found, as a sentence
    String checkClient(URI redirect) throws ProviderTrouble {
        TokenResponse answer =
                answer(new AuthorizationCodeGrant(new AuthorizationCode("banyan-test"), redirect, new CodeVerifier()));
        if (answer.indicatesSuccess()) {
            return "The provider gave tokens for a code that doesn’t exist.";
        }
        ErrorObject error = answer.toErrorResponse().getErrorObject();
        if (isOfClient(error)) {
            throw new ProviderTrouble(
                    Kind.SETUP, "The provider doesn’t accept the client ID or its secret. It says: " + words(error));
        }
        return code(error).equals(BAD_GRANT)
                ? "The provider has no objection to the client ID and its secret."
                : "The client secret couldn’t be checked. The provider says: " + words(error);
    }

    /// At this address, only clients are asked who they are. Auth0 has another code for a wrong secret.
    private static boolean isOfClient(ErrorObject error) {
        return List.of("invalid_client", "unauthorized_client", "invalid_client_id")
                        .contains(code(error))
                || error.getHTTPStatusCode() == UNAUTHORIZED && !code(error).equals(BAD_GRANT);
    }

    private static String code(ErrorObject error) {
        return Optional.ofNullable(error.getCode()).orElse("401");
    }

    private String words(ErrorObject error) {
        return ProviderTrouble.words(
                code(error), Optional.ofNullable(error.getDescription()).map(this::withoutSecret));
    }

    /// Some providers repeat what they were sent.
    private String withoutSecret(String text) {
        return secret.filter(own -> !own.isEmpty())
                .map(own -> text.replace(own, "…"))
                .orElse(text);
    }

    private Optional<ClientAuthentication> authentication(OIDCProviderMetadata provider) {
        return secret.map(Secret::new).map(known -> {
            var methods = Optional.ofNullable(provider.getTokenEndpointAuthMethods());
            boolean inBody = methods.filter(all -> !all.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            && all.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST))
                    .isPresent();
            return inBody ? new ClientSecretPost(client(), known) : new ClientSecretBasic(client(), known);
        });
    }

    private static Optional<JWT> idToken(Tokens tokens) {
        return tokens instanceof com.nimbusds.openid.connect.sdk.token.OIDCTokens oidc
                ? Optional.ofNullable(oidc.getIDToken())
                : Optional.empty();
    }

    private static Optional<String> refreshToken(Tokens tokens) {
        return Optional.ofNullable(tokens.getRefreshToken()).map(RefreshToken::getValue);
    }

    private ClaimsSet userInfo(AccessToken token) throws ProviderTrouble {
        URI address = metadata().getUserInfoEndpointURI();
        if (address == null) {
            throw new ProviderTrouble(Kind.SETUP, "The provider sends no ID token and has no user info.");
        }
        HTTPResponse answer = http.send(new UserInfoRequest(address, token).toHTTPRequest(), USER_INFO);
        int status = answer.getStatusCode();
        if (status != 200) {
            throw new ProviderTrouble(
                    status == UNAUTHORIZED ? Kind.REFUSED : kind(status),
                    USER_INFO + " can’t be read: it answered " + status + ".");
        }
        try {
            UserInfoSuccessResponse parsed = UserInfoSuccessResponse.parse(answer);
            return parsed.getUserInfo() == null ? signedUserInfo(parsed.getUserInfoJWT()) : parsed.getUserInfo();
        } catch (ParseException | IllegalArgumentException failure) {
            throw new ProviderTrouble(Kind.SETUP, USER_INFO + " isn’t what OpenID Connect expects.", failure);
        }
    }

    /// Some providers sign it. It says for whom it is if they follow the standard; it came from them alone anyway.
    private UserInfo signedUserInfo(JWT token) throws ProviderTrouble {
        if (!(token instanceof SignedJWT)) {
            throw new ProviderTrouble(Kind.SETUP, USER_INFO + " is encrypted, or not signed. Turn that off there.");
        }
        return new UserInfo(signed("user info", token, types(JOSEObjectType.JWT), (claims, _) -> {
            boolean isOfIssuer =
                    claims.getIssuer() == null || claims.getIssuer().equals(settings.issuer());
            boolean isForUs =
                    claims.getAudience().isEmpty() || claims.getAudience().contains(settings.clientId());
            if (!isOfIssuer || !isForUs) {
                throw new BadJWTException("It is of another issuer, or for another client");
            }
        }));
    }

    /// Reads the claims; groups, email and name may be in the user info alone.
    private Named person(ClaimsSet claims, AccessToken token) throws ProviderTrouble {
        String subject = Optional.ofNullable(claims.getStringClaim("sub")).orElse("");
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw refused("The provider names no subject, or one that is too long.");
        }
        var said = new ArrayList<>(List.of(claims));
        Optional<String> unsaid =
                SsoClaims.isComplete(settings, claims) || metadata().getUserInfoEndpointURI() == null
                        ? Optional.empty()
                        : addUserInfo(said, subject, token);
        if (!SsoClaims.nameGroups(settings, said)) {
            ofAccessToken(subject, token).ifPresent(said::add);
        }
        return new Named(SsoClaims.person(settings, subject, said), unsaid);
    }

    /// Asks for what the ID token doesn’t say. It may say enough all the same, so a refusal is no failure yet: Entra ID
    /// refuses tokens that are for other services. ADFS may name another subject, of whom nothing is read.
    ///
    /// @return why it wasn’t read; empty if it was
    private Optional<String> addUserInfo(List<ClaimsSet> said, String subject, AccessToken token)
            throws ProviderTrouble {
        try {
            ClaimsSet more = userInfo(token);
            if (!subject.equals(more.getStringClaim("sub"))) {
                throw refused(USER_INFO + " is of another person.");
            }
            said.add(more);
            return Optional.empty();
        } catch (ProviderTrouble trouble) {
            if (trouble.kind() == Kind.UNAVAILABLE) {
                throw trouble;
            }
            LOG.infof("Single sign-on at %s, without the user info: %s", settings.issuer(), trouble.sentence());
            return Optional.of(trouble.sentence());
        }
    }

    /// Reads an access token that is for this client and person: Keycloak puts roles nowhere else. Most are not for our
    /// eyes, and say nothing then.
    private Optional<ClaimsSet> ofAccessToken(String subject, AccessToken token) throws ProviderTrouble {
        try {
            SignedJWT signed = SignedJWT.parse(token.getValue());
            JWTClaimsSet unproved = signed.getJWTClaimsSet();
            if (!settings.issuer().equals(unproved.getIssuer()) || !subject.equals(unproved.getSubject())) {
                return Optional.empty();
            }
            JWTClaimsSet claims =
                    signed("access token", signed, types(JOSEObjectType.JWT, ACCESS_TOKEN), (found, _) -> {
                        if (!isForUs(found)) {
                            throw new BadJWTException("It is for another client");
                        }
                    });
            return Optional.of(new UserInfo(claims));
        } catch (java.text.ParseException _) {
            return Optional.empty();
        } catch (ProviderTrouble trouble) {
            if (trouble.kind() == Kind.UNAVAILABLE) {
                throw trouble;
            }
            LOG.infof("Single sign-on at %s, without the access token: %s", settings.issuer(), trouble.sentence());
            return Optional.empty();
        }
    }

    private boolean isForUs(JWTClaimsSet claims) {
        return claims.getAudience().contains(settings.clientId())
                || settings.clientId().equals(claims.getClaim("azp"))
                || settings.clientId().equals(claims.getClaim("client_id"));
    }

    private static ProviderTrouble refused(String sentence) {
        return new ProviderTrouble(Kind.REFUSED, sentence);
    }
}
