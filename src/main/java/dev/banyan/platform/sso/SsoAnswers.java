package dev.banyan.platform.sso;

import module java.base;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.secrets.SentSecrets;
import dev.banyan.platform.sso.ProviderSignIn.Begun;
import dev.banyan.platform.sso.ProviderSignIn.Returned;
import dev.banyan.platform.sso.SamlProvider.Leaving;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.SetCookie;
import dev.banyan.platform.web.page.FormProblem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Redirects to a provider and reads what comes back. A cookie ties a sign-in to the browser that began it; its `name`
/// tells places to sign in apart.
@Singleton
public record SsoAnswers(Settings settings, SamlKeys keys) {

    public static final FormProblem EXPIRED =
            new FormProblem("This sign-in has expired or was already used.", "Sign in again.");

    private String cookie(String name) {
        return (settings.isHttps() ? "__Host-" : "") + "banyan_sso" + name;
    }

    /// Returns the cookie of an earlier attempt, which may still be open in another tab.
    public Optional<String> browser(Call call, String name) {
        return call.cookie(cookie(name));
    }

    /// Ends what a provider says is over.
    public interface SignOut {
        void by(JWT token) throws ProviderTrouble;
    }

    /// Answers a provider that tells that a person signed out there (OpenID Connect Back-Channel Logout, 2.8).
    public static Response signedOut(String token, SignOut ends) {
        int status = 200;
        try {
            ends.by(JWTParser.parse(token));
        } catch (ParseException | ProviderTrouble _) {
            status = 400;
        }
        return Response.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /// Leads to the provider.
    ///
    /// @param page holds the form for a provider that wants to be asked with one
    public Response leave(Begun.Done begun, String name, Function<Leaving, Response> page) {
        Leaving to = begun.to();
        Response.ResponseBuilder leading = to.fields().isEmpty()
                ? Response.status(Response.Status.SEE_OTHER)
                        .header(HttpHeaders.LOCATION, to.provider().toASCIIString())
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                : Response.fromResponse(page.apply(to)).header("Content-Security-Policy", policy(to.provider()));
        return leading.header(
                        HttpHeaders.SET_COOKIE,
                        SetCookie.of(cookie(name), begun.browser(), ProviderSignIn.ATTEMPT, settings.isHttps()))
                .build();
    }

    /// Lets a page post its form to this provider, and nowhere else.
    private static String policy(URI provider) {
        return "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; form-action "
                + SentSecrets.origin(provider) + "; base-uri 'none'; frame-ancestors 'none'";
    }

    /// @param words the provider’s own
    public static FormProblem cancelled(Optional<String> words) {
        return new FormProblem(
                "You weren’t signed in at your provider.",
                words.map(said -> "It says: “" + said + "”. ").orElse("") + "Sign in again.");
    }

    public Returned returned(Call call, String name) {
        return new Returned(
                call.query("state"),
                call.query("code"),
                call.query("error").map(error -> ProviderTrouble.words(error, call.query("error_description"))),
                call.query("iss"),
                browser(call, name));
    }

    /// What a SAML provider must know about us.
    ///
    /// @param provider that is set up
    public Response metadata(SamlService us, Optional<SsoProvider> provider) {
        boolean signs = provider.filter(found -> found instanceof SsoProvider.Saml saml
                        && saml.metadata().wantsSigned())
                .isPresent();
        return Response.ok(us.metadata(keys.current().certificate(), signs))
                .type("application/samlmetadata+xml")
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    public static int status(ProviderTrouble why) {
        return why.kind() == ProviderTrouble.Kind.REFUSED ? 403 : 502;
    }
}
