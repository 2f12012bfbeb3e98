package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.Changes;
import dev.banyan.platform.web.page.ReaderZone;
import dev.banyan.shortlinks.Routing.Variant;
import dev.banyan.shortlinks.ShortLinkChange.TypedRule;

/// The fields of the form of a short link, as typed. Days and times are in the zone, as `2026-12-01T09:00`; an empty
/// zone is UTC.
///
/// @param typed the texts of [ShortLinkChange#FIELDS], by their names in the form
/// @param password as typed; sealed where the form is drawn again
record ShortLinkForm(
        String slug,
        Map<String, String> typed,
        boolean active,
        String password,
        boolean noPassword,
        List<Row> rules,
        List<Share> variants) {

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

    static final ShortLinkForm EMPTY = read(name -> switch (name) {
                case "active" -> List.of("true");
                case "weight" -> List.of("1");
                default -> List.of();
            })
            .withRows("");

    static ShortLinkForm of(ShortLink link) {
        ZoneId at = ZonedTimes.zone(link.routing().zone());
        Map<String, String> texts = texts(field -> field.text(link));
        link.startsAt().ifPresent(time -> texts.put("startsAt", ZonedTimes.local(time, at)));
        link.endsAt().ifPresent(time -> texts.put("endsAt", ZonedTimes.local(time, at)));
        if (link.routing().chat().on()) {
            texts.put("leadsTo", "");
        }
        return new ShortLinkForm(
                        link.slug(),
                        texts,
                        link.active(),
                        "",
                        false,
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
                                .toList())
                .withRows("");
    }

    private static Map<String, String> texts(Function<ShortLinkField<?>, String> text) {
        var texts = new LinkedHashMap<String, String>();
        ShortLinkChange.FIELDS.forEach(field -> texts.put(field.names().form(), text.apply(field)));
        return texts;
    }

    /// @param field returns the values of a form field, in order
    static ShortLinkForm read(Function<String, List<String>> field) {
        UnaryOperator<String> first = nth(field, 0);
        Map<String, String> texts = texts(one -> first.apply(one.names().form()));
        texts.replace("kind", "", "url");
        return new ShortLinkForm(
                first.apply("slug"),
                texts,
                first.apply("active").equals("true"),
                field.apply("password").stream().findFirst().orElse(""),
                first.apply("noPassword").equals("true"),
                IntStream.range(0, Math.min(field.apply("ruleTarget").size(), Routing.MOST_RULES + SPARE))
                        .mapToObj(at -> row(nth(field, at)))
                        .toList(),
                IntStream.range(0, Math.min(field.apply("variantTarget").size(), Routing.MOST_VARIANTS + SPARE))
                        .mapToObj(at -> nth(field, at))
                        .map(nth -> new Share(nth.apply("variantTarget"), nth.apply("variantWeight")))
                        .toList());
    }

    private static UnaryOperator<String> nth(Function<String, List<String>> field, int at) {
        return name ->
                field.apply(name).stream().skip(at).findFirst().orElse("").strip();
    }

    private static Row row(UnaryOperator<String> nth) {
        return new Row(
                nth.apply("ruleDevice"),
                nth.apply("ruleLanguage"),
                nth.apply("ruleCountry"),
                nth.apply("ruleFrom"),
                nth.apply("ruleUntil"),
                nth.apply("ruleTarget"));
    }

    /// Returns the form with some empty rows at the end, so that more can be added without a script.
    ///
    /// @param password sealed
    ShortLinkForm withRows(String password) {
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
        return new ShortLinkForm(slug, typed, active, password, noPassword, someRules, someVariants);
    }

    String typed(ShortLinkField<?> field) {
        return typed.getOrDefault(field.names().form(), "");
    }

    public boolean forwardsQuery() {
        return List.of("true", "yes").contains(typed(ShortLinkChange.FORWARD_QUERY));
    }

    public boolean isChat() {
        return typed(ShortLinkChange.KIND).equals("whatsapp");
    }

    Changes<ShortLink> patch() {
        ZoneId at = ZonedTimes.zone(typed(ShortLinkChange.ZONE));
        Changes<ShortLink> wanted = Changes.none();
        // Fields of the other kind are hidden, and may still hold what was typed before.
        for (ShortLinkField<?> field : ShortLinkChange.of(isChat()).toList()) {
            wanted = field.typed(wanted, typed(field));
        }
        List<String> tags = Stream.of(typed(ShortLinkChange.TAGS).split("[\\s,]+"))
                .filter(tag -> !tag.isEmpty())
                .toList();
        return wanted.with(ShortLinkChange.ACTIVE, active)
                .with(ShortLinkChange.TAGS, tags)
                .with(ShortLinkChange.STARTS_AT, ZonedTimes.start(typed(ShortLinkChange.STARTS_AT), at))
                .with(ShortLinkChange.ENDS_AT, ZonedTimes.end(typed(ShortLinkChange.ENDS_AT), at))
                .with(ShortLinkChange.ZONE, hasTimes() ? typed(ShortLinkChange.ZONE) : "")
                .withIf(
                        ShortLinkChange.PASSWORD,
                        noPassword ? Optional.of("") : Optional.of(password).filter(text -> !text.isEmpty()))
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
                .with(
                        ShortLinkChange.VARIANTS,
                        variants.stream()
                                .filter(share -> !share.target().isEmpty())
                                .map(share -> new Variant(share.target(), weight(share)))
                                .toList());
    }

    /// Returns a weight that the rules refuse if the text is none.
    private static int weight(Share share) {
        return (int) Math.min(ShortLinkField.number(share.weight(), 1), Integer.MAX_VALUE);
    }

    /// Returns the time zone of the times: the one that was chosen, UTC for times that a program set without one, or
    /// the reader's.
    public String zone() {
        String chosen = typed(ShortLinkChange.ZONE);
        return !chosen.isEmpty() ? chosen : hasTimes() ? "UTC" : ReaderZone.name();
    }

    /// Returns whether there are times. Without them the zone is irrelevant, and the next editor starts with their own.
    public boolean hasTimes() {
        return !typed(ShortLinkChange.STARTS_AT).isEmpty()
                || !typed(ShortLinkChange.ENDS_AT).isEmpty()
                || rules.stream()
                        .anyMatch(row -> !row.from().isEmpty() || !row.until().isEmpty());
    }
}
