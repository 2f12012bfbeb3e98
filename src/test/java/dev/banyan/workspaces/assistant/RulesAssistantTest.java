package dev.banyan.workspaces.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.assistant.Assistant.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesAssistantTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello there                      | Hello, and welcome to Sales Team.",
                "MARHABA!                         | Hello, and welcome to Sales Team.",
                "are you a robot?                 | I follow fixed rules",
                "Help                             | Type one of these words",
                "how do I start a new conversation| Choose “New conversation”",
                "I want to delete this            | choose “Delete conversation”",
                "Is this private?                 | Other users can’t see your conversations",
                "where is my history              | Messages are kept",
                "how do I log out                 | choose “Sign out”",
                "thanks a lot                     | You’re welcome",
                "ok bye                           | Goodbye",
            })
    void theFirstRuleThatFitsAnswers(String said, String answer) {
        assertThat(answer(said)).contains(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"What does the blue set cost?", "prehistory", "هل أنتم مفتوحون؟", "🌿", "chill", "paid"})
    void whereNoRuleFitsItSaysSo(String said) {
        assertThat(answer(said)).startsWith("Sorry, I don’t have an answer for that");
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        assertThat(answer("hello")).isEqualTo(answer("hello"));
    }

    @Test
    void everyUnansweredMessageIsAnsweredOnce() {
        assertThat(answer("hello", "thanks", "hi")).isEqualTo(answer("hello") + "\n\n" + answer("thanks"));
    }

    @Test
    void aNameIsPutInAsItIs() {
        assertThat(answerIn("$1 {workspace} \\", "hello")).contains("welcome to $1 {workspace} \\.");
    }

    private static String answer(String... said) {
        return answerIn("Sales Team", said);
    }

    private static String answerIn(String workspace, String... said) {
        var answer = new StringBuilder();
        new RulesAssistant()
                .answer(
                        new Question(
                                new AccountId(new UUID(0, 1)),
                                new WorkspaceId("scl_1700000000000_abcdefghi"),
                                workspace,
                                List.of(),
                                Arrays.stream(said)
                                        .map(text -> Message.of(
                                                new UUID(0, 1), 1, Author.USER, text, Optional.empty(), Instant.EPOCH))
                                        .toList(),
                                Optional.empty()),
                        new Answering(answer::append));
        return answer.toString();
    }
}
