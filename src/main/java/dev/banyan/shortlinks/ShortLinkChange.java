package dev.banyan.shortlinks;

import static dev.banyan.shortlinks.ShortLinkField.flag;
import static dev.banyan.shortlinks.ShortLinkField.number;
import static dev.banyan.shortlinks.ShortLinkField.text;
import static dev.banyan.shortlinks.ShortLinkField.time;
import static dev.banyan.shortlinks.ShortLinkField.utm;
import static dev.banyan.shortlinks.ShortLinkField.words;

import module java.base;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Changes.Field;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Text;
import dev.banyan.platform.WebAddresses;
import dev.banyan.shortlinks.Routing.Chat;
import dev.banyan.shortlinks.Routing.Rule;
import dev.banyan.shortlinks.Routing.Utm;
import dev.banyan.shortlinks.Routing.Variant;
import dev.banyan.shortlinks.ShortLinkField.Names;

/// The fields of a short link that can be changed, as typed, and their rules. An empty text clears a field.
final class ShortLinkChange {

    static final ShortLinkField<String> TARGET = text(new Names("leadsTo", "target", "/target"), ShortLink::target);
    static final ShortLinkField<String> TITLE = text(new Names("title", "title", "/title"), ShortLink::title);
    static final ShortLinkField<List<String>> TAGS = words(new Names("tags", "tags", "/tags"), ShortLink::tags);
    static final ShortLinkField<Boolean> ACTIVE =
            flag(new Names("active", "active", "/active"), ShortLink::active, true);
    static final ShortLinkField<String> STARTS_AT =
            time(new Names("startsAt", "starts", "/startsAt"), ShortLink::startsAt);
    static final ShortLinkField<String> ENDS_AT = time(new Names("endsAt", "ends", "/endsAt"), ShortLink::endsAt);
    static final ShortLinkField<String> FALLBACK =
            text(new Names("fallback", "fallback", "/fallback"), ShortLink::fallback);
    /// 0 for none.
    static final ShortLinkField<Long> CLICK_LIMIT =
            number(new Names("clickLimit", "click_limit", "/clickLimit"), ShortLink::clickLimit, 0);
    static final ShortLinkField<String> UTM_SOURCE = utm("source", "Source", Utm::source);
    static final ShortLinkField<String> UTM_MEDIUM = utm("medium", "Medium", Utm::medium);
    static final ShortLinkField<String> UTM_CAMPAIGN = utm("campaign", "Campaign", Utm::campaign);
    static final ShortLinkField<String> UTM_TERM = utm("term", "Term", Utm::term);
    static final ShortLinkField<String> UTM_CONTENT = utm("content", "Content", Utm::content);
    static final ShortLinkField<Boolean> FORWARD_QUERY = ShortLinkField.flag(
            new Names("forwardQuery", "forward_query", "/forwardQuery"),
            link -> link.routing().forwardsQuery(),
            false);
    /// `url` or `whatsapp`.
    static final ShortLinkField<String> KIND = text(
            new Names("kind", "kind", "/kind"), link -> link.routing().chat().kind());
    /// Of a WhatsApp link; empty text: the pool that works for the account.
    static final ShortLinkField<String> POOL = text(
            new Names("pool", "pool", "/chat/pool"),
            link -> link.routing().chat().pool());
    /// Of a WhatsApp link.
    static final ShortLinkField<String> TEXT = text(
            new Names("text", "text", "/chat/text"),
            link -> link.routing().chat().text());
    /// Of the main target, if there are variants.
    static final ShortLinkField<Long> WEIGHT = number(
            new Names("weight", "", "/weight"),
            link -> Optional.of((long) link.routing().weight()),
            1);
    /// In which times are shown for editing; the times themselves have offsets.
    static final ShortLinkField<String> ZONE =
            text(new Names("timezone", "", "/zone"), link -> link.routing().zone());

    /// Of a short link that was made elsewhere: how often it was followed there.
    static final Field<ShortLink, Long> CLICKS = new Field<>();
    /// Of a short link that was made elsewhere: when.
    static final Field<ShortLink, Instant> CREATED = new Field<>();
    /// Empty text: no password from now on.
    static final Field<ShortLink, String> PASSWORD = new Field<>();
    static final Field<ShortLink, List<TypedRule>> RULES = new Field<>();
    static final Field<ShortLink, List<Variant>> VARIANTS = new Field<>();

    /// In the order of the columns of lists.
    static final List<ShortLinkField<?>> FIELDS = List.of(
            TARGET,
            TITLE,
            TAGS,
            ACTIVE,
            STARTS_AT,
            ENDS_AT,
            FALLBACK,
            CLICK_LIMIT,
            UTM_SOURCE,
            UTM_MEDIUM,
            UTM_CAMPAIGN,
            UTM_TERM,
            UTM_CONTENT,
            FORWARD_QUERY,
            KIND,
            POOL,
            TEXT,
            WEIGHT,
            ZONE);

    /// Returns the fields of one kind of short links.
    static Stream<ShortLinkField<?>> of(boolean chat) {
        Set<ShortLinkField<?>> others = chat ? Set.of(TARGET) : Set.of(POOL, TEXT);
        return FIELDS.stream().filter(field -> !others.contains(field));
    }

    static final int MOST_TAGS = 10;
    private static final int SHORTEST_PASSWORD = 4;
    private static final int LONGEST_PASSWORD = 128;
    private static final long HIGHEST_LIMIT = 1_000_000_000;
    private static final int LONGEST_UTM = 100;
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final Text TITLE_RULE = Text.optional("title", "Title", 100, false);
    private static final Pattern TAG = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}]+(?:[-_][\\p{Ll}\\p{Lo}\\p{N}]+)*");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /// A rule as typed; times as in [#STARTS_AT].
    record TypedRule(String device, String language, String country, String from, String until, String target) {

        static TypedRule of(Rule rule) {
            return new TypedRule(
                    rule.device(),
                    rule.language(),
                    rule.country(),
                    time(rule.from()),
                    time(rule.until()),
                    rule.target());
        }

        private static String time(long millis) {
            return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
        }
    }

    private ShortLinkChange() {}

    /// The result of applying a change to a short link.
    sealed interface Patched {

        /// @param link with the old password, because hashing is done elsewhere
        record Good(ShortLink link) implements Patched {}

        record Bad(List<Invalid> invalid) implements Patched {}
    }

    /// Returns the password to be hashed before anything is written.
    static Optional<String> newPassword(Changes<ShortLink> wanted) {
        return wanted.get(PASSWORD).filter(typed -> !typed.isEmpty());
    }

    static Patched over(ShortLink link, Changes<ShortLink> wanted) {
        var check = new Check();
        Routing before = link.routing();
        Chat chat = ShortLinkChats.chat(before.chat(), wanted, check.invalid);
        String target = chat.on()
                ? Chat.TARGET
                : wanted.get(TARGET)
                        .or(() -> Optional.of("").filter(_ -> before.chat().on()))
                        .map(typed -> check.address("targetUrl", typed))
                        .orElse(link.target());
        String zone = wanted.get(ZONE).map(check::zone).orElse(before.zone());
        ZoneId at = ZonedTimes.zone(zone);
        String title =
                wanted.get(TITLE).map(typed -> check.text(TITLE_RULE, typed)).orElse(link.title());
        List<String> tags = wanted.get(TAGS).map(check::tags).orElse(link.tags());
        Optional<Instant> starts = wanted.get(STARTS_AT)
                .map(typed -> check.time("startsAt", typed, at, false))
                .orElse(link.startsAt());
        Optional<Instant> ends = wanted.get(ENDS_AT)
                .map(typed -> check.time("endsAt", typed, at, true))
                .orElse(link.endsAt());
        if (starts.isPresent() && ends.isPresent() && !ends.get().isAfter(starts.get())) {
            check.bad("endsAt", "endsAt must be after startsAt", "The end must be after the start.");
        }
        String fallback = wanted.get(FALLBACK)
                .map(typed -> typed.isBlank() ? "" : check.address("fallbackUrl", typed))
                .orElse(link.fallback());
        newPassword(wanted).ifPresent(check::password);
        Optional<Long> limit = wanted.get(CLICK_LIMIT).map(check::limit).orElse(link.clickLimit());
        Routing routing = new Routing(
                utmOver(before.utm(), wanted, check),
                wanted.get(RULES).map(typed -> check.rules(typed, at)).orElse(before.rules()),
                wanted.get(WEIGHT).map(typed -> check.weight("weight", typed)).orElse(before.weight()),
                wanted.get(VARIANTS).map(check::variants).orElse(before.variants()),
                zone,
                chat,
                wanted.over(FORWARD_QUERY, before.forwardsQuery()));
        if (chat.on() && !routing.variants().isEmpty()) {
            check.bad("variants", "A WhatsApp link can't have variants", "A WhatsApp link can’t have variants.");
        }
        if (!routing.variants().isEmpty()
                && routing.weight() == 0
                && routing.variants().stream().allMatch(variant -> variant.weight() == 0)) {
            check.bad("variants", "At least one weight must be above 0");
        }
        return check.invalid.isEmpty()
                ? new Patched.Good(new ShortLink(
                        link.id(),
                        link.owner(),
                        link.slug(),
                        target,
                        title,
                        tags,
                        wanted.over(ACTIVE, link.active()),
                        link.clicks(),
                        link.lastClickedAt(),
                        starts,
                        ends,
                        fallback,
                        wanted.get(PASSWORD).filter(String::isEmpty).orElse(link.passwordHash()),
                        limit,
                        routing,
                        link.createdAt()))
                : new Patched.Bad(check.invalid);
    }

    private static Utm utmOver(Utm before, Changes<ShortLink> wanted, Check check) {
        return new Utm(
                wanted.get(UTM_SOURCE).map(typed -> check.utm("source", typed)).orElse(before.source()),
                wanted.get(UTM_MEDIUM).map(typed -> check.utm("medium", typed)).orElse(before.medium()),
                wanted.get(UTM_CAMPAIGN)
                        .map(typed -> check.utm("campaign", typed))
                        .orElse(before.campaign()),
                wanted.get(UTM_TERM).map(typed -> check.utm("term", typed)).orElse(before.term()),
                wanted.get(UTM_CONTENT)
                        .map(typed -> check.utm("content", typed))
                        .orElse(before.content()));
    }

    /// Collects all errors, so that a form shows them at once.
    private static final class Check {

        private final List<Invalid> invalid = new ArrayList<>();

        void bad(String field, String error) {
            bad(field, error, error + ".");
        }

        void bad(String field, String error, String rule) {
            invalid.add(new Invalid(field, error, rule));
        }

        String address(String field, String typed) {
            WebAddresses.broken(typed)
                    .ifPresent(broken -> bad(
                            field,
                            broken.apiMessage().equals("URL is required")
                                    ? field + " is required"
                                    : broken.apiMessage(),
                            broken.userMessage()));
            return WebAddresses.clean(typed);
        }

        String text(Text rule, String typed) {
            rule.broken(typed).ifPresent(invalid::add);
            return Text.clean(typed);
        }

        List<String> tags(List<String> typed) {
            var tags = new LinkedHashSet<String>();
            for (String one : typed) {
                String tag = one.strip().toLowerCase(Locale.ROOT);
                if (tag.codePointCount(0, tag.length()) > 30
                        || !TAG.matcher(tag).matches()) {
                    bad(
                            "tags",
                            "A tag must be 1 to 30 letters, digits and single hyphens",
                            "Use letters, digits and single hyphens, at most 30 per tag.");
                    return List.of();
                }
                tags.add(tag);
            }
            if (tags.size() > MOST_TAGS) {
                bad("tags", "At most " + MOST_TAGS + " tags are allowed");
            }
            return List.copyOf(tags);
        }

        Optional<Instant> time(String field, String typed, ZoneId zone, boolean isEnd) {
            if (typed.isBlank()) {
                return Optional.empty();
            }
            Optional<Instant> read = ZonedTimes.read(typed, zone, isEnd);
            if (read.filter(time -> !time.isAfter(Instant.EPOCH) || !time.isBefore(LATEST))
                    .isPresent()) {
                bad(field, field + " must be from 1970 to 2099", "Enter a time from 1970 to 2099.");
            }
            if (read.isEmpty()) {
                bad(
                        field,
                        field + " must be a time such as 2026-12-01T09:00:00Z",
                        "Enter a date and time, such as 2026-12-01 09:00.");
            }
            return read;
        }

        void password(String typed) {
            int length = typed.codePointCount(0, typed.length());
            if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
                bad(
                        "password",
                        "Password must be " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters",
                        "Use " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters.");
            }
        }

        String zone(String typed) {
            String name = typed.strip();
            if (!name.isEmpty() && !ZoneId.getAvailableZoneIds().contains(name)) {
                bad(
                        "timezone",
                        "timezone must be an IANA time zone such as Asia/Dubai",
                        "Choose a time zone such as Asia/Dubai from the list.");
            }
            return name;
        }

        Optional<Long> limit(long typed) {
            if (typed < 0 || typed > HIGHEST_LIMIT) {
                bad(
                        "clickLimit",
                        "clickLimit must be a number from 1 to " + HIGHEST_LIMIT + ", or 0 for none",
                        "Enter a whole number from 1 to 1,000,000,000.");
            }
            return typed == 0 ? Optional.empty() : Optional.of(typed);
        }

        String utm(String name, String typed) {
            Text.optional("utm." + name, "utm_" + name, LONGEST_UTM, false)
                    .broken(typed)
                    .ifPresent(invalid::add);
            return Text.clean(typed);
        }

        int weight(String field, long typed) {
            if (typed < 0 || typed > Routing.HEAVIEST) {
                bad(field, "A weight must be a number from 0 to " + Routing.HEAVIEST);
            }
            return (int) typed;
        }

        List<Variant> variants(List<Variant> typed) {
            if (typed.size() > Routing.MOST_VARIANTS) {
                bad("variants", "At most " + Routing.MOST_VARIANTS + " variants are allowed");
                return List.of();
            }
            var variants = new ArrayList<Variant>();
            for (int i = 0; i < typed.size(); i++) {
                String field = "variants[" + i + "].";
                variants.add(new Variant(
                        address(field + "targetUrl", typed.get(i).target()),
                        weight(field + "weight", typed.get(i).weight())));
            }
            return List.copyOf(variants);
        }

        List<Rule> rules(List<TypedRule> typed, ZoneId zone) {
            if (typed.size() > Routing.MOST_RULES) {
                bad("rules", "At most " + Routing.MOST_RULES + " rules are allowed");
                return List.of();
            }
            var rules = new ArrayList<Rule>();
            for (int i = 0; i < typed.size(); i++) {
                rules.add(rule("rules[" + i + "].", typed.get(i), zone));
            }
            return List.copyOf(rules);
        }

        private Rule rule(String field, TypedRule typed, ZoneId zone) {
            String device = typed.device().strip().toLowerCase(Locale.ROOT);
            String language = typed.language().strip().toLowerCase(Locale.ROOT);
            String country = typed.country().strip().toUpperCase(Locale.ROOT);
            if (!device.isEmpty() && Keyed.parse(DeviceClass.class, device).isEmpty()) {
                bad(field + "device", "device must be phone, tablet, computer, ios or android");
            }
            if (!language.isEmpty() && !LANGUAGE.matcher(language).matches()) {
                bad(field + "language", "language must be two or three letters, such as de");
            }
            if (!country.isEmpty() && !(COUNTRY.matcher(country).matches() && COUNTRIES.contains(country))) {
                bad(field + "country", "country must be two letters, such as DE");
            }
            Optional<Instant> from = time(field + "from", typed.from(), zone, false);
            Optional<Instant> until = time(field + "until", typed.until(), zone, true);
            if (from.isPresent() && until.isPresent() && !until.get().isAfter(from.get())) {
                bad(field + "until", "until must be after from");
            }
            if (device.isEmpty() && language.isEmpty() && country.isEmpty() && from.isEmpty() && until.isEmpty()) {
                bad(field + "device", "A rule needs at least one condition", "Choose at least one condition.");
            }
            return new Rule(
                    device,
                    language,
                    country,
                    from.map(Instant::toEpochMilli).orElse(0L),
                    until.map(Instant::toEpochMilli).orElse(0L),
                    address(field + "targetUrl", typed.target()));
        }
    }
}
