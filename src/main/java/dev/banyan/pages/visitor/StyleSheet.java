package dev.banyan.pages.visitor;

import module java.base;

/// The rules of public pages. Each page includes only the rules that it uses, so a page without groups has no rules for
/// groups. One rule, or one block of rules, per line.
final class StyleSheet {

    private static final Pattern SELECTORS = Pattern.compile("([^{}]+)\\{[^{}]*}");
    private static final Pattern NEEDED =
            Pattern.compile("\\.([a-z-]+)|\\[(data-[a-z]+=[a-z]+)]|(?<![a-z.:@\\[=-])([a-z][a-z0-9]*)(?![a-z=-])");
    private static final Pattern ANIMATION = Pattern.compile("@keyframes ([a-z]+)\\{.*");
    private static final String CLASS = "class=\"";
    private static final String DATA = "data-";

    /// @param needs for each of its selectors: the elements, classes and attributes that it names
    private record Rule(String css, List<Set<String>> needs) {

        boolean isFor(Set<String> present) {
            return needs.isEmpty() || needs.stream().anyMatch(present::containsAll);
        }
    }

    private final List<Rule> rules;

    StyleSheet(String css) {
        this.rules = css.lines().map(line -> new Rule(line + "\n", needs(line))).toList();
    }

    private static List<Set<String>> needs(String line) {
        var animation = ANIMATION.matcher(line);
        if (animation.matches()) {
            return List.of(Set.of("." + animation.group(1)));
        }
        int block = line.startsWith("@") ? line.indexOf('{') + 1 : 0;
        return SELECTORS
                .matcher(line.substring(block))
                .results()
                .flatMap(found -> List.of(found.group(1).split(",")).stream())
                .map(StyleSheet::names)
                .toList();
    }

    private static Set<String> names(String selector) {
        return NEEDED.matcher(selector).results().map(StyleSheet::name).collect(Collectors.toSet());
    }

    private static String name(MatchResult found) {
        if (found.group(1) != null) {
            return "." + found.group(1);
        }
        return found.group(2) != null ? found.group(2) : found.group(3);
    }

    /// @param html from the body on
    String neededBy(String html) {
        Set<String> present = presentIn(html);
        return rules.stream().filter(rule -> rule.isFor(present)).map(Rule::css).collect(Collectors.joining());
    }

    /// Returns the elements, classes and attributes. By hand, because this runs for each page that is drawn, and
    /// patterns took a tenth of that.
    private static Set<String> presentIn(String html) {
        var present = new HashSet<>(Set.of("html", "body"));
        for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
            int end = endOfName(html, at + 1);
            if (end > at + 1) {
                present.add(html.substring(at + 1, end));
            }
        }
        for (int at = html.indexOf(CLASS); at >= 0; at = html.indexOf(CLASS, at + 1)) {
            int from = at + CLASS.length();
            for (String name : html.substring(from, html.indexOf('"', from)).split(" ")) {
                present.add("." + name);
            }
        }
        for (int at = html.indexOf(DATA); at >= 0; at = html.indexOf(DATA, at + 1)) {
            int key = endOfName(html, at + DATA.length());
            if (html.startsWith("=\"", key)) {
                int value = endOfName(html, key + 2);
                if (value > key + 2 && html.startsWith("\"", value)) {
                    present.add(html.substring(at, key) + "=" + html.substring(key + 2, value));
                }
            }
        }
        return present;
    }

    private static int endOfName(String html, int from) {
        int end = from;
        while (end < html.length() && (isLetter(html.charAt(end)) || end > from && isDigit(html.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char one) {
        return one >= 'a' && one <= 'z';
    }

    private static boolean isDigit(char one) {
        return one >= '0' && one <= '9';
    }
}
