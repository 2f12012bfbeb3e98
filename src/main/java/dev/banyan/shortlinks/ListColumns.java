package dev.banyan.shortlinks;

import module java.base;

/// The columns of a list of short links: those of our own lists, and what Bitly, Dub, Kutt, Shlink, YOURLS and others
/// call the same in theirs.
///
/// @param own whether all names are those of our lists
/// @param byMeaning the names in the list, in the order in which the first that has something counts
/// @param leftOut names that mean nothing here
record ListColumns(boolean own, Map<Meaning, List<String>> byMeaning, List<String> leftOut) {

    /// The short address beside the column of a target; the target itself where there's no other (Firebase).
    private static final String LINK = "link";

    /// What only lists from elsewhere have, or have in another form. Names are listed in lower case, without spaces and
    /// punctuation: one program writes `Long URL`, another `long_url`, a third `longUrl`.
    enum Meaning {
        TARGET(
                "target",
                "longurl",
                "destinationurl",
                "destination",
                "originalurl",
                "targeturl",
                "linkurl",
                "fullurl",
                "fulllink",
                "longlink",
                "redirecturl",
                "sourceurl",
                "targetlink",
                "originallink",
                "url"),
        SLUG("slug", "slashtag", "customslug", "key", "keyword", "shortcode", "backhalf", "alias", "address", "path"),
        /// The whole short address, whose last part is the slug.
        ADDRESS("custombitlink", "bitlink", "shortlink", "shorturl", "shortenedlink", "shortenedurl", "snip", LINK),
        TITLE("title", "name", "description"),
        TAGS("tags", "tag", "labels"),
        CLICKS(
                "clicks",
                "totalclicks",
                "engagements",
                "totalengagements",
                "visits",
                "visitcount",
                "visitscount",
                "clickcount",
                "clickstotal",
                "totalvisits",
                "scans",
                "totalscans",
                "hits"),
        CREATED(
                "created",
                "createdat",
                "createdon",
                "createddate",
                "createtime",
                "datecreated",
                "creationdate",
                "timestamp",
                "date"),
        STARTS("startsat", "startdate", "validfrom", "validsince", "metavalidsince", "activefrom"),
        ENDS(
                "endsat",
                "enddate",
                "activeuntil",
                "metavaliduntil",
                "expireat",
                "expireatdatetime",
                "expirydatetime",
                "expires",
                "expiresat",
                "expireson",
                "expiredat",
                "expiry",
                "expirydate",
                "expiration",
                "expirationdate",
                "validuntil"),
        ENABLED("enabled", "isenabled", "isactive", "status", "state"),
        DISABLED("disabled", "isdisabled", "archived", "isarchived", "deleted", "isdeleted", "paused"),
        /// A password, or whether there is one.
        LOCKED("password", "haspassword", "passwordprotected", "ispasswordprotected");

        private final List<String> names;

        Meaning(String... names) {
            this.names = List.of(names);
        }
    }

    /// @param all names, in lower case
    static ListColumns of(List<String> all) {
        List<String> names = all.getFirst().equals(RefusedLines.WHY) ? all.subList(1, all.size()) : all;
        boolean own = names.stream().allMatch(ShortLinkCsv.NAMES_AND_TOLD::contains);
        boolean linkIsTarget = names.stream().map(ListColumns::plain).noneMatch(Meaning.TARGET.names::contains);
        var byMeaning = new EnumMap<Meaning, List<String>>(Meaning.class);
        for (Meaning meaning : Meaning.values()) {
            Stream<String> called = meaning == Meaning.TARGET && linkIsTarget
                    ? Stream.of(LINK)
                    : meaning.names.stream().filter(name -> !linkIsTarget || !name.equals(LINK));
            byMeaning.put(meaning, called.flatMap(name -> written(name, names)).toList());
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

    private static Stream<String> written(String name, List<String> names) {
        return names.stream().filter(one -> name.equals(plain(one)));
    }

    private static String plain(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    boolean has(Meaning meaning) {
        return !byMeaning.getOrDefault(meaning, List.of()).isEmpty();
    }

    /// Returns the first cell of a line with this meaning that isn't empty.
    String get(Meaning meaning, UnaryOperator<String> cell) {
        return byMeaning.getOrDefault(meaning, List.of()).stream()
                .map(cell)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// Returns the name of the column from which [#get] reads.
    String name(Meaning meaning, UnaryOperator<String> cell) {
        return byMeaning.getOrDefault(meaning, List.of()).stream()
                .filter(name -> !cell.apply(name).isEmpty())
                .findFirst()
                .orElse("");
    }
}
