package dev.banyan.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

class AuditWordsTest {

    /// The form of an action: a noun and a participle.
    private static final Pattern ACT = Pattern.compile("\"((?:[A-Z][a-z]+){2,}(?<=ed|Set|Begun|Reset|Only))\"");

    /// The methods that record an action.
    private static final Pattern METHODS = Pattern.compile("\\b(?:note|noteServer|done|entered|stop)\\(");

    /// Texts of that form which are not actions.
    private static final Set<String> OTHERS = Set.of("AuthDisabled");

    @Test
    void everyActHasWords() throws IOException {
        Set<String> acts = new TreeSet<>();
        for (Path file : sources()) {
            String code = Files.readString(file);
            if (METHODS.matcher(code).find()) {
                acts.addAll(ACT.matcher(code)
                        .results()
                        .map(found -> found.group(1))
                        .filter(act -> !OTHERS.contains(act))
                        .collect(Collectors.toSet()));
            }
        }

        assertThat(acts).as("acts that operations note").hasSizeGreaterThan(35);
        assertThat(AuditWords.actions()).as("acts with words in AuditWords").containsAll(acts);
    }

    /// Returns the sources of all operations, except the list of words itself.
    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/banyan"))) {
            return files.filter(file -> file.toString().endsWith(".java")
                            && !file.endsWith("AuditWords.java")
                            && !file.toString().endsWith("Resource.java"))
                    .toList();
        }
    }

    @Test
    void aSentenceNamesWhatTheDetailsName() {
        assertThat(AuditWords.sentence("SubAccountCreated", Map.of("username", "harbour")))
                .isEqualTo("Created the brand “harbour”");
        assertThat(AuditWords.sentence("LinksUpdated", Map.of("added", "2", "updated", "0", "removed", "1")))
                .isEqualTo("Changed links: 2 added, 0 changed, 1 removed");
        assertThat(AuditWords.sentence("ProjectCreated", Map.of("name", "$1 \\ {x} [y]")))
                .isEqualTo("Created the project “$1 \\ {x} [y]”");
    }

    @Test
    void withoutDetailsASentenceIsShorter() {
        assertThat(AuditWords.sentence("SubAccountCreated", Map.of())).isEqualTo("Created the brand");
        assertThat(AuditWords.sentence("LinksUpdated", Map.of("added", "2"))).isEqualTo("Changed links");
        assertThat(AuditWords.of("ContextSwitched")).isEqualTo("Switched to the account");
    }

    @Test
    void anActOfANewerVersionIsCalledAsItIsWritten() {
        assertThat(AuditWords.sentence("BadgeAwarded", Map.of("name", "x"))).isEqualTo("BadgeAwarded");
    }

    @Test
    void wordsAreFoundInAnyCase() {
        assertThat(AuditWords.found("DELETED")).contains("SubAccountDeleted", "PageDeleted");
        assertThat(AuditWords.found("subaccountc")).containsExactly("SubAccountCreated");
        assertThat(AuditWords.found("nothing like this")).isEmpty();
    }
}
