package dev.banyan.pages.visitor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The rules of public pages. Each page includes only the rules that it uses, so a page without groups has no rules for
/// groups. One rule, or one block of rules, per line.
final class StyleSheet {

    private static final Pattern SELECTORS = Pattern.compile("([^{}]+)\\{[^{}]*}");
    private static final Pattern NEEDED =
            Pattern.compile("\\.([a-z-]+)|\\[(data-[a-z]+=[a-z]+)]|(?<![a-z.:@\\[=-])([a-z][a-z0-9]*)(?![a-z=-])");
    private static final Pattern ANIMATION = Pattern.compile("@keyframes ([a-z]+)\\{.*");
    private static final Pattern PRESENT =
            Pattern.compile("<([a-z][a-z0-9]*)|class=\"([^\"]*)\"|(data-[a-z]+)=\"([a-z]+)\"");

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
        var present = new HashSet<>(Set.of("html", "body"));
        PRESENT.matcher(html).results().forEach(found -> {
            if (found.group(1) != null) {
                present.add(found.group(1));
            } else if (found.group(2) != null) {
                for (String name : found.group(2).split(" ")) {
                    present.add("." + name);
                }
            } else {
                present.add(found.group(3) + "=" + found.group(4));
            }
        });
        return rules.stream().filter(rule -> rule.isFor(present)).map(Rule::css).collect(Collectors.joining());
    }
}
