package dev.banyan.shortlinks;

import module java.base;
import dev.banyan.platform.ListWords;
import dev.banyan.platform.Parse;

/// Brings days and times of lists from elsewhere into the one form that [ZonedTimes] reads.
final class ListTimes {

    private static final int LONGEST = 100;
    private static final Pattern EPOCH = Pattern.compile("(\\d{9,10})(\\d{3})?(\\d{3})?(?:\\.\\d{1,6})?");
    private static final Pattern COMPACT =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:[Tt]?(\\d{2})(\\d{2})(\\d{2})?([Zz]?))?");
    private static final Pattern TIME =
            Pattern.compile("(?<=[\\d\\p{L},.])(?:[Tt]|[\\s,]+(?:at |um |à |a las |às |alle |om )?)"
                    + "(\\d{1,2})[:.h](\\d{2})(?:[:.](\\d{2})(?:[.,]\\d{1,9})?)?"
                    + "(?:\\s*([AaPp])\\.?\\s?[Mm]\\.?)?(?:\\s*Uhr)?"
                    + "(?<offset>(?i:\\s*(?:GMT|UTC|Z))?(?:\\s*[+-]\\d{2}:?\\d{2})?)"
                    + "(?:\\s*\\[[^]]*])?(?:\\s*\\([^)]*\\))?$");
    private static final Pattern OFFSET = Pattern.compile("[+-]\\d{2}:?\\d{2}");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?");
    /// Without a month in letters or dots, two digits can be a day as well as a year.
    private static final String YEAR = "(\\d{4}|\\d{2})";
    private static final Pattern DOTS = Pattern.compile("(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?" + YEAR);
    private static final Pattern EITHER = Pattern.compile("(\\d{1,2})[-/](\\d{1,2})[-/](\\d{4})");
    private static final Pattern DAY_AND_MONTH = Pattern.compile(
            "(\\d{1,2})(?:st|nd|rd|th|er|º|ª|\\.)?[\\s-]+(?:de |d’|d')?(\\p{L}+)\\.?,?[\\s-]+(?:de |del )?" + YEAR);
    private static final Pattern MONTH_AND_DAY =
            Pattern.compile("(\\p{L}+)\\.?[\\s-]+(\\d{1,2})(?:st|nd|rd|th)?,?[\\s-]+(\\d{4})");
    private static final Pattern WEEKDAY = Pattern.compile("^\\p{L}{2,}\\.?,?\\s+(?=\\p{L}|\\d)");

    /// Those of languages in which a name means one month only.
    private static final Map<String, Integer> MONTHS = months("en de fr es pt it nl sv da nb fi pl cs tr ru uk ar");

    private ListTimes() {}

    /// Returns a time as `2026-12-31 18:00:00Z`; empty if it isn't clear.
    static Optional<String> iso(String cell) {
        if (cell.length() > LONGEST) {
            return Optional.empty();
        }
        String typed = cell.strip().replaceAll("[\\p{Z}\\s]+", " ");
        Matcher epoch = EPOCH.matcher(typed);
        if (epoch.matches()) {
            return Parse.of(epoch.group(1), Long::parseLong)
                    .map(Instant::ofEpochSecond)
                    .map(Instant::toString);
        }
        Matcher compact = COMPACT.matcher(typed);
        if (compact.matches()) {
            return Optional.of(compact.group(1) + "-" + compact.group(2) + "-" + compact.group(3)
                    + (compact.group(4) == null
                            ? ""
                            : " " + compact.group(4) + ":" + compact.group(5) + ":"
                                    + Objects.requireNonNullElse(compact.group(6), "00")
                                    + compact.group(7).toUpperCase(Locale.ROOT)));
        }
        Matcher time = TIME.matcher(typed);
        return time.find()
                ? day(typed.substring(0, time.start()))
                        .flatMap(day -> time(time).map(at -> day + at))
                : day(typed);
    }

    /// Returns whether it depends on the country which day is meant, as with `1/2/2027`.
    static boolean isOfTwoDays(String cell) {
        Matcher either = EITHER.matcher(TIME.matcher(cell.strip()).replaceFirst(""));
        return cell.length() <= LONGEST
                && either.matches()
                && day(either.group()).isEmpty();
    }

    private static Optional<String> time(Matcher time) {
        int hour = Integer.parseInt(time.group(1));
        if (time.group(4) != null) {
            if (hour < 1 || hour > 12) {
                return Optional.empty();
            }
            hour = hour % 12 + (time.group(4).equalsIgnoreCase("p") ? 12 : 0);
        }
        String seconds = Objects.requireNonNullElse(time.group(3), "00");
        String offset = offset(time.group("offset").strip());
        return Optional.of(" %02d:%s:%s%s".formatted(hour, time.group(2), seconds, offset));
    }

    /// @param typed such as `GMT+0400` or `UTC`
    private static String offset(String typed) {
        Matcher number = OFFSET.matcher(typed);
        return number.find() ? number.group() : typed.isEmpty() ? "" : "Z";
    }

    private static Optional<String> day(String typed) {
        String text = typed.strip().replaceFirst(",$", "");
        return dayOf(text).or(() -> dayOf(WEEKDAY.matcher(text).replaceFirst("")));
    }

    private static Optional<String> dayOf(String text) {
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return iso(yearFirst.group(1), number(yearFirst, 2), number(yearFirst, 3));
        }
        Matcher dots = DOTS.matcher(text);
        if (dots.matches()) {
            return iso(dots.group(3), number(dots, 2), number(dots, 1));
        }
        Matcher either = EITHER.matcher(text);
        if (either.matches()) {
            int first = number(either, 1);
            int second = number(either, 2);
            boolean isClear = first > 12 || second > 12 || first == second;
            return isClear
                    ? iso(either.group(3), first > 12 ? second : first, first > 12 ? first : second)
                    : Optional.empty();
        }
        Matcher dayFirst = DAY_AND_MONTH.matcher(text);
        if (dayFirst.matches()) {
            return month(dayFirst.group(2)).flatMap(month -> iso(dayFirst.group(3), month, number(dayFirst, 1)));
        }
        Matcher monthFirst = MONTH_AND_DAY.matcher(text);
        return monthFirst.matches()
                ? month(monthFirst.group(1)).flatMap(month -> iso(monthFirst.group(3), month, number(monthFirst, 2)))
                : Optional.empty();
    }

    private static int number(Matcher of, int part) {
        return Integer.parseInt(of.group(part));
    }

    private static Optional<String> iso(String year, int month, int day) {
        return Optional.of("%s%s-%02d-%02d".formatted(year.length() == 2 ? "20" : "", year, month, day));
    }

    private static Optional<Integer> month(String name) {
        return Optional.ofNullable(MONTHS.get(ListWords.bare(name)));
    }

    private static Map<String, Integer> months(String languages) {
        var months = new HashMap<String, Integer>();
        var unclear = new HashSet<String>();
        for (String language : languages.split(" ")) {
            for (Month month : Month.values()) {
                for (TextStyle style : List.of(
                        TextStyle.FULL, TextStyle.SHORT, TextStyle.FULL_STANDALONE, TextStyle.SHORT_STANDALONE)) {
                    String name = ListWords.bare(month.getDisplayName(style, Locale.of(language)));
                    Integer known = months.putIfAbsent(name, month.getValue());
                    if (known != null && known != month.getValue()) {
                        unclear.add(name);
                    }
                }
            }
        }
        months.keySet().removeAll(unclear);
        months.put("sept", 9);
        return Map.copyOf(months);
    }
}
