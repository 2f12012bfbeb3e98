package dev.banyan.workspaces.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.db.TestDatabases;
import dev.banyan.workspaces.Assistance;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.assistant.Assistant.Answer;
import dev.banyan.workspaces.assistant.AssistantDraft.Hours;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;
import org.junit.jupiter.api.Test;

/// The effect of the settings on a message: hand-over words first, then office hours, then rules.
final class ChosenAssistantTest {

    private final Assistance room = new Assistance(TestDatabases.SQLITE.newCopy());

    @Test
    void withoutSettingsTheBuiltInRulesAnswer() {
        assertThat(room.ask("hello").answer())
                .isEqualTo(new Answer.Said("Hello, and welcome to Sales Team. Type “help” to see what I can do."));
        assertThat(room.ask("can I talk to a human please").answer())
                .isInstanceOfSatisfying(
                        Answer.HandedOver.class,
                        handed -> assertThat(handed.text())
                                .startsWith("I’ve passed this conversation to a person at Sales"));
        assertThat(room.ask("hi, I want to speak to an agent").answer()).isInstanceOf(Answer.HandedOver.class);
    }

    @Test
    void theFirstRuleThatFitsAnswersAndSaysWhich() {
        room.save(Assistance.DRAFT.withRules(
                List.of(new Rule("blue", "Blue it is."), new Rule("set, price", "Ask {workspace}, {name}."))));

        Assistance.Heard heard = room.ask("The price of the blue set?", "and the price?");

        assertThat(heard.answer()).isEqualTo(new Answer.Said("Blue it is.\n\nAsk Sales Team, Amira."));
        assertThat(heard.text()).isEqualTo(heard.answer().text());
        assertThat(heard.why())
                .containsExactly(new AnswerReason.ByRule(1, "blue"), new AnswerReason.ByRule(2, "price"));
    }

    @Test
    void whereNoRuleFitsTheFallbackIsSaidOnce() {
        room.save(Assistance.DRAFT);

        assertThat(room.ask("xyz", "zyx").answer()).isEqualTo(new Answer.Said("I do not know that."));
    }

    @Test
    void aGreetingIsSaidInTheFirstAnswerOnly() {
        room.save(with("Welcome to {workspace}, {name}.", Assistance.DRAFT.handOver(), List.of()));

        assertThat(room.ask("xyz").answer()).isEqualTo(new Answer.Said("Welcome to Sales Team, Amira."));
        assertThat(room.ask("the price?").answer())
                .isEqualTo(new Answer.Said("Welcome to Sales Team, Amira.\n\nAsk Sales Team for a quote, Amira."));
        List<Message> before = List.of(Assistance.message(1, Author.USER, "hello", room.clock.instant()));
        assertThat(room.ask(room.question(before, "xyz"), new ArrayList<>()).answer())
                .isEqualTo(new Answer.Said("I do not know that."));
    }

    @Test
    void aPersonIsAskedForBeforeAnyRule() {
        room.save(Assistance.DRAFT);

        Assistance.Heard heard = room.ask("the price, from a HUMAN!");

        assertThat(heard.answer()).isEqualTo(new Answer.HandedOver("Somebody of Sales Team will answer."));
        assertThat(heard.why()).containsExactly(new AnswerReason.HandedOver("human"));
    }

    @Test
    void withoutHandOverWordsNobodyIsAskedFor() {
        room.save(with("", new HandOver("", Optional.empty()), List.of()));

        assertThat(room.ask("a human").answer()).isEqualTo(new Answer.Said("I do not know that."));
    }

    /// 20 November 2026 is a Friday; the tests' clock starts at 10:00.
    @Test
    void outsideTheOfficeHoursItSaysSoOnceADay() {
        room.save(with("", Assistance.DRAFT.handOver(), weekdays()));
        assertThat(room.ask("price").answer().text()).isEqualTo("Ask Sales Team for a quote, Amira.");

        room.clock.forward(Duration.ofHours(9));
        String closed = "We’re away right now. We’ll be back on Monday, November 23, 09:00 (UTC).";
        Assistance.Heard first = room.ask("price");
        assertThat(first.answer()).isEqualTo(new Answer.Said(closed + "\n\nAsk Sales Team for a quote, Amira."));
        assertThat(first.text()).isEqualTo(first.answer().text());
        assertThat(first.why()).containsExactly(new AnswerReason.Closed(), new AnswerReason.ByRule(1, "price"));

        List<Message> before =
                List.of(Assistance.message(1, Author.ASSISTANT, first.answer().text(), room.clock.instant()));
        assertThat(room.ask(room.question(before, "price"), new ArrayList<>())
                        .answer()
                        .text())
                .isEqualTo("Ask Sales Team for a quote, Amira.");

        room.clock.forward(Duration.ofHours(12));
        assertThat(room.ask(room.question(before, "price"), new ArrayList<>())
                        .answer()
                        .text())
                .as("the next day")
                .startsWith(closed);
    }

    @Test
    void whoAsksForAPersonHearsWhenSomebodyIsThere() {
        room.save(with("", Assistance.DRAFT.handOver(), weekdays()));
        room.clock.forward(Duration.ofHours(9));

        assertThat(room.ask("a person please").answer())
                .isEqualTo(new Answer.HandedOver("Somebody of Sales Team will answer.\n\nWe’re away right now."
                        + " We’ll be back on Monday, November 23, 09:00 (UTC)."));
    }

    @Test
    void namesArePutInAsTheyAre() {
        room.save(Assistance.DRAFT.withRules(List.of(new Rule("x", "{name} $1 \\ {workspace}"))));
        var question = room.question(List.of(), "x");
        var strange = new Assistant.Question(
                question.tenant(),
                question.workspace(),
                "{name} $2",
                List.of(),
                question.unanswered(),
                Optional.of("{workspace}"));

        assertThat(room.ask(strange, new ArrayList<>()).answer().text()).isEqualTo("{workspace} $1 \\ {name} $2");
        var nameless = new Assistant.Question(
                question.tenant(), question.workspace(), "Sales", List.of(), question.unanswered(), Optional.empty());
        room.save(Assistance.DRAFT.withRules(List.of(new Rule("x", "Hello {name}, welcome."))));
        assertThat(room.ask(nameless, new ArrayList<>()).answer().text()).isEqualTo("Hello, welcome.");
    }

    @Test
    void anAnswerIsNeverLongerThanAMessage() {
        room.save(Assistance.DRAFT.withRules(List.of(
                new Rule("a", "🌿".repeat(2_000)),
                new Rule("b", "b".repeat(2_000)),
                new Rule("c", "c".repeat(2_000)),
                new Rule("d", "d".repeat(2_000)))));

        Assistance.Heard heard = room.ask("a", "b", "c", "d");

        assertThat(heard.answer().text()).hasSize(8_000);
        assertThat(heard.text()).isEqualTo(heard.answer().text());
    }

    private static List<Hours> weekdays() {
        return Stream.of(DayOfWeek.values())
                .limit(5)
                .map(day -> new Hours(day, "09:00", "18:00"))
                .toList();
    }

    private static AssistantDraft with(String greeting, HandOver handOver, List<Hours> hours) {
        AssistantDraft draft = Assistance.DRAFT;
        return new AssistantDraft(
                draft.kind(),
                false,
                greeting,
                draft.rules(),
                draft.fallback(),
                handOver,
                "UTC",
                hours,
                "",
                "",
                draft.model(),
                Optional.empty());
    }
}
