package dev.banyan.platform;

import module java.base;

/// How a workbook shows the numbers of a cell, as far as it matters in a list: a day is no 46388, and a phone number no
/// 9.715E+11.
///
/// @param code as Excel writes it, such as `yyyy-mm-dd`
record CellFormat(String code) {

    static final CellFormat GENERAL = new CellFormat("General");

    private static final String DAY = "yyyy-mm-dd";
    private static final String TIME = "h:mm";
    /// What all workbooks have without naming it; those of East Asia, from 27, are days there.
    private static final Map<String, String> BUILT_IN = Stream.of(
                    entries("0%", 9, 10),
                    entries(DAY, 14, 17),
                    entries(TIME, 18, 21),
                    entries(DAY + " " + TIME, 22, 22),
                    entries(DAY, 27, 36),
                    entries(TIME, 45, 47),
                    entries(DAY, 50, 58))
            .flatMap(Function.identity())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|\\\\.|[_*].");
    private static final Pattern CONDITION = Pattern.compile("(?i)\\[(?!(?:h+|m+|s+)\\])[^\\]]*\\]|am/pm|a/p|general");
    /// A phone number or a code, whose zeros at the beginning count.
    private static final Pattern DIGITS = Pattern.compile("\\+?[#0]*0");

    private static final MathContext AS_EXCEL = new MathContext(15);
    private static final int LONGEST = 64;
    private static final int LAST_DAY = 2_958_465;
    private static final int SECONDS = 86_400;

    private static Stream<Map.Entry<String, String>> entries(String code, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(id -> Map.entry(Integer.toString(id), code));
    }

    /// @param codes those that the workbook names, by their ids
    static CellFormat of(String id, Map<String, String> codes) {
        return new CellFormat(
                Optional.ofNullable(codes.get(id)).orElseGet(() -> BUILT_IN.getOrDefault(id, GENERAL.code())));
    }

    /// @param number as the workbook stores it
    /// @param from1904 whether its days are counted from 1904, as on old Macs
    /// @throws NumberFormatException if it is no number
    String show(String number, boolean from1904) {
        double value = Double.parseDouble(number);
        if (number.length() > LONGEST || !Double.isFinite(value)) {
            throw new NumberFormatException("Not a number of a workbook");
        }
        // 1E-999999999 is 0 for Excel, and would be a very long text.
        BigDecimal exact = value == 0 ? BigDecimal.ZERO : new BigDecimal(number).round(AS_EXCEL);
        String first = LITERAL.matcher(code).replaceAll("").split(";", 2)[0];
        String letters = CONDITION.matcher(first).replaceAll("").toLowerCase(Locale.ROOT);
        boolean isTimed = letters.matches(".*[hs].*");
        boolean isDay = letters.matches(".*[yd].*") || letters.contains("m") && !isTimed;
        if ((isDay || isTimed) && value >= 0 && value < LAST_DAY + 1) {
            return moment(exact, isDay, isTimed, from1904);
        }
        if (first.strip().endsWith("%")) {
            return plain(exact.movePointRight(2)) + "%";
        }
        String digits = code.split(";", 2)[0].replaceAll("[\"\\\\]", "");
        return DIGITS.matcher(digits).matches()
                        && value >= 0
                        && exact.stripTrailingZeros().scale() <= 0
                ? padded(plain(exact), digits)
                : plain(exact);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String padded(String number, String digits) {
        int zeros = (int) digits.chars().filter(digit -> digit == '0').count();
        return (digits.startsWith("+") ? "+" : "") + "0".repeat(Math.max(0, zeros - number.length())) + number;
    }

    private static String moment(BigDecimal number, boolean isDay, boolean isTimed, boolean from1904) {
        long seconds = number.multiply(BigDecimal.valueOf(SECONDS))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        long days = seconds / SECONDS;
        LocalTime time = LocalTime.ofSecondOfDay(seconds % SECONDS);
        if (!isDay) {
            return days == 0 ? time.toString() : "%d:%02d".formatted(seconds / 3_600, seconds % 3_600 / 60);
        }
        LocalDate day = from1904
                ? LocalDate.of(1904, 1, 1).plusDays(days)
                // Excel has a February 29, 1900, which never was.
                : LocalDate.of(1899, 12, 30).plusDays(days < 60 ? days + 1 : days);
        return isTimed ? day.atTime(time).toString() : day.toString();
    }
}
