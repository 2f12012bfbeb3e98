package dev.banyan.pages.visitor;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.accounts.domains.HostFilter;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkAddresses;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkKind;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.LinkStyle;
import dev.banyan.pages.SocialIcon;
import dev.banyan.pages.visitor.PublicPage.PublicLink;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.Language;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.ReadyBytes;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.QrPicture;
import dev.banyan.themes.Picture;
import jakarta.inject.Singleton;

/// Renders public pages. Read only: doesn't know sessions, and shares no template with the signed-in pages. User input
/// never gets into a stylesheet, and is escaped by the templates.
@Exempt(from = "onlyPagesDraw", because = "renders public pages once, to keep them as bytes")
@Singleton
record PageDrawing(Settings settings, ObjectMapper json) {

    private static final String TYPE = "text/html; charset=utf-8";
    private static final Pattern WAY_OUT = Pattern.compile("(?i)(https?://|mailto:)[^\\s\"<>\\\\]+");
    private static final Pattern EMOJI = Pattern.compile("[\\p{IsEmoji}\\p{M}\\x{200D}\\x{FE0F}&&[^0-9#*]]{1,14}");

    private static final String AWAY = "This page is temporarily unavailable";
    private static final String LATER = "Please try again later.";
    private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");

    ReadyBytes page(PublicContent content) {
        var page = new PublicPage(
                head(content),
                content.look(),
                content.bio(),
                content.account().username(),
                avatar(content).initials(),
                content.icons().stream()
                        .filter(icon -> leadsOut(icon.url()))
                        .map(icon -> new PublicPage.Icon(
                                icon.url(),
                                content.language().say(PageIcons.label(icon.platform())),
                                PageIcons.drawing(icon.platform())))
                        .toList(),
                content.button()
                        .map(button -> new PublicPage.MessageUs(button.page().toString(), button.label())),
                content.links().parts().stream()
                        .map(part -> part(content.language(), part))
                        .toList(),
                Optional.of(content).filter(shown -> shown.appearance().share()).map(this::share),
                !content.hidesFooter(),
                content.managedBy().map(name -> "@" + name),
                content.language());
        return answer(200, page.render(), content.look(), "no-cache", "'none'");
    }

    private PublicPage.Share share(PublicContent content) {
        String url = content.url(settings.baseUrl());
        String text = URLEncoder.encode(url, StandardCharsets.UTF_8);
        String title =
                URLEncoder.encode(content.title(), StandardCharsets.UTF_8).replace("+", "%20");
        return new PublicPage.Share(
                url, QrPicture.of(url), "mailto:?subject=" + title + "&body=" + text, "https://wa.me/?text=" + text);
    }

    static Avatar avatar(PublicContent content) {
        return Avatar.of(content.title(), content.account().username());
    }

    private static PublicPage.Part part(Language language, VisibleLinks.Part part) {
        return switch (part) {
            case VisibleLinks.Part.Single(Link link) ->
                new PublicPage.Part(Optional.of(link(language, link)), "", Optional.empty(), false, List.of());
            case VisibleLinks.Part.Grouped(LinkGroup group, List<Link> links) ->
                new PublicPage.Part(
                        Optional.empty(),
                        group.title(),
                        switch (group.layout()) {
                            case STACK -> Optional.empty();
                            case GRID -> Optional.of("grid");
                            case CAROUSEL -> Optional.of("rail");
                        },
                        group.collapsed(),
                        links.stream().map(link -> link(language, link)).toList());
        };
    }

    private static PublicLink link(Language language, Link link) {
        LinkStyle decoration = link.decoration();
        String layout = switch (decoration.layout()) {
            case CLASSIC -> "";
            case FEATURED -> " featured";
            case THUMBNAIL_LEFT -> " left";
            case THUMBNAIL_RIGHT -> " right";
        };
        String animation = decoration.animation() == LinkStyle.Animation.NONE
                ? ""
                : " " + decoration.animation().key();
        boolean image = decoration.thumbnailType().equals(Optional.of(LinkStyle.ThumbnailType.IMAGE));
        Optional<String> picture = decoration.thumbnailImage().map(Picture::pathOf);
        String sign = image || picture.isPresent() || decoration.thumbnail().isEmpty()
                ? decoration.icon()
                : decoration.thumbnail();
        Optional<String> emoji = Optional.of(sign.strip())
                .filter(_ -> picture.isEmpty())
                .filter(text -> EMOJI.matcher(text).matches());
        return new PublicLink(
                link.kind().key(),
                link.group().isPresent(),
                link.id().toString(),
                link.title(),
                link.kind() == LinkKind.TEXT
                        ? link.text()
                        : link.lock()
                                .map(lock -> language.say(note(lock)))
                                .orElseGet(() -> LinkAddresses.shown(link.url())),
                layout + animation + (link.lock().isPresent() ? " locked" : ""),
                picture,
                emoji,
                picture.isPresent() || emoji.isPresent() ? Optional.empty() : PageIcons.known(sign.strip()));
    }

    /// Returns the note shown instead of the host, which is secret until the lock is opened.
    private static String note(LinkLock lock) {
        return switch (lock.type()) {
            case CODE -> "Needs a code";
            case AGE -> "18 or older only";
            case SENSITIVE -> "Sensitive content";
        };
    }

    private static boolean leadsOut(String url) {
        return WAY_OUT.matcher(url).matches();
    }

    private PublicPage.Head head(PublicContent content) {
        String description = content.bio()
                .map(bio -> bio.replaceAll("\\s+", " ").strip())
                .filter(bio -> !bio.isEmpty())
                .orElseGet(() -> content.language().say("%s’s links", content.title()));
        return new PublicPage.Head(
                content.title(),
                description,
                content.url(settings.baseUrl()),
                content.origin(settings.baseUrl()) + PageCards.path(content),
                PageCards.iconPath(content),
                facts(content, description));
    }

    /// Returns the page's structured data (schema.org). No text in it can close the script element.
    private String facts(PublicContent content, String description) {
        String url = content.url(settings.baseUrl());
        var who = new LinkedHashMap<String, Object>();
        who.put("@type", "Organization");
        who.put("name", content.title());
        who.put("alternateName", "@" + content.account().username());
        who.put("description", description);
        who.put("url", url);
        content.look().picture().ifPresent(picture -> who.put("image", content.origin(settings.baseUrl()) + picture));
        List<String> elsewhere = content.icons().stream()
                .map(SocialIcon::url)
                .filter(address -> leadsOut(address) && !address.regionMatches(true, 0, "mailto:", 0, 7))
                .toList();
        if (!elsewhere.isEmpty()) {
            who.put("sameAs", elsewhere);
        }
        var facts = new LinkedHashMap<String, Object>();
        facts.put("@context", "https://schema.org");
        facts.put("@type", "ProfilePage");
        facts.put("url", url);
        facts.put("dateModified", content.page().updatedAt().toString());
        facts.put("mainEntity", who);
        try {
            return json.writeValueAsString(facts)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Texts are always JSON", impossible);
        }
    }

    /// Renders the form of a locked link.
    ///
    /// @param problem why it is shown again
    ReadyBytes locked(int status, PublicContent content, Link link, LinkLock lock, Optional<String> problem) {
        PageStyles look = content.look().beforeLock();
        Language language = content.language();
        String given = lock.message().strip();
        var page = new LockedLinkPage(
                look,
                language,
                PageCards.iconPath(content),
                link.id().toString(),
                language.say("Locked link"),
                link.title(),
                given.isEmpty() ? language.say(usual(lock)) : given,
                lock.type() == LinkLock.Type.CODE,
                language.say(lock.type() == LinkLock.Type.AGE ? "I’m 18 or older" : "Open link"),
                problem.map(language::say),
                content.path(),
                "@" + content.account().username());
        // Browsers check redirects after a form against form-action. It names no host, because the target of the link
        // must not be revealed here.
        return answer(status, page.render(), look, "no-store", "'self' https: http:");
    }

    /// Returns what a lock says without a message of its own.
    private static String usual(LinkLock lock) {
        return switch (lock.type()) {
            case CODE -> "Enter the code first.";
            case AGE -> "You must be 18 or older to open this link.";
            case SENSITIVE -> "This link may show sensitive content.";
        };
    }

    /// Renders the way to an app of the visitor's device. Browsers that refuse to open one from a redirect show the
    /// page, whose button opens it.
    ReadyBytes contact(PublicContent content, Link link) {
        PageStyles look = content.look().beforeLock();
        var page = new ContactLinkPage(
                look,
                content.language(),
                PageCards.iconPath(content),
                link.title(),
                LinkAddresses.shown(link.url()),
                link.url(),
                content.language().say(LinkAddresses.verb(link.url())),
                content.path(),
                "@" + content.account().username());
        return answer(200, page.render(), look, "no-store", "'none'");
    }

    ReadyBytes unknown(Language language) {
        return missing(
                404,
                language,
                "Page not found",
                "Check the address. The page may also have been removed.",
                true,
                Map.of());
    }

    /// Says nothing of this server at a host that isn't ours.
    ReadyBytes nothing(HostFilter.Nothing why, Language language) {
        return switch (why) {
            case UNKNOWN_PATH -> unknown(language);
            case UNKNOWN_HOST -> missing(404, language, "Page not found", "Check the address.", false, NOT_KEPT);
            case AWAY -> missing(404, language, AWAY, LATER, false, NOT_KEPT);
        };
    }

    /// Not cached, because the link is about to be mended.
    ReadyBytes loop(Language language) {
        return missing(
                404,
                language,
                "This link leads back to itself",
                "Ask its sender to change its destination.",
                true,
                NOT_KEPT);
    }

    ReadyBytes unavailable(Language language) {
        return missing(404, language, AWAY, LATER, true, Map.of());
    }

    /// Not cached, so that it disappears after the upgrade.
    ReadyBytes notInPlan(Language language) {
        return missing(403, language, "This page isn’t available right now", LATER, true, NOT_KEPT);
    }

    /// Not cached, because a number may become available at any moment.
    ReadyBytes unreachable(Language language) {
        return missing(
                503,
                language,
                "We can’t take messages right now",
                "Please try again in a few minutes.",
                true,
                Map.of("Cache-Control", "no-store", "Retry-After", "120"));
    }

    private static ReadyBytes missing(
            int status, Language language, String title, String text, boolean isSigned, Map<String, String> more) {
        PageStyles look = PageStyles.NOBODY;
        String html = new PublicMissingPage(
                        language, language.say(title), language.say(text), look.style(), isSigned, Optional.empty())
                .render();
        return answer(status, html, look, "no-cache", "'none'", more);
    }

    private static ReadyBytes answer(int status, String html, PageStyles look, String caching, String forms) {
        return answer(status, html, look, caching, forms, Map.of());
    }

    private static ReadyBytes answer(
            int status, String html, PageStyles look, String caching, String forms, Map<String, String> more) {
        // The required rules are known only after rendering.
        String style = look.styleFor(html.substring(html.indexOf("<body")));
        var headers = new HashMap<>(headers(look, style, caching, forms));
        headers.putAll(more);
        byte[] bytes = html.replace(look.style(), style).getBytes(StandardCharsets.UTF_8);
        return ReadyBytes.of(status, TYPE, bytes, headers);
    }

    /// @param caching `no-cache` means: may be stored but must be revalidated, so that a change shows at once
    private static Map<String, String> headers(PageStyles look, String style, String caching, String forms) {
        String hash = Base64.getEncoder().encodeToString(Digests.sha256(style.getBytes(StandardCharsets.UTF_8)));
        return Map.of(
                "Cache-Control",
                caching,
                "Content-Security-Policy",
                "default-src 'none'; style-src 'sha256-" + hash + "'; img-src 'self' data:"
                        + (look.style().contains("@font-face") ? "; font-src 'self'" : "")
                        + (look.film().isPresent() ? "; media-src 'self'" : "")
                        // No script runs, so nothing connects; but Lighthouse reads robots.txt from within the page.
                        + "; connect-src 'self'; base-uri 'none'; form-action " + forms + "; frame-ancestors 'self'",
                "X-Content-Type-Options",
                "nosniff",
                "Referrer-Policy",
                "strict-origin-when-cross-origin");
    }
}
