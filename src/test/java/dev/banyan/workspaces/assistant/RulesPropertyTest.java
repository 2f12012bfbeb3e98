package dev.banyan.workspaces.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.TimeLimit;
import dev.banyan.platform.AccountId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.Assistant.Question;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/// Rules and messages of all kinds: every message gets an answer quickly, and no input can keep the server busy.
class RulesPropertyTest {

    @Property(tries = 500)
    void anyRulesAnswerAnyMessage(
            @ForAll @Size(max = 5) List<@StringLength(max = 40) String> words,
            @ForAll @StringLength(max = 200) String said) {
        List<Rule> rules =
                words.stream().map(phrase -> new Rule(phrase, "answer")).toList();

        String answer = answer(rules, said);

        assertThat(answer).isIn("answer", BuiltInRules.FALLBACK);
    }

    /// A rule matches a message that contains its words literally.
    @Property(tries = 500)
    void aMessageHoldsItsOwnWords(@ForAll @StringLength(max = 60) String said) {
        PlainWords words = PlainWords.of(said);

        assertThat(words.contain(said)).isEqualTo(!words.isEmpty());
        if (!words.isEmpty()) {
            assertThat(PlainWords.of("x " + said + " x").contain(said)).isTrue();
        }
    }

    @Test
    void theWorstThatCanBeSavedAndSaidEndsSoon() {
        String nearly = "a ".repeat(249) + "b";
        List<Rule> rules = Collections.nCopies(AssistantCheck.MOST_RULES, new Rule(nearly, "answer"));
        long begin = System.nanoTime();

        assertThat(answer(rules, "a ".repeat(2_000))).isEqualTo(BuiltInRules.FALLBACK);

        TimeLimit.assertKept(Duration.ofSeconds(5), Duration.ofNanos(System.nanoTime() - begin));
    }

    private static String answer(List<Rule> rules, String said) {
        var settings = new AssistantSettings(
                AssistantSettings.Kind.RULES,
                false,
                Optional.empty(),
                rules,
                Optional.empty(),
                BuiltInRules.SETTINGS.handOver(),
                BuiltInRules.SETTINGS.hours(),
                Optional.empty(),
                AssistantSettings.Model.NONE);
        var question = new Question(
                new AccountId(new UUID(0, 1)),
                new WorkspaceId("scl_1700000000000_abcdefghi"),
                "Sales Team",
                List.of(),
                List.of(Message.of(new UUID(0, 1), 1, Author.USER, said, Optional.empty(), Instant.EPOCH)),
                Optional.empty());
        return RulesAssistant.answer(settings, question, _ -> {});
    }
}
