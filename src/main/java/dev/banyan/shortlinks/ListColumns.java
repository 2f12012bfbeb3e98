package dev.banyan.shortlinks;

import module java.base;

/// The columns of a list of short links: those of our own lists, and what Bitly, Dub, Kutt, Shlink, YOURLS and others
/// call the same in theirs.
///
/// @param own whether all names are those of our lists
/// @param byMeaning the names in the list, in the order in which the first that has something counts
/// @param leftOut names that mean nothing here
record ListColumns(boolean own, Map<Meaning, List<String>> byMeaning, List<String> leftOut) {

    /// What only lists from elsewhere have, or have in another form.
    enum Meaning {
        TARGET(
                "target",
                "long url",
                "destination url",
                "destination",
                "longurl",
                "long_url",
                "original url",
                "originalurl",
                "original_url",
                "target url",
                "targeturl",
                "link url",
                "url"),
        SLUG(
                "slug",
                "key",
                "keyword",
                "shortcode",
                "short code",
                "short_code",
                "back-half",
                "backhalf",
                "alias",
                "address",
                "path"),
        /// The whole short address, whose last part is the slug.
        ADDRESS(
                "custom bitlink",
                "bitlink",
                "short link",
                "shortlink",
                "short_link",
                "short url",
                "shorturl",
                "short_url",
                "link"),
        TITLE("title", "name", "description"),
        TAGS("tags", "tag", "labels"),
        CLICKS(
                "clicks",
                "total clicks",
                "total_clicks",
                "visits",
                "visit_count",
                "visitcount",
                "visits count",
                "click count",
                "hits"),
        CREATED(
                "created",
                "created at",
                "createdat",
                "created_at",
                "date created",
                "creation date",
                "timestamp",
                "date");

        private final List<String> names;

        Meaning(String... names) {
            this.names = List.of(names);
        }
    }

    /// @param names in lower case
    static ListColumns of(List<String> names) {
        boolean own = names.stream().allMatch(ShortLinkCsv.NAMES_AND_TOLD::contains);
        var byMeaning = new EnumMap<Meaning, List<String>>(Meaning.class);
        for (Meaning meaning : Meaning.values()) {
            byMeaning.put(
                    meaning, meaning.names.stream().filter(names::contains).toList());
        }
        Set<String> known = byMeaning.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        return new ListColumns(
                own,
                byMeaning,
                names.stream()
                        .filter(name ->
                                !name.isEmpty() && !known.contains(name) && !ShortLinkCsv.NAMES_AND_TOLD.contains(name))
                        .distinct()
                        .toList());
    }

    boolean has(Meaning meaning) {
        return !byMeaning.getOrDefault(meaning, List.of()).isEmpty();
    }

    /// Returns the first cell of a line with this meaning that isn't empty.
    ///
    /// @param cell returns the cell of a column
    String get(Meaning meaning, UnaryOperator<String> cell) {
        return byMeaning.getOrDefault(meaning, List.of()).stream()
                .map(cell)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
