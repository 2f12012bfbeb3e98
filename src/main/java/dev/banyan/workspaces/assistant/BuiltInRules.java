package dev.banyan.workspaces.assistant;

import module java.base;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.assistant.AssistantSettings.HandOver;
import dev.banyan.workspaces.assistant.AssistantSettings.Kind;
import dev.banyan.workspaces.assistant.AssistantSettings.Model;
import dev.banyan.workspaces.assistant.AssistantSettings.Rule;

/// The default rules of a workspace: about the chat itself, and open about being rules.
final class BuiltInRules {

    static final String FALLBACK = "Sorry, I don’t have an answer for that. Type “help” to see what I can do.";
    static final String HAND_OVER =
            "I’ve passed this conversation to a person at {workspace}. They can read it now and will reply here.";
    static final String CLOSED = "We’re away right now. We’ll be back {opens}.";

    private static final HandOver PERSON = new HandOver(
            "person, human, agent, operator, representative, somebody, someone, support, complaint," + " emergency",
            Optional.of(HAND_OVER));

    private static final List<Rule> RULES = List.of(
            // what this is
            new Rule(
                    "who are you, what are you, bot, robot, chatbot, ai, artificial intelligence, gpt, language model",
                    "I’m not a person, and I’m not an AI. I follow fixed rules: I recognize certain words and send the "
                            + "matching answer."),
            new Rule(
                    "help, commands, what can you do, what do you know",
                    "I follow fixed rules. Type one of these words:\n"
                            + "• “new conversation”: how to start over\n"
                            + "• “delete”: how to delete a conversation\n"
                            + "• “privacy”: who sees what you write\n"
                            + "• “history”: how long messages are kept\n"
                            + "• “sign out”: how to sign out\n"
                            + "• “person”: talk to a person"),
            // keywords
            new Rule(
                    "new conversation, new chat, new topic, start over, begin again",
                    "Choose “New conversation” above your conversations. This conversation stays in your list."),
            new Rule(
                    "delete, remove, erase",
                    "Open the conversation and choose “Delete conversation”. This deletes it for everyone, for good."),
            new Rule(
                    "privacy, private, secret, confidential, who sees, who reads, who can see, who can read",
                    "Other users can’t see your conversations with me. The people who run {workspace} can export them and "
                            + "connect programs that read them. If you ask for a person, people at {workspace} can see "
                            + "that conversation in their inbox."),
            new Rule(
                    "history, saved, kept, older conversation, older conversations",
                    "Messages are kept until you delete their conversation. Older conversations are in your list."),
            new Rule(
                    "sign out, signout, log out, logout",
                    "Open your profile at the top of this page and choose “Sign out”. Your conversations are saved."),
            // manners
            new Rule(
                    "thank, thanks, thank you, thx, shukran, merci, gracias, danke, terima kasih",
                    "You’re welcome! Write again anytime."),
            new Rule(
                    "bye, goodbye, good night, see you, ma'a salama", "Goodbye. This conversation stays in your list."),
            new Rule(
                    "hello, hi, hey, good morning, good afternoon, good evening, greetings, salam, salaam, marhaba, "
                            + "ahlan, halo, hola, bonjour",
                    "Hello, and welcome to {workspace}. Type “help” to see what I can do."));

    static final AssistantSettings SETTINGS = in(ZoneOffset.UTC);

    private BuiltInRules() {}

    /// Returns the rules with a time zone for office hours, which are always at first.
    static AssistantSettings in(ZoneId zone) {
        return new AssistantSettings(
                Kind.RULES,
                false,
                Optional.empty(),
                RULES,
                Optional.of(FALLBACK),
                PERSON,
                OfficeHours.always(ZoneId.of(Words.nameOf(zone))),
                Optional.empty(),
                Model.NONE);
    }
}
