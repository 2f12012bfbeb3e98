package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.Language;
import dev.banyan.platform.PackedFile;
import dev.banyan.platform.web.page.Html;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/// The pages that visitors see if a short link doesn't redirect: each reason has its own page and status. They are not
/// cached, because the reason may change at any moment.
@Exempt(from = "onlyPagesDraw", because = "renders the pages for visitors of short links, with a policy of its own")
@Singleton
final class VisitorPages {

    private static final String STYLE = PackedFile.text(VisitorPages.class, "visitor.css");
    /// The form's response redirects to the target, and browsers check that against `form-action`, too.
    private static final String POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Digests.sha256(STYLE.getBytes(StandardCharsets.UTF_8)))
            + "'; base-uri 'none'; form-action 'self' http: https:; frame-ancestors 'none'";

    /// When a visitor may try again to reach a number.
    static final Duration BUSY = Duration.ofMinutes(2);

    Response page(Decision decision, Language language) {
        return switch (decision) {
            case Decision.Go _, Decision.Elsewhere _, Decision.Opens _, Decision.Chat _ ->
                throw new IllegalArgumentException("It leads on");
            case Decision.NotFound _ ->
                notice(language, 404, "Link not found", "Check the address. The link may also have been removed.");
            case Decision.Loop _ ->
                notice(language, 404, "This link leads back to itself", "Ask its sender to change its destination.");
            case Decision.Unavailable _ ->
                notice(language, 404, "This link is temporarily unavailable", "Please try again later.");
            case Decision.NotInPlan _ ->
                notice(language, 403, "This link isn’t available right now", "Please try again later.");
            case Decision.Off _ -> notice(language, 410, "This link is turned off", "Ask its sender for a new one.");
            case Decision.NotYet(var start, var zone) ->
                notice(
                        language,
                        404,
                        "This link is not open yet",
                        language.say("It opens on %s.", moment(start, zone, language)));
            case Decision.Ended _ ->
                notice(language, 410, "This link has ended", "It was only open for a limited time.");
            case Decision.Spent _ ->
                notice(
                        language,
                        410,
                        "This link has reached its limit",
                        "It was only open to a limited number of visitors.");
            case Decision.NoNumber _ ->
                Html.retryAfter(
                        BUSY,
                        notice(
                                language,
                                503,
                                "We can’t take messages right now",
                                "Please try again in a few minutes."));
            case Decision.NeedsPassword _ -> password(language, 200, "");
            case Decision.ForPeople _ -> // a chat shows it as the link's preview, but only with status 200
                notice(
                        language,
                        200,
                        "This link has a limited number of visits",
                        "Open it in a browser. Previews don’t count as visits.");
        };
    }

    /// Returns a time as people read it in this language, in the zone of the link, such as "Dec 1, 2026, 09:00
    /// Asia/Dubai".
    private static String moment(Instant instant, ZoneId zone, Language language) {
        return language == Language.ENGLISH
                ? Words.moment(instant, zone)
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                                .withLocale(language.locale())
                                .format(instant.atZone(zone))
                        + " " + Words.nameOf(zone);
    }

    Response wrongPassword(Language language) {
        return password(language, 403, "Wrong password. Try again.");
    }

    Response tooMany(Duration wait, Language language) {
        long minutes = Math.max(1, wait.plusSeconds(59).toMinutes());
        String problem = "Too many attempts. Try again in " + Words.count(minutes, "minute", "minutes") + ".";
        return Html.retryAfter(wait, password(language, 429, problem));
    }

    private static Response notice(Language language, int status, String title, String text) {
        return html(status, new ShortLinkNoticePage(language, language.say(title), language.say(text), STYLE));
    }

    private static Response password(Language language, int status, String error) {
        return html(status, new ShortLinkPasswordPage(language, language.say(error), STYLE));
    }

    private static Response html(int status, TemplateInstance page) {
        return Response.status(status)
                .type("text/html; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "strict-origin-when-cross-origin")
                .header("X-Robots-Tag", "noindex")
                .entity(page.render())
                .build();
    }
}
