package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
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
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import dev.banyan.platform.sso.ProviderTrouble.Kind;

/// One OpenID provider with one client of ours: what is sent to it, and the checks of what it answers.
public final class OidcProvider {

    private static final String TOKENS = "The provider’s token answer";
    private static final int SKEW_SECONDS = 60;
    private static final int LONGEST_SUBJECT = 255;
    /// Signed with a key of the provider. Neither `none` nor a secret that we share.
    private static final Set<JWSAlgorithm> SIGNATURES = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

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
    public record SignedIn(SsoPerson person, String idToken, Optional<String> refreshToken) {}

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
        return new SignedIn(person(claims, tokens.getAccessToken()), idToken.getParsedString(), refreshToken(tokens));
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
        SsoPerson person = person(claims, tokens.getAccessToken());
        if (!person.subject().equals(subject)) {
            throw refused("The provider answered about another person.");
        }
        return new SignedIn(person, idToken.map(JWT::getParsedString).orElse(before), refreshToken(tokens));
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
        try {
            return new LogoutTokenValidator(issuer(), client(), keys(), null).validate(logoutToken);
        } catch (BadJOSEException | JOSEException failure) {
            throw why("logout token", failure);
        }
    }

    private Issuer issuer() {
        return new Issuer(settings.issuer());
    }

    private ClaimsSet checked(JWT idToken, Optional<String> nonce) throws ProviderTrouble {
        var validator = new IDTokenValidator(issuer(), client(), keys(), null);
        validator.setMaxClockSkew(SKEW_SECONDS);
        try {
            return validator.validate(idToken, nonce.map(Nonce::new).orElse(null));
        } catch (BadJOSEException | JOSEException failure) {
            throw why("ID token", failure);
        }
    }

    private static ProviderTrouble why(String token, Exception failure) {
        return failure instanceof KeySourceException && failure.getCause() instanceof ProviderTrouble trouble
                ? trouble
                : new ProviderTrouble(
                        Kind.REFUSED, "The provider’s " + token + " isn’t valid: " + failure.getMessage(), failure);
    }

    private JWSVerificationKeySelector<SecurityContext> keys() throws ProviderTrouble {
        OIDCProviderMetadata provider = metadata();
        return new JWSVerificationKeySelector<>(SIGNATURES, (wanted, _) -> {
            try {
                return documents.keys(provider, wanted);
            } catch (ProviderTrouble trouble) {
                throw new KeySourceException(trouble.sentence(), trouble);
            }
        });
    }

    private Tokens tokens(AuthorizationGrant grant) throws ProviderTrouble {
        OIDCProviderMetadata provider = metadata();
        URI address = provider.getTokenEndpointURI();
        TokenRequest request = authentication(provider)
                .map(known -> new TokenRequest.Builder(address, known, grant))
                .orElseGet(() -> new TokenRequest.Builder(address, client(), grant))
                .build();
        HTTPResponse answer = http.send(request.toHTTPRequest(), TOKENS);
        if (answer.getStatusCode() >= 500) {
            throw new ProviderTrouble(
                    Kind.UNAVAILABLE, TOKENS + " is missing: it answered " + answer.getStatusCode() + ".");
        }
        try {
            var parsed = OIDCTokenResponseParser.parse(answer);
            if (parsed.indicatesSuccess()) {
                return parsed.toSuccessResponse().getTokens();
            }
            throw refusal(parsed.toErrorResponse().getErrorObject());
        } catch (ParseException failure) {
            throw ProviderHttp.malformed(TOKENS, failure);
        }
    }

    private static ProviderTrouble refusal(ErrorObject error) {
        String code = Optional.ofNullable(error).map(ErrorObject::getCode).orElse("an error");
        return code.equals("invalid_grant")
                ? refused("The provider no longer accepts this sign-in.")
                : new ProviderTrouble(
                        Kind.SETUP,
                        code.equals("invalid_client") || code.equals("unauthorized_client")
                                ? "The provider doesn’t accept the client id or its secret."
                                : "The provider answered “" + code + "” when asked for tokens.");
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
        String what = "The provider’s user info";
        URI address = metadata().getUserInfoEndpointURI();
        if (address == null) {
            throw new ProviderTrouble(Kind.SETUP, "The provider sends no ID token and has no user info.");
        }
        HTTPResponse answer = http.send(new UserInfoRequest(address, token).toHTTPRequest(), what);
        try {
            UserInfoResponse parsed = UserInfoResponse.parse(answer);
            if (parsed.indicatesSuccess() && parsed.toSuccessResponse().getUserInfo() != null) {
                return parsed.toSuccessResponse().getUserInfo();
            }
        } catch (ParseException failure) {
            throw ProviderHttp.malformed(what, failure);
        }
        throw answer.getStatusCode() == 401
                ? refused("The provider no longer accepts this sign-in.")
                : new ProviderTrouble(Kind.UNAVAILABLE, what + " can’t be read.");
    }

    /// Reads the claims; groups, email and name may be in the user info alone.
    private SsoPerson person(ClaimsSet claims, AccessToken token) throws ProviderTrouble {
        String subject = Optional.ofNullable(claims.getStringClaim("sub")).orElse("");
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw refused("The provider names no subject, or one that is too long.");
        }
        boolean isComplete = claims.getClaim(settings.groupClaim()) != null && claims.getStringClaim("email") != null;
        if (!isComplete && metadata().getUserInfoEndpointURI() != null) {
            ClaimsSet more = userInfo(token);
            if (!subject.equals(more.getStringClaim("sub"))) {
                throw refused("The provider’s user info is of another person.");
            }
            return SsoClaims.person(settings, subject, List.of(claims, more));
        }
        return SsoClaims.person(settings, subject, List.of(claims));
    }

    private static ProviderTrouble refused(String sentence) {
        return new ProviderTrouble(Kind.REFUSED, sentence);
    }
}
