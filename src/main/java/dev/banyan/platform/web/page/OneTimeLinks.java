package dev.banyan.platform.web.page;

import module java.base;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.mail.ServerMail;
import dev.banyan.platform.web.Call;
import dev.banyan.platform.web.SetCookie;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Carries a link from the form that made it to the page that shows it: in a cookie of the person who made it, which
/// that page deletes. So the form can redirect, and reloading the page repeats nothing.
@Singleton
public record OneTimeLinks(Settings settings, ServerMail serverMail) {

    private static final String NAME = "banyan_link";
    private static final Duration LIFE = Duration.ofMinutes(2);
    private static final int PARTS = 4;

    /// Returns true if this server sends email. Otherwise every link that would be mailed is shown instead.
    public boolean mailing() {
        return serverMail.isConnected();
    }

    /// Adds the link to a redirect.
    ///
    /// @param place the path of the page that shows it, without a query
    public Response with(Response redirect, String place, OneTimeLink.Kind kind, String recipient, String url) {
        String text = String.join("\n", place, kind.name(), recipient, url);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return Response.fromResponse(redirect)
                .header(HttpHeaders.SET_COOKIE, SetCookie.of(name(), value, LIFE, settings.isHttps()))
                .build();
    }

    /// Returns the link to show on this page.
    ///
    /// @param place the path of the page
    public Optional<OneTimeLink> of(Call call, String place) {
        return Optional.ofNullable(call.routing().request().getCookie(name()))
                .flatMap(cookie -> read(cookie.getValue(), place));
    }

    private Optional<OneTimeLink> read(String value, String place) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8).split("\n", -1);
            // Only our own addresses: another host of the same domain could have planted the cookie.
            return parts.length == PARTS && parts[0].equals(place) && parts[3].startsWith(settings.baseUrl() + "/")
                    ? Optional.of(new OneTimeLink(OneTimeLink.Kind.valueOf(parts[1]), parts[2], parts[3], mailing()))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Deletes the cookie after the page has shown its link.
    public Response shown(Optional<OneTimeLink> link, Response page) {
        return link.isEmpty()
                ? page
                : Response.fromResponse(page)
                        .header(HttpHeaders.SET_COOKIE, SetCookie.gone(name(), settings.isHttps()))
                        .build();
    }

    private String name() {
        return settings.isHttps() ? "__Host-" + NAME : NAME;
    }
}
