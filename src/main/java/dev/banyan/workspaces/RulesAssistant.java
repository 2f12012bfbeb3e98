package dev.banyan.workspaces;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Answers by a table of rules, without network and without pretending: it says that it is a set of rules, and where no
/// rule fits it says that. The first rule that fits a message answers it.
@Singleton
final class RulesAssistant implements Assistant {

    /// @param words any of these, as whole words, in any letter case
    /// @param answer `{workspace}` stands for the workspace's name
    private record Rule(Pattern words, String answer) {

        static Rule on(String words, String answer) {
            return new Rule(Pattern.compile("(?iuU)\\b(" + words + ")\\b"), answer);
        }
    }

    private static final List<Rule> RULES = List.of(
            // hand-over
            Rule.on(
                    "human|real person|a person|agent|operator|representative|somebody|someone|support|complaint|emergency",
                    "That needs a person, and I cannot bring one into this chat. What you wrote is kept here. Please "
                            + "reach the people of {workspace} the way you usually do."),
            // what this is
            Rule.on(
                    "who are you|what are you|bot|robot|chatbot|ai|artificial intelligence|gpt|language model",
                    "I am a set of fixed rules: no person, and no artificial intelligence. I recognise some words and "
                            + "give the answer that belongs to them."),
            Rule.on(
                    "help|commands|what can you do|what do you know",
                    "I answer by fixed rules, and these are the words I know:\n"
                            + "• “new conversation”: how to begin one\n"
                            + "• “delete”: how to remove one\n"
                            + "• “privacy”: who sees what you write\n"
                            + "• “history”: how long it is kept\n"
                            + "• “sign out”: how to leave\n"
                            + "• “person”: what to do when you need somebody"),
            // keywords
            Rule.on(
                    "new (conversation|chat|topic)|start over|begin again",
                    "Choose “New conversation” in your list of conversations. This one stays where it is."),
            Rule.on(
                    "delete|remove|erase",
                    "Open the conversation and choose “Delete conversation”. It is gone for good then, for you and for "
                            + "everybody."),
            Rule.on(
                    "privacy|private|secret|confidential|who (sees|reads|can see|can read)",
                    "Your conversations with me stand in your list alone. Other users of {workspace} do not see them."),
            Rule.on(
                    "history|saved|kept|older conversations?",
                    "Every message is kept until you delete its conversation. The list of conversations leads back to "
                            + "the older ones."),
            Rule.on("sign ?out|log ?out", "“Sign out” is at the top of this page. Your conversations wait for you."),
            // manners
            Rule.on(
                    "thanks?|thank you|thx|shukran|merci|gracias|danke|terima kasih",
                    "You are welcome. Write again whenever you like."),
            Rule.on("bye|goodbye|good night|see you|ma'a salama", "Goodbye. This conversation stays in your list."),
            Rule.on(
                    "hello|hi|hey|good (morning|afternoon|evening)|greetings|salam|salaam|marhaba|ahlan|halo|hola|bonjour",
                    "Hello, and welcome to {workspace}. I answer by fixed rules. Write “help” to see what I know."));

    private static final String NO_RULE =
            "I have no rule for that, and I would rather say so than guess. Write “help” to see what I know.";

    @Override
    public Answer answer(Question question, Answering answering) {
        String text = question.unanswered().stream()
                .map(message -> answerTo(message.text()))
                .distinct()
                .map(answer -> answer.replace("{workspace}", question.workspaceName()))
                .collect(Collectors.joining("\n\n"));
        answering.part(text);
        return new Answer.Said(text);
    }

    private static String answerTo(String text) {
        return RULES.stream()
                .filter(rule -> rule.words().matcher(text).find())
                .map(Rule::answer)
                .findFirst()
                .orElse(NO_RULE);
    }
}
