package dev.banyan.platform.web.docs;

import module java.base;
import dev.banyan.platform.Markup;
import dev.banyan.platform.search.SearchWords;
import dev.banyan.platform.web.docs.Document.Section;
import io.quarkus.qute.RawString;

/// Finds sections of documents in which each typed word begins a word, without regard to case and accents. What is in
/// headings comes first.
final class DocumentSearch {

    /// The most characters of a search.
    static final int LONGEST = 100;

    private static final int MOST_WORDS = 8;
    private static final int MOST_FOUND = 30;
    private static final int BEFORE = 60;
    private static final int EXCERPT = 220;
    private static final int IN_HEADING = 8;
    private static final int IN_TITLE = 4;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");

    /// @param document its title
    /// @param heading with the typed words marked, as `excerpt`
    record Found(String href, String document, RawString heading, RawString excerpt) {}

    /// The words of a section, each after a space.
    private record Indexed(Document document, Section section, String title, String heading, String text) {

        /// Returns 0 if a word is missing.
        int score(List<String> typed) {
            int score = 0;
            for (String word : typed) {
                int one = (heading.contains(" " + word) ? IN_HEADING : 0)
                        + (title.contains(" " + word) ? IN_TITLE : 0)
                        + (text.contains(" " + word) ? 1 : 0);
                if (one == 0) {
                    return 0;
                }
                score += one;
            }
            return score;
        }
    }

    private final List<Indexed> sections;

    DocumentSearch(Collection<Document> documents) {
        this.sections = documents.stream()
                .flatMap(document -> document.sections().stream()
                        .map(section -> new Indexed(
                                document,
                                section,
                                indexed(document.title()),
                                indexed(section.title()),
                                indexed(section.text()))))
                .toList();
    }

    private static String indexed(String text) {
        return words(text).map(word -> " " + word).collect(Collectors.joining());
    }

    private static Stream<String> words(String text) {
        return WORD.matcher(SearchWords.folded(text)).results().map(MatchResult::group);
    }

    /// @param search at most [#LONGEST] characters
    List<Found> find(String search) {
        List<String> typed = words(search).distinct().limit(MOST_WORDS).toList();
        return sections.stream()
                .filter(section -> section.score(typed) > 0)
                .sorted(Comparator.comparingInt((Indexed section) -> -section.score(typed)))
                .limit(MOST_FOUND)
                .map(section -> found(section, typed))
                .toList();
    }

    private static Found found(Indexed indexed, List<String> typed) {
        Section section = indexed.section();
        return new Found(
                indexed.document().path() + (section.level() == 1 ? "" : "#" + section.anchor()),
                indexed.document().title(),
                new RawString(marked(section.title(), typed)),
                new RawString(excerpt(section.text(), typed)));
    }

    private static String excerpt(String text, List<String> typed) {
        int hit = WORD.matcher(text)
                .results()
                .filter(word -> isTyped(word, typed))
                .map(MatchResult::start)
                .findFirst()
                .orElse(0);
        int from = hit <= BEFORE ? 0 : text.indexOf(' ', hit - BEFORE) + 1;
        int until = text.length() - from <= EXCERPT ? text.length() : text.lastIndexOf(' ', from + EXCERPT);
        return (from == 0 ? "" : "… ")
                + marked(text.substring(from, Math.max(from, until)), typed)
                + (until == text.length() ? "" : " …");
    }

    private static String marked(String text, List<String> typed) {
        var html = new StringBuilder();
        int at = 0;
        for (MatchResult word : WORD.matcher(text).results().toList()) {
            if (isTyped(word, typed)) {
                html.append(Markup.escaped(text.substring(at, word.start())))
                        .append("<mark>")
                        .append(Markup.escaped(word.group()))
                        .append("</mark>");
                at = word.end();
            }
        }
        return html.append(Markup.escaped(text.substring(at))).toString();
    }

    private static boolean isTyped(MatchResult word, List<String> typed) {
        String folded = SearchWords.folded(word.group());
        return typed.stream().anyMatch(folded::startsWith);
    }
}
