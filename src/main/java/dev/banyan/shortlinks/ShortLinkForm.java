package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Changes;
import dev.banyan.shortlinks.Routing.Utm;
import dev.banyan.shortlinks.Routing.Variant;
import dev.banyan.shortlinks.ShortLinkChange.TypedRule;

/// The fields of the form of a short link, as typed. Days and times are in the zone, as `2026-12-01T09:00`; an empty
/// zone is UTC.
record ShortLinkForm(
        String slug,
        String target,
        String title,
        String tags,
        boolean active,
        String startsAt,
        String endsAt,
        String fallback,
        String password,
        boolean noPassword,
        String clickLimit,
        Utm utm,
        String weight,
        String zone,
        List<Row> rules,
        List<Share> variants,
        ChatForm chat) {

    /// What the short link opens.
    ///
    /// @param kind `url` or `whatsapp`
    record ChatForm(String kind, String pool, String text) {

        static final ChatForm NONE = new ChatForm("url", "", "");

        public boolean on() {
            return kind.equals("whatsapp");
        }
    }

    /// A rule.
    record Row(String device, String language, String country, String from, String until, String target) {
        static final Row EMPTY = new Row("", "", "", "", "", "");

        boolean isEmpty() {
            return equals(EMPTY);
        }
    }

    /// A variant.
    record Share(String target, String weight) {
        static final Share EMPTY = new Share("", "");
    }

    private static final int SPARE = 2;

    static final ShortLinkForm EMPTY = new ShortLinkForm(
                    "",
                    "",
                    "",
                    "",
                    true,
                    "",
                    "",
                    "",
                    "",
                    false,
                    "",
                    Utm.NONE,
                    "1",
                    "",
                    List.of(),
                    List.of(),
                    ChatForm.NONE)
            .withRows();

    static ShortLinkForm of(ShortLink link) {
        ZoneId at = ZonedTimes.zone(link.routing().zone());
        return new ShortLinkForm(
                        link.slug(),
                        link.routing().chat().on() ? "" : link.target(),
                        link.title(),
                        String.join(" ", link.tags()),
                        link.active(),
                        link.startsAt().map(time -> ZonedTimes.local(time, at)).orElse(""),
                        link.endsAt().map(time -> ZonedTimes.local(time, at)).orElse(""),
                        link.fallback(),
                        "",
                        false,
                        link.clickLimit().map(limit -> Long.toString(limit)).orElse(""),
                        link.routing().utm(),
                        Integer.toString(link.routing().weight()),
                        link.routing().zone(),
                        link.routing().rules().stream()
                                .map(rule -> new Row(
                                        rule.device(),
                                        rule.language(),
                                        rule.country(),
                                        rule.from() == 0 ? "" : ZonedTimes.local(Instant.ofEpochMilli(rule.from()), at),
                                        rule.until() == 0
                                                ? ""
                                                : ZonedTimes.local(Instant.ofEpochMilli(rule.until()), at),
                                        rule.target()))
                                .toList(),
                        link.routing().variants().stream()
                                .map(variant -> new Share(variant.target(), Integer.toString(variant.weight())))
                                .toList(),
                        new ChatForm(
                                link.routing().chat().kind(),
                                link.routing().chat().pool(),
                                link.routing().chat().text()))
                .withRows();
    }

    /// @param field returns the values of a form field, in order
    static ShortLinkForm read(Function<String, List<String>> field) {
        Function<String, String> first =
                name -> field.apply(name).stream().findFirst().orElse("").strip();
        List<Row> rules = new ArrayList<>();
        int rows = Math.min(field.apply("ruleTarget").size(), Routing.MOST_RULES + SPARE);
        for (int i = 0; i < rows; i++) {
            int at = i;
            Function<String, String> nth = name ->
                    field.apply(name).stream().skip(at).findFirst().orElse("").strip();
            rules.add(new Row(
                    nth.apply("ruleDevice"),
                    nth.apply("ruleLanguage"),
                    nth.apply("ruleCountry"),
                    nth.apply("ruleFrom"),
                    nth.apply("ruleUntil"),
                    nth.apply("ruleTarget")));
        }
        List<Share> variants = new ArrayList<>();
        int shares = Math.min(field.apply("variantTarget").size(), Routing.MOST_VARIANTS + SPARE);
        for (int i = 0; i < shares; i++) {
            variants.add(new Share(
                    field.apply("variantTarget").get(i).strip(),
                    field.apply("variantWeight").stream()
                            .skip(i)
                            .findFirst()
                            .orElse("")
                            .strip()));
        }
        return new ShortLinkForm(
                first.apply("slug"),
                first.apply("leadsTo"),
                first.apply("title"),
                first.apply("tags"),
                first.apply("active").equals("true"),
                first.apply("startsAt"),
                first.apply("endsAt"),
                first.apply("fallback"),
                field.apply("password").stream().findFirst().orElse(""),
                first.apply("noPassword").equals("true"),
                first.apply("clickLimit"),
                new Utm(
                        first.apply("utmSource"),
                        first.apply("utmMedium"),
                        first.apply("utmCampaign"),
                        first.apply("utmTerm"),
                        first.apply("utmContent")),
                first.apply("weight"),
                first.apply("timezone"),
                rules,
                variants,
                new ChatForm(
                        Optional.of(first.apply("kind"))
                                .filter(kind -> !kind.isEmpty())
                                .orElse("url"),
                        first.apply("pool"),
                        first.apply("text")));
    }

    /// Returns the form with some empty rows at the end, so that more can be added without a script.
    ShortLinkForm withRows() {
        List<Row> someRules = Stream.concat(
                        rules.stream().filter(row -> !row.isEmpty()),
                        Stream.generate(() -> Row.EMPTY).limit(SPARE))
                .limit(Routing.MOST_RULES)
                .toList();
        List<Share> someVariants = Stream.concat(
                        variants.stream().filter(share -> !share.target().isEmpty()),
                        Stream.generate(() -> Share.EMPTY).limit(SPARE))
                .limit(Routing.MOST_VARIANTS)
                .toList();
        return new ShortLinkForm(
                slug,
                target,
                title,
                tags,
                active,
                startsAt,
                endsAt,
                fallback,
                "",
                noPassword,
                clickLimit,
                utm,
                weight,
                zone,
                someRules,
                someVariants,
                chat);
    }

    Changes<ShortLink> patch() {
        ZoneId at = ZonedTimes.zone(zone);
        List<String> typedTags =
                Stream.of(tags.split("[\\s,]+")).filter(tag -> !tag.isEmpty()).toList();
        return Changes.<ShortLink>none()
                .with(ShortLinkChange.KIND, chat.kind())
                // Fields of the other kind are hidden, and may still hold what was typed before.
                .withIf(ShortLinkChange.TARGET, Optional.of(target).filter(_ -> !chat.on()))
                .withIf(ShortLinkChange.POOL, Optional.of(chat.pool()).filter(_ -> chat.on()))
                .withIf(ShortLinkChange.TEXT, Optional.of(chat.text()).filter(_ -> chat.on()))
                .with(ShortLinkChange.TITLE, title)
                .with(ShortLinkChange.ACTIVE, active)
                .with(ShortLinkChange.TAGS, typedTags)
                .with(ShortLinkChange.STARTS_AT, ZonedTimes.start(startsAt, at))
                .with(ShortLinkChange.ENDS_AT, ZonedTimes.end(endsAt, at))
                .with(ShortLinkChange.FALLBACK, fallback)
                .withIf(
                        ShortLinkChange.PASSWORD,
                        noPassword ? Optional.of("") : Optional.of(password).filter(typed -> !typed.isEmpty()))
                .with(ShortLinkChange.CLICK_LIMIT, number(clickLimit, 0))
                .with(ShortLinkChange.UTM, utm)
                .with(
                        ShortLinkChange.RULES,
                        rules.stream()
                                .filter(row -> !row.isEmpty())
                                .map(row -> new TypedRule(
                                        row.device(),
                                        row.language(),
                                        row.country(),
                                        ZonedTimes.start(row.from(), at),
                                        ZonedTimes.end(row.until(), at),
                                        row.target()))
                                .toList())
                .with(ShortLinkChange.WEIGHT, (int) number(weight, 1))
                .with(
                        ShortLinkChange.VARIANTS,
                        variants.stream()
                                .filter(share -> !share.target().isEmpty())
                                .map(share -> new Variant(share.target(), (int) number(share.weight(), 1)))
                                .toList())
                .with(ShortLinkChange.ZONE, hasTimes() ? zone : "");
    }

    /// Returns whether there are times. Without them the zone is irrelevant, and the next editor starts with their own.
    public boolean hasTimes() {
        return !startsAt.isEmpty()
                || !endsAt.isEmpty()
                || rules.stream()
                        .anyMatch(row -> !row.from().isEmpty() || !row.until().isEmpty());
    }

    /// Parses a number; invalid text gives a value that validation refuses.
    private static long number(String typed, int empty) {
        return typed.isEmpty()
                ? empty
                : typed.matches("[0-9]{1,10}") ? Math.min(Long.parseLong(typed), 2_000_000_000) : -1;
    }
}
