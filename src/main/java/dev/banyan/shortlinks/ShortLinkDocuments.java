package dev.banyan.shortlinks;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.accounts.signin.ImportedHashes;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Parse;
import dev.banyan.platform.files.UnusableArchive;
import dev.banyan.shortlinks.Routing.Chat;
import dev.banyan.shortlinks.Routing.Utm;
import dev.banyan.shortlinks.Routing.Variant;
import dev.banyan.shortlinks.ShortLinkChange.Patched;
import dev.banyan.shortlinks.ShortLinkChange.TypedRule;

/// How short links look in an archive (docs/exports.md), and how they are read by the rules for what people type.
final class ShortLinkDocuments {

    private static final int LONGEST_ID = 64;
    private static final long MOST_CLICKS = 1_000_000_000_000L;
    private static final UUID NONE = new UUID(0, 0);

    /// @param kind url or whatsapp
    /// @param passwordHash of the password that visitors need; missing without one
    record ShortLinkDocument(
            String id,
            String slug,
            String kind,
            String target,
            String title,
            List<String> tags,
            boolean active,
            long clicks,
            Optional<String> lastClickedAt,
            Optional<String> startsAt,
            Optional<String> endsAt,
            Optional<String> fallback,
            Optional<String> passwordHash,
            Optional<Long> clickLimit,
            Utm utm,
            List<TypedRule> rules,
            int weight,
            List<Variant> variants,
            Optional<String> zone,
            Optional<OfChat> chat,
            boolean forwardQuery,
            String createdAt) {}

    record OfChat(String pool, String text) {}

    private ShortLinkDocuments() {}

    static ShortLinkDocument of(ShortLink link) {
        Routing routing = link.routing();
        return new ShortLinkDocument(
                link.id().toString(),
                link.slug(),
                routing.chat().kind(),
                link.target(),
                link.title(),
                link.tags(),
                link.active(),
                link.clicks(),
                link.lastClickedAt().map(Instant::toString),
                link.startsAt().map(Instant::toString),
                link.endsAt().map(Instant::toString),
                filled(link.fallback()),
                filled(link.passwordHash()),
                link.clickLimit(),
                routing.utm(),
                routing.rules().stream().map(TypedRule::of).toList(),
                routing.weight(),
                routing.variants(),
                filled(routing.zone()),
                Optional.of(routing.chat()).filter(Chat::on).map(chat -> new OfChat(chat.pool(), chat.text())),
                routing.forwardsQuery(),
                link.createdAt().toString());
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }

    static ShortLinkPart.Read read(JsonNode node, Owner to) throws UnusableArchive {
        String slug = node.path("slug").asText("");
        if (ShortSlugs.brokenFromElsewhere(slug).isPresent()) {
            throw new UnusableArchive("A short link has an invalid name");
        }
        String id = node.path("id").asText("");
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw new UnusableArchive("The short link “" + slug + "” has no valid id");
        }
        String hash = node.path("passwordHash").asText("");
        if (!hash.isEmpty() && ImportedHashes.broken(hash).isPresent()) {
            throw new UnusableArchive("The password of the short link “" + slug + "” can’t be used: "
                    + ImportedHashes.broken(hash).get());
        }
        var blank = ShortLink.blank(
                        new ShortLinkId(NONE),
                        to,
                        slug,
                        time(node.path("createdAt")).orElse(Instant.EPOCH))
                .withClicks(
                        Math.clamp(node.path("clicks").asLong(0), 0L, MOST_CLICKS), time(node.path("lastClickedAt")))
                .withPassword(hash);
        return switch (ShortLinkChange.over(blank, wanted(node))) {
            case Patched.Good(ShortLink link) -> new ShortLinkPart.Read(id, link);
            case Patched.Bad(var invalid) ->
                throw new UnusableArchive("The short link “" + slug + "” breaks a rule: "
                        + invalid.getFirst().apiMessage());
        };
    }

    private static Changes<ShortLink> wanted(JsonNode node) {
        Changes<ShortLink> wanted = Changes.<ShortLink>none()
                .with(ShortLinkChange.RULES, rules(node.path("rules")))
                .with(ShortLinkChange.VARIANTS, variants(node.path("variants")));
        boolean chat = node.path("kind").asText("").equals("whatsapp");
        for (ShortLinkField<?> field : ShortLinkChange.of(chat).toList()) {
            wanted = field.read(wanted, node);
        }
        return node.hasNonNull("kind") ? wanted : wanted.with(ShortLinkChange.KIND, "url");
    }

    private static List<TypedRule> rules(JsonNode array) {
        var rules = new ArrayList<TypedRule>();
        array.forEach(rule -> rules.add(new TypedRule(
                rule.path("device").asText(""),
                rule.path("language").asText(""),
                rule.path("country").asText(""),
                rule.path("from").asText(""),
                rule.path("until").asText(""),
                rule.path("target").asText(""))));
        return List.copyOf(rules);
    }

    private static List<Variant> variants(JsonNode array) {
        var variants = new ArrayList<Variant>();
        array.forEach(variant -> variants.add(new Variant(
                variant.path("target").asText(""), variant.path("weight").asInt(0))));
        return List.copyOf(variants);
    }

    private static Optional<Instant> time(JsonNode text) {
        return text.isTextual() ? Parse.of(text.asText(""), Instant::parse) : Optional.empty();
    }

    /// Returns the short link of another account.
    ///
    /// @param pools those of the archive that this account may open
    static ShortLink moved(ShortLink link, ShortLinkId id, Owner to, Set<String> pools) {
        Chat chat = link.routing().chat();
        return link.moved(
                id,
                to,
                chat.on() && !pools.contains(chat.pool())
                        ? link.routing().withChat(new Chat(true, "", chat.text()))
                        : link.routing());
    }
}
