package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.secrets.SentSecrets;

/// Who answers in a workspace, and how.
///
/// @param forContacts whether it also answers contacts on WhatsApp, until a person does
/// @param greeting said before the first answer of a conversation; by rules only
/// @param fallback said if no rule matches
/// @param closedText said once a day in each conversation outside office hours
public record AssistantSettings(
        Kind kind,
        boolean forContacts,
        Optional<String> greeting,
        List<Rule> rules,
        Optional<String> fallback,
        HandOver handOver,
        OfficeHours hours,
        Optional<String> closedText,
        Model model) {

    enum Kind implements Keyed {
        RULES,
        OPENAI
    }

    /// @param words phrases separated by commas; any of them matches, as whole words
    /// @param answer with the placeholders `{workspace}` and `{name}`, the names of the workspace and of the person
    /// asking
    public record Rule(String words, String answer) {}

    /// @param words phrases that ask for a person; none: it never hands over
    /// @param phonePause for how many minutes it leaves a conversation alone in which someone answers on the phone
    /// @param mostAnswers in ten minutes to a contact, without a person
    public record HandOver(String words, Optional<String> text, int phonePause, int mostAnswers) {

        public static final int PHONE_PAUSE = 30;
        public static final int MOST_ANSWERS = 5;

        public HandOver(String words, Optional<String> text) {
            this(words, text, PHONE_PAUSE, MOST_ANSWERS);
        }
    }

    /// A language model behind an OpenAI-compatible address.
    ///
    /// @param endpoint such as `https://api.openai.com/v1`
    /// @param temperature in hundredths
    /// @param maxTokens of one answer
    record Model(
            Optional<URI> endpoint,
            Optional<String> name,
            Optional<String> instructions,
            int temperature,
            int maxTokens,
            Optional<Key> key) {

        static final int TEMPERATURE = 70;
        static final int MAX_TOKENS = 800;
        static final Model NONE = new Model(
                Optional.empty(), Optional.empty(), Optional.empty(), TEMPERATURE, MAX_TOKENS, Optional.empty());

        /// Scheme, host and port; a key is stored for one origin.
        static String origin(URI endpoint) {
            return SentSecrets.origin(endpoint);
        }

        Model withKey(Optional<Key> other) {
            return new Model(endpoint, name, instructions, temperature, maxTokens, other);
        }
    }

    /// A key sealed for one workspace and one origin.
    ///
    /// @param end its last characters
    record Key(String sealed, String end) {}

    AssistantSettings withModel(Model other) {
        return new AssistantSettings(kind, forContacts, greeting, rules, fallback, handOver, hours, closedText, other);
    }
}
